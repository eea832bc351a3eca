import { sql, type Kysely } from 'kysely';
import type { MemberName } from '../model/desired.ts';
import { DISCARDED, RETRIED, type EventState, type SyncEvent } from '../model/event.ts';
import type { SourceRecord } from '../model/record.ts';
import { among } from './among.ts';
import { contains } from './contains.ts';
import { COLUMNS, fromRow, recordOf } from './event-row.ts';
import type { Database } from './schema.ts';

/** What people ask for; what is left out excludes nothing. */
export interface EventFilter {
  readonly ids?: readonly number[];
  readonly states?: readonly EventState[];
  readonly tenant?: string;
  readonly source?: string;
  readonly sync?: string;
  readonly key?: string;
  readonly element?: string;
  /** A text that the reason contains. */
  readonly reason?: string;
  /** Not before, in ms: when it ended, or came where it has not. */
  readonly since?: number;
}

export interface FoundEvent extends SyncEvent {
  readonly settledAt: number | null;
}

/** Where an event is to go now. */
export interface Aim {
  readonly lane: string;
  readonly targetKey: string;
}

export type EventQueries = ReturnType<typeof eventQueriesIn>;

/** What the command line asks of the events, and does to them by hand. */
export function eventQueriesIn(db: Kysely<Database>) {
  function matching(filter: EventFilter) {
    const { ids, states, tenant, source, sync, key, element, reason, since } = filter;
    let query = db.selectFrom('events');
    if (ids) query = query.where(among('id', ids));
    if (states) query = query.where(among('state', states));
    if (tenant !== undefined) query = query.where('tenant', '=', tenant);
    if (source !== undefined) query = query.where('source', '=', source);
    if (sync !== undefined) query = query.where('sync', '=', sync);
    if (key !== undefined) query = query.where('key', '=', key);
    if (element !== undefined) query = query.where('element', '=', element);
    if (reason !== undefined) query = query.where(contains('reason', reason));
    if (since !== undefined)
      query = query.where((e) => e(e.fn.coalesce('settled_at', 'created_at'), '>=', since));
    return query;
  }

  /** The event of a record that waits to be delivered, where one does; an action's event stands for itself. */
  async function waiting({ tenant, sync, key, element }: MemberName): Promise<number | undefined> {
    const row = await db
      .selectFrom('events')
      .select('id')
      .where((e) => e.and({ tenant, sync, key, element }))
      .where('state', 'in', ['pending', 'waiting'])
      .where('action', '=', sql.lit(0))
      .executeTakeFirst();
    return row?.id;
  }

  return {
    /** By when they came, the newest first. */
    async list(filter: EventFilter & { readonly limit: number }): Promise<SyncEvent[]> {
      const rows = await matching(filter).select(COLUMNS).orderBy('id', 'desc').limit(filter.limit).execute();
      return rows.map((row) => fromRow(row));
    },

    /** By when they ended, or came where they have not: the newest first. */
    async find(filter: EventFilter, limit: number): Promise<FoundEvent[]> {
      const rows = await matching(filter)
        .select([...COLUMNS, 'settled_at'])
        .orderBy((e) => e.fn.coalesce('settled_at', 'created_at'), 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...fromRow(row), settledAt: row.settled_at }));
    },

    /** The record that an event brought; nothing where none came: the runner made the event itself. */
    async recorded(id: number): Promise<SourceRecord | undefined> {
      const row = await db.selectFrom('events').select('body').where('id', '=', id).executeTakeFirst();
      return row && row.body !== null ? recordOf(row) : undefined;
    },

    /** The newest first. */
    async ids(filter: EventFilter): Promise<number[]> {
      const rows = await matching(filter).select('id').orderBy('id', 'desc').execute();
      return rows.map(({ id }) => id);
    },

    async countStates(filter: EventFilter): Promise<{ state: EventState; count: number }[]> {
      return matching(filter)
        .select((e) => ['state', e.fn.countAll<number>().as('count')])
        .groupBy('state')
        .orderBy('state')
        .execute();
    },

    async counts(): Promise<{ sync: string; state: EventState; count: number }[]> {
      const rows = await db
        .selectFrom('events')
        .select((e) => ['sync', 'state', e.fn.countAll<number>().as('count')])
        .groupBy(['sync', 'state'])
        .execute();
      return rows.map((row) => ({ ...row, count: row.count }));
    },

    /** Dead letters by sync and by how their reasons begin. */
    async deadByReason(): Promise<{ sync: string; head: string; count: number }[]> {
      const head = sql<string>`substr(coalesce(reason, ''), 1, 24)`;
      return db
        .selectFrom('events')
        .select((e) => ['sync', head.as('head'), e.fn.countAll<number>().as('count')])
        .where('state', '=', sql.lit('dead'))
        .groupBy(['sync', head])
        .execute();
    },

    /** All that is due by then is for these targets: the most urgent first. */
    async targets(by: number): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('target_key')
        .where('state', 'in', ['pending', 'waiting'])
        .where((e) => e.or([e('due', '<=', by), e('state', '=', sql.lit('waiting'))]))
        .groupBy('target_key')
        .orderBy((e) => e.fn.min('priority'))
        .orderBy((e) => e.fn.min('id'))
        .execute();
      return rows.map((row) => row.target_key);
    },

    /** What the open events of these records are for. */
    async targetsOf(key: string): Promise<string[]> {
      const rows = await db
        .selectFrom('events')
        .select('target_key')
        .distinct()
        .where('key', '=', key)
        .where('state', 'in', ['pending', 'waiting'])
        .execute();
      return rows.map((row) => row.target_key);
    },

    waiting,

    /**
     * A dead event is pending again, as if it had come now: its tries and its wait for a parent begin anew. Where a newer
     * one of its record waits already it is superseded. Nothing where it is not dead any more.
     */
    async retry(
      event: SyncEvent,
      { lane, targetKey }: Aim,
      now: number,
    ): Promise<'pending' | 'superseded' | undefined> {
      const newer = event.action ? undefined : await waiting(event);
      const end = {
        state: 'superseded',
        reason: 'a newer event of its record waits already',
        settled_at: now,
      } as const;
      const begin = {
        state: 'pending',
        reason: RETRIED,
        settled_at: null,
        tries: 0,
        due: now,
      } as const;
      const rows = await db
        .updateTable('events')
        .set({
          ...(newer === undefined ? { ...begin, lane, target_key: targetKey, created_at: now } : end),
          remedy: null,
          waits_for: null,
          told: 0,
        })
        .where('id', '=', event.id)
        .where('state', '=', sql.lit('dead'))
        .returning('state')
        .execute();
      return rows[0]?.state === 'pending' ? 'pending' : rows[0] && 'superseded';
    },

    /** A person has said that this action of a first import is to run: it is not asked about twice. */
    async runThoughInitial(id: number): Promise<void> {
      await db.updateTable('events').set({ initial: 0 }).where('id', '=', id).execute();
    },

    /** False where it is not dead any more. */
    async discard(id: number, now: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('events')
        .set({ state: 'skipped', reason: DISCARDED, remedy: null, settled_at: now })
        .where('id', '=', id)
        .where('state', '=', sql.lit('dead'))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** What is dead of a record is over: it was taken up again. */
    async replaced({ tenant, sync, key, element }: MemberName, now: number): Promise<void> {
      await db
        .updateTable('events')
        .set({ state: 'superseded', reason: 'its record was replayed by hand', settled_at: now })
        .where((e) => e.and({ tenant, sync, key, element }))
        .where('state', '=', sql.lit('dead'))
        .where('action', '=', sql.lit(0))
        .execute();
    },
  };
}
