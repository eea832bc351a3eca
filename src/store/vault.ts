import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

export type VaultRows = ReturnType<typeof vaultIn>;

/** Which key seals what is secret. */
export function vaultIn(db: Kysely<Database>) {
  return {
    async get(name: 'current' | 'handover'): Promise<string | undefined> {
      const row = await db.selectFrom('vault').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },

    async put(name: 'current' | 'handover', value: string): Promise<void> {
      await db
        .insertInto('vault')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },

    async remove(name: 'current' | 'handover'): Promise<void> {
      await db.deleteFrom('vault').where('name', '=', name).execute();
    },
  };
}
