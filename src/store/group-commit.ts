import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../model/clock.ts';
import { sleep } from '../model/clock.ts';
import { failure, messageOf } from '../model/problem.ts';

/** Work that shares one transaction; more would hold up the event loop. */
const BATCH = 200;
/** How long another process may hold the store's write lock, in ms, before a write fails. */
const BUSY_MS = 10_000;

export type Commit = <T>(work: () => Promise<T>) => Promise<T>;

interface Job {
  readonly work: () => Promise<unknown>;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes that arrive together share one transaction and one fsync: durable does not have to be slow. Each has
 * a savepoint of its own, so a bad one fails alone, and each is answered after COMMIT only (ENGINE case 25).
 * Work may do nothing but query this database: anything slower would hold up all others.
 */
export function createGroupCommit(database: DatabaseSync, clock: Clock): Commit {
  const waiting: Job[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      // Lets what has arrived meanwhile join: SQLite answers at once, so nothing else runs during a batch.
      await new Promise((resolve) => setImmediate(resolve));
      await commit(waiting.splice(0, BATCH));
    }
    running = false;
  }

  async function commit(batch: readonly Job[]): Promise<void> {
    try {
      await begin();
      const settled: (() => void)[] = [];
      for (const job of batch) settled.push(await attempt(job));
      database.exec('commit');
      for (const tell of settled) tell();
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      const problem = failure(
        'store',
        `the store can't be written: ${messageOf(error)}`,
        'free some disk space, or see who else holds the file',
        error,
      );
      for (const job of batch) job.failed(problem);
    }
  }

  async function attempt(job: Job): Promise<() => void> {
    database.exec('savepoint job');
    try {
      const result = await job.work();
      database.exec('release job');
      return () => job.done(result);
    } catch (error) {
      // A full disk may have ended the whole transaction: then all of the batch fails.
      if (!database.isTransaction) throw error;
      database.exec('rollback to job; release job');
      return () => job.failed(error);
    }
  }

  async function begin(): Promise<void> {
    const giveUpAt = clock.now() + BUSY_MS;
    for (;;) {
      try {
        database.exec('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || clock.now() > giveUpAt) throw error;
        await sleep(clock, 5);
      }
    }
  }

  return <T>(work: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, done: (result) => resolve(result as T), failed: reject });
      if (!running) void run();
    });
}

/** Another process writes at this moment: a command beside the owner, or a checkpoint. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode as number) % 256 === 5;
}
