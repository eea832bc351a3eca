import { sql, type Kysely } from 'kysely';
import type { ActionRecord, EventState, Priority, SyncEvent, Verdict } from '../model/event.ts';
import { DISCARDED, PRIORITIES, PRIORITY } from '../model/event.ts';
import type { SourceRecord } from '../model/record.ts';
import { inPieces } from './in-pieces.ts';
import type { Database } from './schema.ts';

export type NewEvent = Omit<SyncEvent, 'id'>;
export type Events = ReturnType<typeof eventsIn>;

type Row = Omit<Database['events'], 'id' | 'settled_at'> & { id: number };

export const COLUMNS = [
  'id',
  'lane',
  'tenant',
  'source',
  'sync',
  'key',
  'target_key',
  'target_key_before',
  'priority',
  'state',
  'reason',
  'remedy',
  'tries',
  'due',
  'waits_for',
  'name',
  'action',
  'initial',
  'body',
  'before',
  'created_at',
] as const;

/**
 * States stand in the queries as they are (`sql.lit`), not as parameters: SQLite uses an index over a part of a table only
 * where it sees that the query asks for that part. Without, each look for work reads the whole backlog.
 */
export function eventsIn(db: Kysely<Database>) {
  /**
   * Back to `pending`, to be taken again at `due`. Where a newer event of the record has come meanwhile, this one
   * is superseded instead.
   */
  async function postpone(
    ids: readonly number[],
    due: number,
    reason: string,
    failures: 0 | 1,
  ): Promise<void> {
    if (ids.length === 0) return;
    await db
      .updateTable('events as e')
      .set({ state: 'superseded', reason: 'a newer state of the record arrived', settled_at: due })
      .where('e.action', '=', sql.lit(0))
      .where('e.id', 'in', ids)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('events as newer')
            .select('newer.id')
            .whereRef('newer.tenant', '=', 'e.tenant')
            .whereRef('newer.sync', '=', 'e.sync')
            .whereRef('newer.key', '=', 'e.key')
            .where('newer.state', 'in', ['pending', 'waiting']),
        ),
      )
      .execute();
    await db
      .updateTable('events')
      .set((e) => ({ state: 'pending', due, reason, tries: e('tries', '+', failures) }))
      .where('id', 'in', ids)
      .where('state', '=', sql.lit('sending'))
      .execute();
  }

  /** Of these, what a person discarded and nothing came after. By its reason alone: its state would choose the wrong index. */
  async function discarded(
    tenant: string,
    source: string,
    keys: readonly string[],
  ): Promise<{ key: string }[]> {
    return db
      .selectFrom('events as e')
      .select('e.key')
      .where('e.tenant', '=', tenant)
      .where('e.source', '=', source)
      .where('e.reason', '=', DISCARDED)
      .where('e.key', 'in', keys)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('events as newer')
              .select('newer.id')
              .whereRef('newer.key', '=', 'e.key')
              .whereRef('newer.id', '>', 'e.id')
              .whereRef('newer.tenant', '=', 'e.tenant')
              .whereRef('newer.sync', '=', 'e.sync'),
          ),
        ),
      )
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
      event: Pick<NewEvent, 'lane' | 'tenant' | 'source' | 'sync' | 'key' | 'targetKey' | 'priority' | 'due'>,
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

    /** Ends the older events of these records: a newer state of the record has arrived. */
    async supersede(tenant: string, sync: string, keys: readonly string[], now: number): Promise<void> {
      if (keys.length === 0) return;
      await db
        .updateTable('events')
        .set({ state: 'superseded', reason: 'a newer state of the record arrived', settled_at: now })
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .where('key', 'in', keys)
        .where('action', '=', sql.lit(0))
        .where('state', 'in', ['pending', 'waiting', 'dead'])
        .execute();
    },

    /** The targets of what is due first in a lane: live events before bulk; without `bulk`, live ones only. */
    async due(
      lane: string,
      now: number,
      limit: number,
      busyTargets: readonly string[],
      bulk: boolean,
    ): Promise<string[]> {
      const found: string[] = [];
      for (const priority of bulk ? PRIORITIES : [PRIORITY.live]) {
        if (found.length >= limit) break;
        let query = db
          .selectFrom('events')
          .select('target_key')
          .where('lane', '=', lane)
          .where('priority', '=', priority)
          .where('due', '<=', now)
          .where('state', '=', sql.lit('pending'));
        if (busyTargets.length > 0) query = query.where('target_key', 'not in', busyTargets);
        const rows = await query
          .orderBy('due')
          .orderBy('id')
          .limit(limit - found.length)
          .execute();
        found.push(...rows.map((row) => row.target_key));
      }
      return found;
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

    /** The targets that older states of these records are on their way to at this moment. */
    async sendingTargets(
      tenant: string,
      sync: string,
      keys: readonly string[],
    ): Promise<{ key: string; targetKey: string }[]> {
      if (keys.length === 0) return [];
      // Few are ever on their way, so they are asked for by state, not by key.
      const rows = await db
        .selectFrom('events')
        .select(['key', 'target_key'])
        .where('state', '=', sql.lit('sending'))
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .where('key', 'in', keys)
        .execute();
      return rows.map((row) => ({ key: row.key, targetKey: row.target_key }));
    },

    /** The targets of these records whose creates are in doubt. */
    async doubtfulTargets(
      tenant: string,
      sync: string,
      keys: readonly string[],
    ): Promise<{ key: string; targetKey: string }[]> {
      if (keys.length === 0) return [];
      const rows = await db
        .selectFrom('events')
        .innerJoin('intents', 'intents.target_key', 'events.target_key')
        .select(['events.key', 'events.target_key'])
        .where('events.tenant', '=', tenant)
        .where('events.sync', '=', sync)
        .where('events.key', 'in', keys)
        .where('events.action', '=', 0)
        .execute();
      return rows.map((row) => ({ key: row.key, targetKey: row.target_key }));
    },

    /** The records that are on their way to a target or about to be. */
    async comingTo(targetKey: string): Promise<{ tenant: string; sync: string; key: string }[]> {
      return db
        .selectFrom('events')
        .select(['tenant', 'sync', 'key'])
        .where('target_key', '=', targetKey)
        .where((e) =>
          e.or([
            e('state', '=', sql.lit('pending')),
            e('state', '=', sql.lit('sending')),
            e('state', '=', sql.lit('waiting')),
          ]),
        )
        .execute();
    },

    /** The mapping gave another target than was known on acceptance: it is taken up under that one. */
    async retarget(id: number, targetKey: string): Promise<void> {
      await db.updateTable('events').set({ target_key: targetKey }).where('id', '=', id).execute();
    },

    /**
     * Its parent is not there: an event waits for it, `until` (ms) at the latest, and lends it its urgency. Where the parent
     * has settled meanwhile it is pending again at once (ENGINE case 23).
     */
    async wait(ids: readonly number[], parent: string, until: number, now: number): Promise<void> {
      await postpone(ids, now, 'the parent settled meanwhile', 0);
      const parentThere = db
        .selectFrom('links')
        .select('target_key')
        .where('target_key', '=', parent)
        .where('gone', '=', sql.lit(0));
      const waiting = await db
        .updateTable('events')
        .set({ state: 'waiting', waits_for: parent, due: until, reason: 'its parent is not there yet' })
        .where('id', 'in', ids)
        .where('state', '=', sql.lit('pending'))
        .where(({ not, exists }) => not(exists(parentThere)))
        .returning('priority')
        .execute();
      if (waiting.length === 0) return;
      const priority = Math.min(...waiting.map((row) => row.priority));
      await db
        .updateTable('events')
        .set({ priority })
        .where('target_key', '=', parent)
        .where('state', '=', sql.lit('pending'))
        .where('priority', '>', priority)
        .execute();
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
    async releaseSending(): Promise<number> {
      const ids = await db
        .selectFrom('events')
        .select('id')
        .where('state', '=', sql.lit('sending'))
        .execute();
      for (const { id } of ids) await postpone([id], 0, 'the runner stopped while this was on its way', 0);
      return ids.length;
    },

    /** When the next event of a lane is due, in ms; nothing where none is pending. */
    async nextDue(lane: string): Promise<number | undefined> {
      const dues: number[] = [];
      for (const priority of PRIORITIES) {
        const row = await db
          .selectFrom('events')
          .select((e) => e.fn.min('due').as('due'))
          .where('lane', '=', lane)
          .where('priority', '=', priority)
          .where('state', '=', sql.lit('pending'))
          .executeTakeFirst();
        // The minimum of no rows is null, whatever its type says.
        const due = row?.due as number | null | undefined;
        if (due !== null && due !== undefined) dues.push(due);
      }
      return dues.length === 0 ? undefined : Math.min(...dues);
    },

    /** Keys among these whose last event of a sync ended dead, discarded or not: unchanged or not, they are due again. */
    async deadKeys(tenant: string, source: string, keys: readonly string[]): Promise<Set<string>> {
      if (keys.length === 0) return new Set();
      const rows = await db
        .selectFrom('events')
        .select('key')
        .where('tenant', '=', tenant)
        .where('source', '=', source)
        .where('state', '=', sql.lit('dead'))
        .where('key', 'in', keys)
        .execute();
      return new Set([...rows, ...(await discarded(tenant, source, keys))].map((row) => row.key));
    },

    /** How many wait to be delivered: what the backlog limit looks at. */
    async backlog(): Promise<number> {
      const row = await db
        .selectFrom('events')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('state', '=', sql.lit('pending'))
        .executeTakeFirstOrThrow();
      return row.count;
    },

    async forgetBefore(at: number): Promise<void> {
      await db
        .deleteFrom('events')
        .where('state', 'in', ['done', 'skipped', 'superseded'])
        .where((e) => e.or([e('reason', 'is', null), e('reason', '!=', DISCARDED)]))
        .where('settled_at', '<', at)
        .execute();
    },
  };
}

