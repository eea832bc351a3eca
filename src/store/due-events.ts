import { sql, type Kysely } from 'kysely';
import { AFTER_OTHERS, DISCARDED, HELD_DUE, PRIORITIES, PRIORITY, type SyncEvent } from '../model/event.ts';
import type { MemberName } from '../model/desired.ts';
import { COLUMNS, fromRow } from './event-row.ts';
import type { Database } from './schema.ts';

/** Targets asked for in one query. */
const TARGETS = 500;

export type DueEvents = ReturnType<typeof dueEventsIn>;

/**
 * States stand in the queries as they are (`sql.lit`), not as parameters: SQLite uses an index over a part of a table only
 * where it sees that the query asks for that part. Without, each look for work reads the whole backlog.
 */
export function dueEventsIn(db: Kysely<Database>) {
  async function nextDueAmong(lane: string, targets: readonly string[]): Promise<number | undefined> {
    let next = Infinity;
    for (let at = 0; at < targets.length; at += TARGETS) {
      const row = await db
        .selectFrom('events')
        .select((e) => e.fn.min('due').as('due'))
        .where('target_key', 'in', targets.slice(at, at + TARGETS))
        .where('state', '=', sql.lit('pending'))
        .where('lane', '=', lane)
        .executeTakeFirst();
      next = Math.min(next, (row?.due as number | null | undefined) ?? Infinity);
    }
    return next === Infinity ? undefined : next;
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
              .whereRef('newer.sync', '=', 'e.sync')
              .whereRef('newer.element', '=', 'e.element'),
          ),
        ),
      )
      .execute();
  }

  return {
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

    /** The same of these targets only. */
    async dueAmong(lane: string, now: number, limit: number, targets: readonly string[]): Promise<string[]> {
      for (let at = 0; at < targets.length; at += TARGETS) {
        const rows = await db
          .selectFrom('events')
          .select('target_key')
          .where('target_key', 'in', targets.slice(at, at + TARGETS))
          .where('state', '=', sql.lit('pending'))
          .where('lane', '=', lane)
          .where('due', '<=', now)
          .orderBy('priority')
          .orderBy('due')
          .orderBy('id')
          .limit(limit)
          .execute();
        if (rows.length > 0) return rows.map((row) => row.target_key);
      }
      return [];
    },

    /** When the next event of a lane, or of these targets of it, is due, in ms; nothing where none is pending. */
    async nextDue(lane: string, targets?: readonly string[]): Promise<number | undefined> {
      if (targets) return nextDueAmong(lane, targets);
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

    /**
     * Events of a target that were taken up before, and wait until they are again; but for those that wait for the others, or for
     * a person.
     */
    async postponedOf(targetKey: string): Promise<SyncEvent[]> {
      const rows = await db
        .selectFrom('events')
        .select(COLUMNS)
        .where('target_key', '=', targetKey)
        .where('state', '=', sql.lit('pending'))
        .where('reason', 'is not', null)
        .where('reason', '!=', AFTER_OTHERS)
        .where('due', '<', HELD_DUE)
        .orderBy('id')
        .execute();
      return rows.map((row) => fromRow(row));
    },

    /** When a record that was taken up to leave a target for another one is to be again; nothing where it is not. */
    async leavesAgain(
      { tenant, sync, key, element }: MemberName,
      targetKey: string,
    ): Promise<number | undefined> {
      const row = await db
        .selectFrom('events')
        .select('due')
        .where((e) => e.and({ key, tenant, sync, element }))
        .where('state', 'in', ['pending', 'sending'])
        .where('action', '=', sql.lit(0))
        .where('reason', 'is not', null)
        .where('target_key', '!=', targetKey)
        .where('due', '<', HELD_DUE)
        .executeTakeFirst();
      return row?.due;
    },

    /** The records that are on their way to a target or about to be. */
    async comingTo(targetKey: string): Promise<MemberName[]> {
      return db
        .selectFrom('events')
        .select(['tenant', 'sync', 'key', 'element'])
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

    /** How many events of targets, not of actions, are under way in a lane or due until then. */
    async openTargets(lane: string, until: number): Promise<number> {
      const open = db
        .selectFrom('events')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('lane', '=', lane)
        .where('action', '=', 0);
      const pending = await open
        .where('state', '=', sql.lit('pending'))
        .where('due', '<=', until)
        .executeTakeFirstOrThrow();
      const sending = await open.where('state', '=', sql.lit('sending')).executeTakeFirstOrThrow();
      return pending.count + sending.count;
    },

    /** When the first older event of a target is due, in ms: one that waited may have been woken meanwhile. Nothing where none is pending. */
    async olderDue(targetKey: string, id: number): Promise<number | undefined> {
      const row = await db
        .selectFrom('events')
        .select('due')
        .where('target_key', '=', targetKey)
        .where('state', '=', sql.lit('pending'))
        .where('id', '<', id)
        .orderBy('due')
        .limit(1)
        .executeTakeFirst();
      return row?.due;
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
  };
}
