import type { Clock } from '../model/clock.ts';
import { hasPostgres, openPostgres } from './postgres.ts';
import { hasSqlite, openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/**
 * The durable memory. `read` sees what is committed; `write` is one transaction, durable when it resolves. Writes run one
 * after the other, those of other processes included, and `work` may be run again where its transaction has to be.
 */
export interface Store {
  readonly read: Tables;
  write<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Aborts, with a `store-held` problem, when another process took the store over: nothing can be written any more. */
  readonly lost: AbortSignal;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** Its process is the only one that delivers from this store; refused where another one is. */
  readonly owner: boolean;
}

/**
 * Opens `sqlite:<path>` or `postgres://…` and brings its tables up to date. Throws a `store-held` problem where another
 * process owns it, a `store` problem where it can't be opened.
 */
export function openStore(url: string, options: StoreOptions): Promise<Store> {
  return isPostgres(url) ? openPostgres(url, options) : openSqlite(url, options);
}

/** Whether there is a store at all: opening makes one. Throws a `store` problem where that can't be told. */
export async function hasStore(url: string): Promise<boolean> {
  return isPostgres(url) ? hasPostgres(url) : hasSqlite(url);
}

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}
