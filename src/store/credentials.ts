import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export type Credentials = ReturnType<typeof credentialsIn>;

/** Since when a connection's static credential is as it is. */
export function credentialsIn(db: Kysely<Database>) {
  return {
    async get(tenant: string, connection: string): Promise<{ mark: string; since: number } | undefined> {
      return db
        .selectFrom('credentials')
        .select(['mark', 'since'])
        .where('tenant', '=', tenant)
        .where('connection', '=', connection)
        .executeTakeFirst();
    },

    async put(tenant: string, connection: string, mark: string, since: number): Promise<void> {
      await db
        .insertInto('credentials')
        .values({ tenant, connection, mark, since })
        .onConflict((conflict) => conflict.columns(['tenant', 'connection']).doUpdateSet({ mark, since }))
        .execute();
    },
  };
}
