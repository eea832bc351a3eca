import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Events that a person wants to be applied as they were recorded. */
export async function asRecorded(db: Kysely<unknown>, { int }: Dialect): Promise<void> {
  await sql.raw(`alter table events add column as_recorded ${int} not null default 0`).execute(db);
}
