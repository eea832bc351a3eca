import { hasPostgres, openPostgres } from './postgres.ts';
import { hasSqlite, openSqlite } from './sqlite.ts';
import type { Store, StoreOptions } from './store.ts';

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
