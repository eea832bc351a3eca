import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import type { EventState, SyncEvent, Verdict } from '../model/event.ts';
import { AFTER_OLDER, DISCARDED } from '../model/event.ts';
import { aimedOf, type Aimed } from './aimed-events.ts';
import { COLUMNS, fromRow, toRow, type NewEvent } from './event-row.ts';
import { inPieces } from './in-pieces.ts';
import type { Database } from './schema.ts';

export type Events = ReturnType<typeof eventsIn>;

/** An event of an older state, and the one that has come since. */
interface Replaced {
  readonly id: number;
  readonly target_key: string;
  readonly by: number;
  readonly to: string;
  readonly state: EventState;
}

/** The life of an event: arrived, taken up, settled. What lanes ask for is in due-events.ts, what waits for a parent in waiting-events.ts. */
export function eventsIn(db: Kysely<Database>) {
  async function supersedeBy(replaced: readonly Replaced[], settledAt: number): Promise<void> {
    await db
      .updateTable('events')
      .set({ state: 'superseded', reason: 'a newer state of the record arrived', settled_at: settledAt })
      .where(
        'id',
        'in',
        replaced.map(({ id }) => id),
      )
      .execute();
    const heirs = replaced.filter((one) => one.state === 'pending' && one.to === one.target_key);
    if (heirs.length === 0) return;
    await db
      .updateTable('events')
      .set({ reason: AFTER_OLDER })
      .where(
        'id',
        'in',
        heirs.map(({ by }) => by),
      )
      .where('reason', 'is', null)
      .execute();
  }

  /**
   * Back to `pending`, to be taken again at `due`. Where a newer event of the record has come meanwhile, this one
   * is superseded instead, and that one goes on with what it began; `settledAt`: since when, where `due` is no time to tell of.
   */
  async function postpone(
    ids: readonly number[],
    due: number,
    reason: string,
    failures: 0 | 1,
    settledAt = due,
  ): Promise<void> {
    if (ids.length === 0) return;
    const replaced = await db
      .selectFrom('events as e')
      .innerJoin('events as newer', (join) =>
        join
          .onRef('newer.tenant', '=', 'e.tenant')
          .onRef('newer.sync', '=', 'e.sync')
          .onRef('newer.key', '=', 'e.key')
          .onRef('newer.element', '=', 'e.element'),
      )
      .select(['e.id', 'e.target_key', 'newer.id as by', 'newer.target_key as to', 'newer.state as state'])
      .where('e.action', '=', sql.lit(0))
      .where('e.id', 'in', ids)
      .where('newer.state', 'in', ['pending', 'waiting'])
      .execute();
    if (replaced.length > 0) await supersedeBy(replaced, settledAt);
    await db
      .updateTable('events')
      .set((e) => ({ state: 'pending', due, reason, tries: e('tries', '+', failures) }))
      .where('id', 'in', ids)
      .where('state', '=', sql.lit('sending'))
      .execute();
  }

  return {
    async add(events: readonly NewEvent[], now: number): Promise<void> {
      if (events.length === 0) return;
      const rows = events.map((event) => ({
        ...toRow(event),
        settled_at: isFinal(event.state) ? now : null,
      }));
      await inPieces(rows, (piece) => db.insertInto('events').values(piece).execute());
    },

    /** Takes a record up again, where no event of it waits already. */
    async wake(
      event: Pick<
        NewEvent,
        'lane' | 'tenant' | 'source' | 'sync' | 'key' | 'element' | 'targetKey' | 'priority' | 'due'
      >,
    ): Promise<void> {
      const row = toRow({
        ...event,
        targetKeyBefore: null,
        state: 'pending',
        reason: null,
        remedy: null,
        tries: 0,
        waitsFor: null,
        name: null,
        createdAt: event.due,
      });
      await db
        .insertInto('events')
        .values({ ...row, settled_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /**
     * Ends the older events of these records, and of their elements: a newer state of the record has arrived. Yields where those
     * were aimed that had been taken up already.
     */
    async supersede(tenant: string, sync: string, keys: readonly string[], now: number): Promise<Aimed[]> {
      if (keys.length === 0) return [];
      const older = (e: ExpressionBuilder<Database, 'events'>) =>
        e.and([
          e('tenant', '=', tenant),
          e('sync', '=', sync),
          e('key', 'in', keys),
          e('action', '=', sql.lit(0)),
          e('state', 'in', ['pending', 'waiting', 'dead']),
        ]);
      const tried = await db
        .selectFrom('events')
        .select(['key', 'element', 'target_key'])
        .where(older)
        .where('reason', 'is not', null)
        .execute();
      await db
        .updateTable('events')
        .set({ state: 'superseded', reason: 'a newer state of the record arrived', settled_at: now })
        .where(older)
        .execute();
      return tried.map(aimedOf);
    },

    /** All due events of a target become `sending`; they are applied together, as one fold. */
    async take(targetKey: string, now: number): Promise<SyncEvent[]> {
      const rows = await db
        .updateTable('events')
        .set({ state: 'sending' })
        .where('target_key', '=', targetKey)
        .where('state', '=', sql.lit('pending'))
        .where('due', '<=', now)
        .returning(COLUMNS)
        .execute();
      return rows.map((row) => fromRow(row)).sort((a, b) => a.id - b.id);
    },

    async settle(ids: readonly number[], verdict: Verdict, now: number): Promise<void> {
      if (ids.length === 0) return;
      await db
        .updateTable('events')
        .set({
          state: verdict.state,
          reason: verdict.reason,
          remedy: verdict.remedy ?? null,
          settled_at: now,
        })
        .where('id', 'in', ids)
        .where('state', '!=', 'superseded')
        .execute();
    },

    postpone,

    /**
     * The mapping gave another target than was known on acceptance: it is taken up under that one. The event goes on telling of a
     * former one: of that whose create is in doubt, else of the first.
     */
    async retarget(id: number, targetKey: string): Promise<void> {
      await db
        .updateTable('events')
        .set((e) => ({
          target_key: targetKey,
          target_key_before: e.fn.coalesce(
            e
              .selectFrom('intents')
              .select('intents.target_key')
              .whereRef('intents.target_key', '=', 'events.target_key'),
            'events.target_key_before',
            'events.target_key',
          ),
        }))
        .where('id', '=', id)
        .execute();
    },

    /** What is on its way to a target goes back to `pending`. */
    async release(targetKey: string, due: number, reason: string): Promise<void> {
      const rows = await db
        .selectFrom('events')
        .select('id')
        .where('target_key', '=', targetKey)
        .where('state', '=', sql.lit('sending'))
        .execute();
      await postpone(
        rows.map((row) => row.id),
        due,
        reason,
        0,
      );
    },

    /** After a crash: what was on its way is to be taken up again. */
    async releaseSending(now: number): Promise<number> {
      const ids = await db
        .selectFrom('events')
        .select('id')
        .where('state', '=', sql.lit('sending'))
        .execute();
      const reason = 'the runner stopped while this was on its way';
      for (const { id } of ids) await postpone([id], 0, reason, 0, now);
      return ids.length;
    },

    /** But not what a create in doubt may have been for: it tells whose it is. */
    async forgetBefore(at: number): Promise<void> {
      const inDoubt = db.selectFrom('intents').select('target_key');
      await db
        .deleteFrom('events')
        .where('state', 'in', ['done', 'skipped', 'superseded'])
        .where((e) => e.or([e('reason', 'is', null), e('reason', '!=', DISCARDED)]))
        .where('settled_at', '<', at)
        .where('target_key', 'not in', inDoubt)
        .where((e) => e.or([e('target_key_before', 'is', null), e('target_key_before', 'not in', inDoubt)]))
        .execute();
    },
  };
}

function isFinal(state: EventState): boolean {
  return state === 'done' || state === 'skipped' || state === 'superseded' || state === 'dead';
}
