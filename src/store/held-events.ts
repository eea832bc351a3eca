import { sql, type Kysely } from 'kysely';
import { HELD_DUE, type SyncEvent } from '../model/event.ts';
import { COLUMNS, fromRow } from './event-row.ts';
import type { Database } from './schema.ts';

export type HeldEvents = ReturnType<typeof heldEventsIn>;

/** Events that guards hold: pending, and due at the end of time. */
export function heldEventsIn(db: Kysely<Database>) {
  return {
    /** The syncs that have some. */
    async heldSyncs(tenant: string): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('sync')
        .distinct()
        .where('state', '=', sql.lit('pending'))
        .where('due', '=', HELD_DUE)
        .where('tenant', '=', tenant)
        .orderBy('sync')
        .execute();
      return rows.map(({ sync }) => sync);
    },

    async heldOf(tenant: string, sync: string): Promise<SyncEvent[]> {
      const rows = await db
        .selectFrom('events')
        .select(COLUMNS)
        .where('state', '=', sql.lit('pending'))
        .where('due', '=', HELD_DUE)
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .orderBy('key')
        .execute();
      return rows.map((row) => fromRow(row));
    },

    /** They are due now; yields how many. */
    async releaseHeld(tenant: string, sync: string, now: number): Promise<number> {
      const result = await db
        .updateTable('events')
        .set({ due: now })
        .where('state', '=', sql.lit('pending'))
        .where('due', '=', HELD_DUE)
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}
