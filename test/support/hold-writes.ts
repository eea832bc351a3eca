import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** From now on nobody can write tokens or deliveries into the store, until what it yields is called. */
export async function holdWrites(storeUrl: string): Promise<() => Promise<void>> {
  if (storeUrl.startsWith('sqlite:')) {
    const database = new DatabaseSync(storeUrl.slice('sqlite:'.length));
    database.exec('begin immediate');
    return () => {
      database.exec('rollback');
      database.close();
      return Promise.resolve();
    };
  }
  const client = new Client(storeUrl);
  await client.connect();
  await client.query('begin; lock table tokens, deliveries in exclusive mode');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}
