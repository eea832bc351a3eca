import { sql, type Kysely, type Transaction } from 'kysely';
import { sleep, type Clock } from '../model/clock.ts';
import type { Dialect } from './dialect.ts';
import { createGroupCommit, type Transact, type Work } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { connectTo, kyselyOn } from './node-postgres.ts';
import { acquirePostgres, APPLICATION_NAME, WRITER_LOCK, type PostgresOwnership } from './postgres-owner.ts';
import { isConflict, isConnectionLost, postgresFailure, shownUrl } from './postgres-problem.ts';
import type { Database } from './schema.ts';
import type { Store, StoreOptions } from './store.ts';
import { tablesIn } from './tables.ts';

const POSTGRES: Dialect = {
  name: 'postgres',
  id: 'bigint generated always as identity primary key',
  int: 'bigint',
};

/** Connections for reading; one more writes, and one more holds the owner's lock. */
const READERS = 8;
/** How long a transaction that surely was not committed is tried again, in ms: a server restarts within seconds. */
const PATIENCE_MS = 5_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/** Opens `postgres://…`. */
export async function openPostgres(url: string, { owner, clock }: StoreOptions): Promise<Store> {
  const shown = shownUrl(url);
  const explain = (what: string) => (error: unknown) =>
    postgresFailure(error, `the store ${shown} ${what}`, url);
  const applicationName = APPLICATION_NAME;
  const writer = kyselyOn(url, { applicationName, clock, most: 1 });
  const reader = kyselyOn(url, {
    applicationName,
    clock,
    most: READERS,
    explain: (error) => (isConnectionLost(error) ? explain("can't be read")(error) : error),
  });
  let ownership: PostgresOwnership | undefined;

  async function close(): Promise<void> {
    await ownership?.release();
    await Promise.all([writer.destroy(), reader.destroy()]);
  }

  try {
    if (owner) ownership = await acquirePostgres(url, clock);
    await migrated(url, owner);
    await ownership?.raiseFence();
  } catch (error) {
    await close().catch(() => undefined);
    throw explain("can't be opened")(error);
  }

  // A process that lost the store while it slept must not write: least of all that it is about to create something.
  const check: Check = async (transaction) => ownership?.checkFence(transaction);
  const transact = retrying(transactOn(writer, check), clock, () => ownership?.look());
  const commit = createGroupCommit((batch) =>
    transact(batch).catch((error: unknown) => {
      throw explain("can't be written")(error);
    }),
  );
  return {
    read: tablesIn(reader),
    write: commit,
    lost: ownership?.lost ?? new AbortController().signal,
    close: async () => {
      await commit(() => Promise.resolve()).catch(() => undefined);
      await close();
    },
  };
}

export async function hasPostgres(url: string): Promise<boolean> {
  try {
    const client = await connectTo(url, APPLICATION_NAME);
    const { rows } = await client.query<{ has: boolean }>("select to_regclass('lanes') is not null as has");
    await client.end();
    return rows[0]!.has;
  } catch (error) {
    throw postgresFailure(error, `the store ${shownUrl(url)} can't be opened`, url);
  }
}

/** Lets a whole read see one moment. */
export async function readPostgres(
  url: string,
  work: (snapshot: Kysely<Database>) => Promise<void>,
): Promise<void> {
  const reader = kyselyOn(url, { applicationName: APPLICATION_NAME, most: 1 });
  try {
    await reader.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
  } catch (error) {
    throw postgresFailure(error, `the store ${shownUrl(url)} can't be read`, url);
  } finally {
    await reader.destroy();
  }
}

/** By a connection of its own: of much that is kept a step may take long. */
async function migrated(url: string, owner: boolean): Promise<void> {
  const maker = kyselyOn(url, { applicationName: APPLICATION_NAME, most: 1 });
  try {
    await migrate(maker, POSTGRES, { owner, schema: await schemaOf(maker) });
  } finally {
    await maker.destroy();
  }
}

type Check = (transaction: Transaction<Database>) => Promise<void>;

/**
 * One transaction for all work: first without savepoints, as each costs two round trips and seldom saves any; where some
 * of it fails all is rolled back and run again, each in a savepoint, and it fails alone.
 */
function transactOn(writer: Kysely<Database>, check: Check): Transact {
  const begin = (run: (transaction: Transaction<Database>) => Promise<PromiseSettledResult<unknown>[]>) =>
    committed(writer, async (transaction) => {
      await sql.raw(WRITER_LOCK).execute(transaction);
      await check(transaction);
      return run(transaction);
    });

  return async (batch) => {
    try {
      return await begin((transaction) => together(transaction, batch));
    } catch (error) {
      if (!(error instanceof WorkError)) throw error;
      if (batch.length === 1) return [{ status: 'rejected', reason: error.cause }];
    }
    return begin((transaction) => apart(transaction, batch));
  };
}

async function together(
  transaction: Transaction<Database>,
  batch: readonly Work[],
): Promise<PromiseSettledResult<unknown>[]> {
  const tables = tablesIn(transaction);
  const results: PromiseSettledResult<unknown>[] = [];
  for (const work of batch) {
    try {
      results.push({ status: 'fulfilled', value: await work(tables) });
    } catch (error) {
      throw isOurs(error) ? error : new WorkError(error);
    }
  }
  return results;
}

async function apart(
  transaction: Transaction<Database>,
  batch: readonly Work[],
): Promise<PromiseSettledResult<unknown>[]> {
  const tables = tablesIn(transaction);
  const results: PromiseSettledResult<unknown>[] = [];
  for (const work of batch) {
    await sql`savepoint work`.execute(transaction);
    try {
      results.push({ status: 'fulfilled', value: await work(tables) });
      await sql`release savepoint work`.execute(transaction);
    } catch (reason) {
      if (isOurs(reason)) throw reason;
      await sql`rollback to savepoint work`.execute(transaction);
      results.push({ status: 'rejected', reason });
    }
  }
  return results;
}

/** The work's own: it fails, and what shares its transaction does not. */
class WorkError extends Error {
  constructor(cause: unknown) {
    super('the work failed', { cause });
  }
}

/** Not the work's own, but the transaction's. */
function isOurs(error: unknown): boolean {
  return isConflict(error) || isConnectionLost(error);
}

/** Nobody knows whether it was committed: the answer to COMMIT is missing. */
class UnknownCommitError extends Error {
  constructor(cause: unknown) {
    super('the connection was lost while a transaction was committed', { cause });
  }
}

async function committed<T>(
  writer: Kysely<Database>,
  run: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const progress = { hasRun: false };
  try {
    return await writer
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        const result = await run(transaction);
        progress.hasRun = true;
        return result;
      });
  } catch (error) {
    throw progress.hasRun && isConnectionLost(error) ? new UnknownCommitError(error) : error;
  }
}

/** What was surely not committed, by no fault of its own, is run again: work only queries. `lost`: a connection was. */
function retrying(transact: Transact, clock: Clock, lost: () => void): Transact {
  return async (batch) => {
    const giveUpAt = clock.now() + PATIENCE_MS;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        return await transact(batch);
      } catch (error) {
        if (error instanceof UnknownCommitError || isConnectionLost(error)) lost();
        if (!isOurs(error) || clock.now() + waitMs > giveUpAt) throw error;
        await sleep(clock, waitMs);
      }
    }
  };
}

async function schemaOf(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema ?? 'public';
}
