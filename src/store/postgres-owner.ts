import { hostname } from 'node:os';
import { sql, type Kysely } from 'kysely';
import type { Client } from 'pg';
import type { Clock } from '../model/clock.ts';
import { failure, type BoothsyncError } from '../model/problem.ts';
import { connectTo, heard } from './node-postgres.ts';
import { shownUrl } from './postgres-problem.ts';
import type { Database } from './schema.ts';

export interface PostgresOwnership {
  /** Another process has taken over: nothing that this one still does may count. */
  readonly lost: AbortSignal;
  /** From now on nothing of an earlier owner is committed. */
  raiseFence(): Promise<void>;
  /** Inside of each transaction that writes: throws where another process has taken over. */
  checkFence(transaction: Kysely<Database>): Promise<void>;
  /** Another connection was lost: this one may be, too, without a word. */
  look(): void;
  release(): Promise<void>;
}

/** Taken by every transaction that writes, in any process: as SQLite has it, one writes at a time. */
export const WRITER_LOCK = `select pg_advisory_xact_lock(hashtext('boothsync writer of ' || current_schema()))`;

/** Who we are in `pg_stat_activity`, at most 63 letters; others are told it when they are refused. */
export const APPLICATION_NAME = `boothsync process ${process.pid} on ${hostname()}`.slice(0, 63);

/** "boot": what tells our advisory locks from those of others in the same database. */
const LOCK_CLASS = 0x626f6f74;
/** One store in each schema. */
const LOCK_OBJECT = `hashtext('owner of ' || coalesce(current_schema(), '')) & 2147483647`;

/**
 * How long a lost session rests before it asks for its lock again, in ms. A cron job that starts meanwhile gets the store;
 * the fence keeps what we write until then right.
 */
const RECLAIM_MS = 1_000;
/** How long a session that is looked at may take to say that it lives, and one that is left to say so, in ms. */
const LOOK_MS = 10_000;
const FAREWELL_MS = 1_000;

/**
 * Makes this process the store's owner: a lock that lasts as long as one session, so the server frees it when the process
 * ends, even by kill -9. A session can also end while its process lives (a restart of the server, a cut cable): whether
 * somebody took over meanwhile is what the fence tells, a number that each owner raises and each of its transactions looks at.
 */
export async function acquirePostgres(url: string, clock: Clock): Promise<PostgresOwnership> {
  const abort = new AbortController();
  let released = false;
  let fence: number | undefined;
  let cancel: () => void = () => undefined;
  let looking: Promise<void> | undefined;
  let session: Client | undefined = await connectTo(url, APPLICATION_NAME, clock);
  if (!(await tryLock(session))) {
    const holder = await holderOf(session);
    await session.end();
    throw heldBy(holder, url);
  }
  watch(session);

  function watch(held: Client): void {
    held.once('end', () => {
      session = undefined;
      reclaimLater();
    });
  }

  function reclaimLater(): void {
    if (!released && !abort.signal.aborted && fence !== undefined)
      cancel = clock.after(RECLAIM_MS, () => void reclaim());
  }

  /** Where nobody raised the fence, nobody owned the store in between: we go on as if nothing had happened. */
  async function reclaim(): Promise<void> {
    const again = await connectTo(url, APPLICATION_NAME, clock).catch(() => undefined);
    // In this order: whoever has the lock is the last who raised the fence.
    const locked = again && (await heard(again, tryLock(again), clock).catch(() => false));
    const found = again && (await heard(again, fenceOf(again), clock).catch(() => undefined));
    if (found !== undefined && found !== fence) lose();
    if (again && locked && found === fence && !released) {
      session = again;
      watch(again);
      return;
    }
    // Its end is not waited for: on a cable that is cut there is none.
    void again?.end().catch(() => undefined);
    reclaimLater();
  }

  function lose(): BoothsyncError {
    const problem = takenOver(url);
    abort.abort(problem);
    return problem;
  }

  /** Where it says nothing it is ended, and its lock asked for again. */
  async function ask(statement: string, mostMs: number): Promise<void> {
    if (session) await heard(session, session.query(statement), clock, mostMs).catch(() => undefined);
  }

  return {
    lost: abort.signal,
    raiseFence: async () => {
      // By the session that holds the lock: where that is gone, so is the right to do this.
      if (!session) throw new Error('Connection terminated');
      fence = await heard(session, raise(session), clock);
    },
    checkFence: async (transaction) => {
      const { rows } = await sql<{ value: number }>`${sql.raw(FENCE)}`.execute(transaction);
      if (rows[0]?.value !== fence) throw lose();
    },
    look: () => {
      looking ??= ask('select 1', LOOK_MS).finally(() => (looking = undefined));
    },
    release: async () => {
      released = true;
      cancel();
      // Whoever takes leave waits for an answer; who has none yet is ended at once.
      if (!looking) await ask('select pg_advisory_unlock_all()', FAREWELL_MS);
      await session?.end();
    },
  };
}

const FENCE = "select value from counters where name = 'fence'";

async function fenceOf(session: Client): Promise<number | undefined> {
  const { rows } = await session.query<{ value: number }>(FENCE);
  return rows[0]?.value;
}

/** Waits for the transaction that writes at this moment, should it be an earlier owner's. */
async function raise(session: Client): Promise<number> {
  await session.query(`begin; ${WRITER_LOCK}`);
  const { rows } = await session.query<{ value: number }>(
    `insert into counters (name, value) values ('fence', 1)
     on conflict (name) do update set value = counters.value + 1 returning value`,
  );
  await session.query('commit');
  return rows[0]!.value;
}

function heldBy(holder: string, url: string): BoothsyncError {
  return failure(
    'store-held',
    `the store ${shownUrl(url)} is in use by ${holder}`,
    'stop that process, or let it do this work: one `run` or `serve` owns a store at a time',
  );
}

function takenOver(url: string): BoothsyncError {
  return failure(
    'store-held',
    `another process took over the store ${shownUrl(url)} while this one had lost its connection`,
    'let that process do the work; start this one again when it has ended',
  );
}

async function tryLock(session: Client): Promise<boolean> {
  const { rows } = await session.query<{ locked: boolean }>(
    `select pg_try_advisory_lock(${LOCK_CLASS}, ${LOCK_OBJECT}) as locked`,
  );
  return rows[0]!.locked;
}

async function holderOf(session: Client): Promise<string> {
  const { rows } = await session.query<{ name: string; pid: number; since: number | null }>(
    `select application_name as name, pid, (extract(epoch from backend_start) * 1000)::bigint as since
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and classid = ${LOCK_CLASS}::oid and objid = (${LOCK_OBJECT})::oid
       and objsubid = 2 and pg_locks.database = (select oid from pg_database where datname = current_database())`,
  );
  const holder = rows[0];
  if (!holder) return 'another process';
  const name = holder.name.replace(/^boothsync /, '') || 'another process';
  const since = holder.since === null ? '' : `, since ${new Date(holder.since).toISOString()}`;
  return `${name} (session ${holder.pid} of PostgreSQL)${since}`;
}
