import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { failure } from '../model/problem.ts';
import type { Dialect } from './dialect.ts';
import type { Database } from './schema.ts';
import { first } from './migrations/001-first.ts';

/**
 * Brings the tables up to date; numbered steps, each run once. `schema`: where the list of those that ran is, in a
 * database that has several.
 */
export async function migrate(db: Kysely<Database>, dialect: Dialect, schema?: string): Promise<void> {
  const migrations: Record<string, Migration> = {
    '001-first': { up: (untyped: Kysely<unknown>) => first(untyped, dialect) },
  };
  const where = schema === undefined ? {} : { migrationTableSchema: schema };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider, ...where }).migrateToLatest();
  if (error === undefined) return;
  const words = error instanceof Error ? error.message : JSON.stringify(error);
  throw failure(
    'store',
    `the store can't be brought up to date: ${words}`,
    'restore a backup, or use the version of boothsync that last wrote it',
    error,
  );
}
