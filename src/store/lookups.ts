import type { Kysely } from 'kysely';
import type { Json } from '../model/json.ts';
import type { Database } from './schema.ts';

export type Lookups = ReturnType<typeof lookupsIn>;

/** Answers to questions that seldom change: asked once, and kept over restarts. */
export function lookupsIn(db: Kysely<Database>) {
  return {
    async get(account: string, name: string): Promise<{ value: Json; at: number } | undefined> {
      const row = await db
        .selectFrom('lookups')
        .select(['value', 'at'])
        .where('account', '=', account)
        .where('name', '=', name)
        .executeTakeFirst();
      return row && { value: JSON.parse(row.value) as Json, at: row.at };
    },

    async put(account: string, name: string, value: Json, at: number): Promise<void> {
      const row = { value: JSON.stringify(value), at };
      await db
        .insertInto('lookups')
        .values({ account, name, ...row })
        .onConflict((conflict) => conflict.columns(['account', 'name']).doUpdateSet(row))
        .execute();
    },
  };
}
