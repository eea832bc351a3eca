import { sql, type Kysely } from 'kysely';
import type { MemberName } from '../model/desired.ts';
import type { Events } from './events.ts';
import type { Database } from './schema.ts';

export type WaitingEvents = ReturnType<typeof waitingEventsIn>;

/** Events that wait for their parent. */
export function waitingEventsIn(db: Kysely<Database>, postpone: Events['postpone']) {
  /** What is on its way to these targets becomes as urgent; so does what their own parents wait for. */
  async function hurry(targetKeys: readonly string[], priority: number): Promise<void> {
    if (targetKeys.length === 0) return;
    const rows = await db
      .updateTable('events')
      .set({ priority })
      .where('target_key', 'in', targetKeys)
      .where((e) => e.or([e('state', '=', sql.lit('pending')), e('state', '=', sql.lit('waiting'))]))
      .where('priority', '>', priority)
      .returning('waits_for')
      .execute();
    await hurry(
      rows.flatMap((row) => row.waits_for ?? []),
      priority,
    );
  }

  return {
    /**
     * Its parent is not there: an event waits for it, `until` (ms) at the latest, and lends it its urgency. Where the parent
     * has settled meanwhile it is pending again at once (ENGINE case 23). `settling`: the target may be there, and what is on its
     * way to it is waited for. `whileComing`: no longer than something is on its way there.
     */
    async wait(
      ids: readonly number[],
      {
        parent,
        until,
        settling,
        whileComing,
      }: {
        readonly parent: string;
        readonly until: number;
        readonly settling?: boolean;
        readonly whileComing?: boolean;
      },
      now: number,
    ): Promise<void> {
      await postpone(ids, now, 'the parent settled meanwhile', 0);
      const parentThere = db
        .selectFrom('links')
        .select('target_key')
        .where('target_key', '=', parent)
        .where('gone', '=', sql.lit(0));
      const underWay = db
        .selectFrom('events as other')
        .select('other.id')
        .where('other.target_key', '=', parent)
        .where('other.state', 'in', ['pending', 'sending', 'waiting', 'dead']);
      const waiting = await db
        .updateTable('events')
        .set({ state: 'waiting', waits_for: parent, due: until, reason: 'its parent is not there yet' })
        .where('id', 'in', ids)
        .where('state', '=', sql.lit('pending'))
        .where(({ not, exists, or }) =>
          settling ? or([not(exists(parentThere)), exists(underWay)]) : not(exists(parentThere)),
        )
        .$if(whileComing === true, (query) => query.where(({ exists }) => exists(underWay)))
        .returning('priority')
        .execute();
      if (waiting.length === 0) return;
      const priority = Math.min(...waiting.map((row) => row.priority));
      await hurry([parent], priority);
    },

    /** Events have come for these targets: the most urgent of those that wait for one lends it its urgency. */
    async hurryAwaited(targetKeys: readonly string[]): Promise<void> {
      if (targetKeys.length === 0) return;
      const rows = await db
        .selectFrom('events')
        .select(['waits_for', (e) => e.fn.min('priority').as('priority')])
        .where('waits_for', 'in', targetKeys)
        .where('state', '=', sql.lit('waiting'))
        .groupBy('waits_for')
        .execute();
      for (const row of rows) await hurry([row.waits_for!], row.priority);
    },

    /** Whether this record's way through a sync is not over, as far as it began by `createdAt` (ms). */
    async isOpen(
      { tenant, sync, key, element }: MemberName,
      createdAt: number,
      orDead: boolean,
    ): Promise<boolean> {
      const row = await db
        .selectFrom('events')
        .select('id')
        .where((e) => e.and({ tenant, sync, key, element }))
        .where('created_at', '<=', createdAt)
        .where('state', 'in', ['pending', 'sending', 'waiting', ...(orDead ? (['dead'] as const) : [])])
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** A parent is there now: its children go on. */
    async wakeWaiting(parent: string, now: number): Promise<void> {
      await db
        .updateTable('events')
        .set({ state: 'pending', waits_for: null, due: now, reason: null })
        .where('waits_for', '=', parent)
        .where('state', '=', sql.lit('waiting'))
        .execute();
    },

    /** When the first of those that wait for a parent has waited too long, in ms. */
    async nextExpiry(lane: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('events')
        .select('due')
        .where('lane', '=', lane)
        .where('state', '=', sql.lit('waiting'))
        .orderBy('due')
        .limit(1)
        .executeTakeFirst();
      return row?.due;
    },

    /** Ends what has waited for its parent too long; yields how many. */
    async expireWaiting(lane: string, now: number): Promise<number> {
      const result = await db
        .updateTable('events')
        .set({
          state: 'dead',
          reason: 'its parent did not come in time',
          remedy: "see why the parent's event did not settle; then retry this one",
          settled_at: now,
        })
        .where('lane', '=', lane)
        .where('state', '=', sql.lit('waiting'))
        .where('due', '<=', now)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}
