import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { sleep, type Clock } from '../model/clock.ts';
import type { Dialect } from './dialect.ts';
import { createGroupCommit, type Transact, type Work } from './group-commit.ts';
import { keepFile, type KeptFile } from './kept-file.ts';
import { migrate } from './migrate.ts';
import { isBusy, kyselyOver, openDatabase } from './node-sqlite.ts';
import { acquireOwnership, type Ownership } from './ownership.ts';
import { storeFailure } from './store-failure.ts';
import type { Store, StoreOptions } from './store.ts';
import { tablesIn, type Tables } from './tables.ts';

const SQLITE: Dialect = { name: 'sqlite', id: 'integer primary key autoincrement', int: 'integer' };

/** How long another process may hold the store's write lock, in ms, before a write fails. */
const BUSY_MS = 10_000;

/** Opens `sqlite:<path>`. Its owner's lock can't be lost while its file is in its place, so it needs no fence; not `durable`: it need not outlive the machine. */
export async function openSqlite(
  url: string,
  options: StoreOptions & { readonly durable?: boolean },
): Promise<Store> {
  const path = pathOf(url);
  let ownership: Ownership | undefined;
  try {
    ownership = options.owner ? acquireOwnership(path) : undefined;
    const database = openDatabase(path);
    if (options.durable === false) database.exec('pragma synchronous = off');
    const writer = kyselyOver(database);
    await migrate(writer, SQLITE, { owner: options.owner });
    // A connection of its own: a read must not see what a running transaction may still take back.
    const readDatabase = openDatabase(path, true);
    let written = false;
    const kept = options.owner ? keepFile(path, database) : undefined;
    const commit = createGroupCommit(transactOn(database, tablesIn(writer), options.clock, kept));
    return {
      read: tablesIn(kyselyOver(readDatabase)),
      write: (work) => {
        written = true;
        return commit(work);
      },
      lost: kept?.lost ?? new AbortController().signal,
      close: async () => {
        // What was written before is done when this is; a mere reader waits for nobody.
        if (written) await commit(() => Promise.resolve()).catch(() => undefined);
        readDatabase.close();
        database.close();
        ownership?.release();
      },
    };
  } catch (error) {
    ownership?.release();
    throw storeFailure(
      error,
      `the store ${path} can't be opened`,
      'see that its folder is there and can be written',
    );
  }
}

export function hasSqlite(url: string): boolean {
  return existsSync(pathOf(url));
}

export function pathOf(url: string): string {
  return url.replace(/^sqlite:/, '');
}

/** One transaction with a savepoint for each piece of work: SQLite answers at once, so they cost next to nothing. */
function transactOn(database: DatabaseSync, tables: Tables, clock: Clock, kept?: KeptFile): Transact {
  async function attempt(work: Work): Promise<PromiseSettledResult<unknown>> {
    database.exec('savepoint work');
    try {
      const value = await work(tables);
      database.exec('release work');
      return { status: 'fulfilled', value };
    } catch (reason) {
      // A full disk may have ended the whole transaction: then all of the batch fails.
      if (!database.isTransaction) throw reason;
      database.exec('rollback to work; release work');
      return { status: 'rejected', reason };
    }
  }

  return async (batch) => {
    try {
      await begin(database, clock);
      const results: PromiseSettledResult<unknown>[] = [];
      for (const work of batch) results.push(await attempt(work));
      kept?.check();
      database.exec('commit');
      return results;
    } catch (error) {
      if (database.isTransaction) database.exec('rollback');
      throw storeFailure(
        error,
        "the store can't be written",
        'free some disk space, or see who else holds the file',
      );
    }
  };
}

/** Waits its turn without a busy timeout: that would freeze the event loop. */
async function begin(database: DatabaseSync, clock: Clock): Promise<void> {
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
