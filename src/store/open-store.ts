import { hasSqlite, openSqlite } from './sqlite.ts';
import type { Store, StoreOptions } from './store.ts';

/**
 * Opens `sqlite:<path>` or `postgres://…` and brings its tables up to date. Throws a `store-held` problem where another
 * process owns it, a `store` problem where it can't be opened.
 */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  if (!isPostgres(url)) return openSqlite(url, options);
  const { openPostgres } = await postgres();
  return openPostgres(url, options);
}

/** Whether there is a store at all: opening makes one. Throws a `store` problem where that can't be told. */
export async function hasStore(url: string): Promise<boolean> {
  if (!isPostgres(url)) return hasSqlite(url);
  const { hasPostgres } = await postgres();
  return hasPostgres(url);
}

/** Whose driver takes a while to be read: only by those who have one. */
export const postgres = () => import('./postgres.ts');

export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}
