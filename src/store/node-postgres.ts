import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { Client, Pool, types, type ClientConfig, type CustomTypesConfig, type PoolClient } from 'pg';
import type { Clock } from '../model/clock.ts';
import { isConnectionLost } from './postgres-problem.ts';
import type { Database } from './schema.ts';
import { decodeText, encodeText } from './text.ts';

const CONNECT_MS = 10_000;
/** The system asks an idle server after so long, in ms, whether it is still there: it knows within 20 s. */
const KEEPALIVE_MS = 10_000;
/**
 * How long a server may say nothing where it owes an answer, in ms: longer than any statement takes that reads or writes. Of a
 * cable that was cut the system tells only after a quarter of an hour, of a proxy that forgot a connection never.
 */
const SILENCE_MS = 60_000;
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

export interface PoolOptions {
  readonly applicationName: string;
  /** Most connections at once. */
  readonly most: number;
  /** Tells when a server has said nothing for too long; without, its statements may take as long as they like. */
  readonly clock?: Clock;
  /** Makes of what they throw what is thrown. */
  readonly explain?: (error: unknown) => unknown;
}

/** A client that gives up where the server does not answer as it connects; the pool calls it with `new`. */
function promptClient(config?: ClientConfig): Client {
  return new Client({ ...config, connectionTimeoutMillis: CONNECT_MS });
}

/** Kysely over some connections. The types of `pg` at large stay as they are: others may use it, too. */
export function kyselyOn(url: string, options: PoolOptions): Kysely<Database> {
  const pool = new Pool({
    ...configOf(url, options.applicationName),
    max: options.most,
    // Who waits until one is free is in a queue: thousands who share a contact are read at once.
    connectionTimeoutMillis: 0,
    Client: promptClient as unknown as new () => Client,
  });
  // An idle connection ended: the pool has dropped it already, and the next query gets another one.
  pool.on('error', () => undefined);
  // One that is in use at that moment: its query fails, or the next one. Unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: guarded(pool, options) }) });
}

/** One connection by itself, for what must live as long as a session. `clock`: as in a pool. */
export async function connectTo(url: string, applicationName: string, clock?: Clock): Promise<Client> {
  const client = new Client(configOf(url, applicationName));
  // Whoever cares listens for `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const ready = client.query(SETUP);
    await (clock ? heard(client, ready, clock) : ready);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** The answer, for which a server is given so long; then the connection is ended, and it is as if it had been lost. */
export function heard<T>(client: Client, answer: Promise<T>, clock: Clock, mostMs = SILENCE_MS): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(mostMs, () => {
      reject(new Error(`Connection terminated: the server has said nothing for ${mostMs / 1_000} s`));
      void client.end();
    });
    answer.finally(cancel).then(resolve, reject);
  });
}

function configOf(url: string, applicationName: string): ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_MS,
    types: TYPES,
  };
}

/** The pool, with text made safe on its way in (on its way out the types do it) and errors explained. */
function guarded(pool: Pool, { clock, explain = (error) => error }: PoolOptions): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  const rethrow = (error: unknown) => {
    throw explain(error);
  };
  const ask = (client: PoolClient, statement: string, parameters: readonly unknown[] = []) => {
    const answer = client.query(statement, parameters.map(encoded));
    return clock ? heard(client, answer, clock) : answer;
  };

  /** Not by Kysely, which would never give back one that is lost at this moment. */
  async function setUp(client: PoolClient): Promise<PostgresPoolClient> {
    try {
      await ask(client, SETUP);
    } catch (error) {
      client.release(true);
      throw error;
    }
    let lost: unknown;
    const query = (statement: string, parameters: readonly unknown[]) =>
      ask(client, statement, parameters).catch((error: unknown) => {
        // Why a connection is gone tells only whoever meets it first: a rollback after it would tell that it is gone.
        if (isConnectionLost(error)) lost ??= error;
        return rethrow(lost ?? error);
      });
    // Its other form takes a cursor, which nobody here has.
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
  }

  async function connect(): Promise<PostgresPoolClient> {
    const client = await pool.connect();
    const ready = known.get(client) ?? (await setUp(client));
    known.set(client, ready);
    return ready;
  }

  return { options: pool.options, end: () => pool.end(), connect: () => connect().catch(rethrow) };
}

function encoded(value: unknown): unknown {
  return typeof value === 'string' ? encodeText(value) : value;
}
