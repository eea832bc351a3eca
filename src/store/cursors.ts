import type { Kysely } from 'kysely';
import type { TimeForm } from '../model/source-time.ts';
import type { Database } from './schema.ts';

/** How far a poll has read. */
export interface Cursor {
  /** Greatest `updatedAt` so far in ms, no later than the server's own clock, and how the source writes it. */
  readonly time?: { readonly ms: number; readonly form: TimeForm };
  /** Where the source's `updatedAt` can't be read as a time: its greatest value, as it was written. */
  readonly opaque?: string | number;
  /** The newest records that were read, to tell whether the next answer is whole. */
  readonly landmarks?: readonly { readonly key: string; readonly ms: number }[];
  /** When the last read was complete, in ms; nothing before the first. */
  readonly completeAt?: number;
}

export type Cursors = ReturnType<typeof cursorsIn>;

export function cursorsIn(db: Kysely<Database>) {
  return {
    async get(tenant: string, source: string): Promise<Cursor> {
      const row = await db
        .selectFrom('cursors')
        .select('cursor')
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .executeTakeFirst();
      return row ? (JSON.parse(row.cursor) as Cursor) : {};
    },

    async put(tenant: string, source: string, cursor: Cursor, now: number): Promise<void> {
      const row = { cursor: JSON.stringify(cursor), read_at: now };
      await db
        .insertInto('cursors')
        .values({ tenant, source, ...row })
        .onConflict((conflict) => conflict.columns(['tenant', 'source']).doUpdateSet(row))
        .execute();
    },

    async all(): Promise<{ tenant: string; source: string; cursor: Cursor; readAt: number }[]> {
      const rows = await db.selectFrom('cursors').selectAll().orderBy('source').execute();
      return rows.map((row) => ({
        tenant: row.tenant,
        source: row.source,
        cursor: JSON.parse(row.cursor) as Cursor,
        readAt: row.read_at,
      }));
    },
  };
}
