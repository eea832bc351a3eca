import { isDeepStrictEqual } from 'node:util';
import { sql, type Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator, type Migration } from 'kysely/migration';
import { failure } from '../model/problem.ts';
import type { Dialect } from './dialect.ts';
import type { Database } from './schema.ts';
import { first } from './migrations/001-first.ts';
import { alerts } from './migrations/003-alerts.ts';
import { tokens } from './migrations/002-tokens.ts';
import { dayQuota } from './migrations/005-day-quota.ts';
import { asRecorded } from './migrations/004-as-recorded.ts';

export interface MigrateOptions {
  /** The owner brings the tables up to date; whoever works beside it must find them so. */
  readonly owner: boolean;
  /** Where the list of those that ran is, in a database that has several. */
  readonly schema?: string;
}

/** Numbered steps, each run once. */
export async function migrate(
  db: Kysely<Database>,
  dialect: Dialect,
  { owner, schema }: MigrateOptions,
): Promise<void> {
  const migrations: Record<string, Migration> = {
    '001-first': { up: (untyped: Kysely<unknown>) => first(untyped, dialect) },
    '002-tokens': { up: (untyped: Kysely<unknown>) => tokens(untyped, dialect) },
    '003-alerts': { up: (untyped: Kysely<unknown>) => alerts(untyped, dialect) },
    '004-as-recorded': { up: (untyped: Kysely<unknown>) => asRecorded(untyped, dialect) },
    '005-day-quota': { up: (untyped: Kysely<unknown>) => dayQuota(untyped) },
  };
  if (await haveRun(db, Object.keys(migrations), schema)) return;
  const where = schema === undefined ? {} : { migrationTableSchema: schema };
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const migrator = new Migrator({ db, provider, ...where });
  if (!owner) return mustBeDone(migrator);
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const words = error instanceof Error ? error.message : JSON.stringify(error);
  throw failure(
    'store',
    `the store can't be brought up to date: ${words}`,
    'restore a backup, or use the version of boothsync that last wrote it',
    error,
  );
}

/**
 * Whether just these have run. The migrator asks for all tables of the database before it looks, and of all columns of each: in
 * one that others use, too, that takes longer than all else of a start. Whatever is wrong here, it finds out and tells.
 */
async function haveRun(
  db: Kysely<Database>,
  names: readonly string[],
  schema: string | undefined,
): Promise<boolean> {
  const table = sql.id(...(schema === undefined ? [] : [schema]), DEFAULT_MIGRATION_TABLE);
  const ran = await sql<{ name: string }>`select name from ${table} order by name`.execute(db).then(
    ({ rows }) => rows.map(({ name }) => name),
    () => undefined,
  );
  return isDeepStrictEqual(ran, [...names].sort());
}

async function mustBeDone(migrator: Migrator): Promise<void> {
  const steps = await migrator.getMigrations();
  if (steps.every(({ executedAt }) => executedAt !== undefined)) return;
  throw failure(
    'store',
    'the store is empty, or an older version of boothsync made it',
    'run `boothsync run`, or `serve`, of this version first: it brings the store up to date',
  );
}
