import type { Clock } from '../model/clock.ts';
import { failure, messageOf } from '../model/problem.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { kyselyOver, openDatabase } from './node-sqlite.ts';
import { SQLITE } from './dialect.ts';
import { acquireOwnership, type Ownership } from './ownership.ts';
import { tablesIn, type Tables } from './tables.ts';

/** The durable memory. `read` sees what is committed; `write` is one transaction, durable when it resolves. */
export interface Store {
  readonly read: Tables;
  write<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** Its process is the only one that delivers from this store; refused where another one is. */
  readonly owner: boolean;
}

/**
 * Opens `sqlite:<path>` and brings its tables up to date. Throws a `store-held` problem where another process
 * owns it, a `store` problem where it can't be opened.
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  const path = url.replace(/^sqlite:/, '');
  const ownership: Ownership | undefined = options.owner ? acquireOwnership(path) : undefined;
  try {
    const database = openDatabase(path);
    const writer = kyselyOver(database);
    await migrate(writer, SQLITE);
    // A connection of its own: a read must not see what a running transaction may still take back.
    const readDatabase = openDatabase(path, true);
    const tables = tablesIn(writer);
    const commit = createGroupCommit(database, options.clock);
    return {
      read: tablesIn(kyselyOver(readDatabase)),
      write: (work) => commit(() => work(tables)),
      close: async () => {
        await commit(() => Promise.resolve());
        readDatabase.close();
        database.close();
        ownership?.release();
      },
    };
  } catch (error) {
    ownership?.release();
    throw failure(
      'store',
      `the store ${path} can't be opened: ${messageOf(error)}`,
      'see that its folder is there and can be written',
      error,
    );
  }
}
