import type { Tables } from './tables.ts';

/** Work that shares one transaction; more would hold up the event loop. */
const BATCH = 200;

/** What a caller writes. It may do nothing but query its tables: anything slower would hold up all others. */
export type Work<T = unknown> = (tables: Tables) => Promise<T>;

/**
 * Runs all work as one transaction, one after the other, and yields what became of each once that is durable. Throws
 * where nothing of it is.
 */
export type Transact = (batch: readonly Work[]) => Promise<readonly PromiseSettledResult<unknown>[]>;

export type Commit = <T>(work: Work<T>) => Promise<T>;

interface Job {
  readonly work: Work;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes that arrive together share one transaction and one fsync: durable does not have to be slow. A bad one fails
 * alone, and each is answered after COMMIT only (ENGINE case 25). One batch at a time, so whoever writes need not think of
 * others who write at the same moment, whichever database it is.
 */
export function createGroupCommit(transact: Transact): Commit {
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
      const results = await transact(batch.map(({ work }) => work));
      batch.forEach((job, at) => tell(job, results[at]!));
    } catch (error) {
      for (const job of batch) job.failed(error);
    }
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, done: (result) => resolve(result as T), failed: reject });
      if (!running) void run();
    });
}

function tell(job: Job, result: PromiseSettledResult<unknown>): void {
  if (result.status === 'fulfilled') job.done(result.value);
  else job.failed(result.reason);
}
