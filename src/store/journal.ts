import type { Kysely } from 'kysely';
import type { Json } from '../model/json.ts';
import type { Database } from './schema.ts';

/** One step that was taken for an event, and what the API answered. */
export interface JournalEntry {
  readonly event: number;
  readonly step: Json;
  readonly answer: Json;
  readonly at: number;
}

export type Journal = ReturnType<typeof journalIn>;

export function journalIn(db: Kysely<Database>) {
  return {
    async add(entry: JournalEntry): Promise<void> {
      const row = {
        event: entry.event,
        step: JSON.stringify(entry.step),
        answer: JSON.stringify(entry.answer),
        at: entry.at,
      };
      await db.insertInto('journal').values(row).execute();
    },

    async of(event: number): Promise<JournalEntry[]> {
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('event', '=', event)
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        event: row.event,
        step: JSON.parse(row.step) as Json,
        answer: JSON.parse(row.answer) as Json,
        at: row.at,
      }));
    },

    async forgetBefore(at: number): Promise<void> {
      await db.deleteFrom('journal').where('at', '<', at).execute();
    },
  };
}
