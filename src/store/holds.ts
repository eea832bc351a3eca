import { sql, type Kysely } from 'kysely';
import type { Hold } from '../model/hold.ts';
import type { Database } from './schema.ts';

export type Holds = ReturnType<typeof holdsIn>;

/** What guards have stopped, one for each place. */
export function holdsIn(db: Kysely<Database>) {
  return {
    async get(tenant: string, place: string): Promise<Hold | undefined> {
      const row = await db
        .selectFrom('holds')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('place', '=', place)
        .executeTakeFirst();
      return row && fromRow(row);
    },

    async all(): Promise<Hold[]> {
      return (await db.selectFrom('holds').selectAll().orderBy('tenant').orderBy('place').execute()).map(
        fromRow,
      );
    },

    async put(hold: Hold): Promise<void> {
      const { tenant, place, hash, message, at } = hold;
      const row = { hash, message, at, keys: JSON.stringify(hold.keys), approved: hold.approved ? 1 : 0 };
      await db
        .insertInto('holds')
        .values({ tenant, place, ...row })
        .onConflict((conflict) => conflict.columns(['tenant', 'place']).doUpdateSet(row))
        .execute();
    },

    /** Yields the places where exactly this waits. */
    async approve(tenant: string, hash: string): Promise<string[]> {
      const rows = await db
        .updateTable('holds')
        .set({ approved: sql.lit(1) })
        .where('tenant', '=', tenant)
        .where('hash', '=', hash)
        .returning('place')
        .execute();
      return rows.map(({ place }) => place);
    },

    async remove(tenant: string, place: string): Promise<void> {
      await db.deleteFrom('holds').where('tenant', '=', tenant).where('place', '=', place).execute();
    },
  };
}

function fromRow(row: Database['holds']): Hold {
  return {
    tenant: row.tenant,
    place: row.place,
    hash: row.hash,
    keys: JSON.parse(row.keys) as string[],
    message: row.message,
    at: row.at,
    approved: row.approved === 1,
  };
}
