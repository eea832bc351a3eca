import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What the API has said of a lane's daily quota, for who starts anew. */
export async function dayQuota(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter table lanes add column quota text not null default '{}'`).execute(db);
}