function isFinal(state: EventState): boolean {
  return state === 'done' || state === 'skipped' || state === 'superseded' || state === 'dead';
}

export function fromRow(row: Row): SyncEvent {
  return {
    id: row.id,
    lane: row.lane,
    tenant: row.tenant,
    source: row.source,
    sync: row.sync,
    key: row.key,
    targetKey: row.target_key,
    targetKeyBefore: row.target_key_before,
    priority: row.priority as Priority,
    state: row.state,
    reason: row.reason,
    remedy: row.remedy,
    tries: row.tries,
    due: row.due,
    waitsFor: row.waits_for,
    name: row.name,
    createdAt: row.created_at,
    ...(row.action === 1 ? { action: actionOf(row) } : {}),
  };
}

function toRow(event: NewEvent): Omit<Row, 'id'> {
  return {
    lane: event.lane,
    tenant: event.tenant,
    source: event.source,
    sync: event.sync,
    key: event.key,
    target_key: event.targetKey,
    target_key_before: event.targetKeyBefore,
    priority: event.priority,
    state: event.state,
    reason: event.reason,
    remedy: event.remedy,
    tries: event.tries,
    due: event.due,
    waits_for: event.waitsFor,
    name: event.name,
    action: event.action ? 1 : 0,
    initial: event.action?.initial ? 1 : 0,
    body: event.action ? JSON.stringify(event.action.record) : null,
    before: event.action?.before ? JSON.stringify(event.action.before) : null,
    created_at: event.createdAt,
  };
}

function actionOf(row: Row): ActionRecord {
  return {
    record: JSON.parse(row.body ?? '{}') as SourceRecord,
    before: row.before === null ? null : (JSON.parse(row.before) as SourceRecord),
    initial: row.initial === 1,
  };
}
