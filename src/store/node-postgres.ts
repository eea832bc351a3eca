import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { Client, Pool, types, type ClientConfig, type CustomTypesConfig, type PoolClient } from 'pg';
import type { Database } from './schema.ts';
import { decodeText, encodeText } from './text.ts';

const CONNECT_MS = 10_000;
const INT8 = 20;
const NUMERIC = 1700;
const TEXT = 25;

/** Numbers stay below 2^53 (times in ms, counts, ids), so they are numbers here, as SQLite gives them. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    const number: number = oid;
    if (number === INT8 || number === NUMERIC) return Number;
    if (number === TEXT) return decodeText;
    return types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/**
 * What each session is told, whatever the server's own settings are: a COMMIT that was answered is on disk; a process that
 * is gone without a word is noticed within half a minute, so that its locks are free; a lock is not waited for without end.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  synchronous_commit: 'on',
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '60s',
  idle_session_timeout: '0',
};

/** Older servers don't know them all; a stricter `synchronous_commit` (remote_apply) stays. */
const SETUP = `select set_config(name, wanted, false)
  from (values ${Object.entries(SETTINGS)
    .map(([name, value]) => `('${name}', '${value}')`)
    .join(', ')}) as settings (name, wanted) join pg_settings using (name)
  where name <> 'synchronous_commit' or setting = 'off'`;

/**
 * Kysely over at most `most` connections; what they throw is what `explain` makes of it. The types of `pg` at large stay as
 * they are: others may use it, too.
 */
export function kyselyOn(
  url: string,
  applicationName: string,
  most: number,
  explain: (error: unknown) => unknown = (error) => error,
): Kysely<Database> {
  const pool = new Pool({ ...configOf(url, applicationName), max: most });
  // An idle connection ended: the pool has dropped it already, and the next query gets another one.
  pool.on('error', () => undefined);
  // One that is in use at that moment: its query fails, or the next one. Unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const dialect = new PostgresDialect({
    pool: guarded(pool, explain),
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(SETUP));
    },
  });
  return new Kysely<Database>({ dialect });
}

/** One connection by itself, for what must live as long as a session. */
export async function connectTo(url: string, applicationName: string): Promise<Client> {
  const client = new Client(configOf(url, applicationName));
  // Whoever cares listens for `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(SETUP);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function configOf(url: string, applicationName: string): ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: TYPES,
  };
}

/** The pool, with text made safe on its way in (on its way out the types do it) and errors explained. */
function guarded(pool: Pool, explain: (error: unknown) => unknown): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  const rethrow = (error: unknown) => {
    throw explain(error);
  };

  function guard(client: PoolClient): PostgresPoolClient {
    const query = (statement: string, parameters: readonly unknown[]) =>
      client.query(statement, parameters.map(encoded)).catch(rethrow);
    // Its other form takes a cursor, which nobody here has.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
  }

  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch(rethrow);
      const wrapped = known.get(client) ?? guard(client);
      known.set(client, wrapped);
      return wrapped;
    },
  };
}

function encoded(value: unknown): unknown {
  return typeof value === 'string' ? encodeText(value) : value;
}
