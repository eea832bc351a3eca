import { sql, type Kysely } from 'kysely';
import type { Cause, ToldTrouble, Trouble } from '../model/alert.ts';
import type { Database } from './schema.ts';

export type Alerts = ReturnType<typeof alertsIn>;

/** Dead letters of one sync, or deliveries of one connection, that nobody was told of. */
export interface Untold {
  /** The sync's name, or the connection's. */
  readonly of: string;
  readonly count: number;
  /** The newest of them. */
  readonly last: number;
}

/** What a person is told of a dead letter as an example. */
export interface DeadExample {
  /** What it is about, as JSON: the record as it arrived, and as it is now; or the delivery. */
  readonly bodies: readonly string[];
  readonly reason: string | null;
  readonly remedy: string | null;
  /** In ms. */
  readonly at: number;
}

/** What people are to be told. */
export function alertsIn(db: Kysely<Database>) {
  return {
    /** What lasts. */
    async open(tenant: string): Promise<ToldTrouble[]> {
      const rows = await db
        .selectFrom('alerts')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },

    /** `endedAt` (ms) of what does not last. */
    async add(tenant: string, trouble: Trouble, at: number, endedAt: number | null): Promise<void> {
      const { cause, place, mark, message, remedy, command, since, count } = trouble;
      await db
        .insertInto('alerts')
        .values({
          ...{ tenant, cause, place, mark, message, remedy, command, since, count, at },
          ended_at: endedAt,
        })
        .execute();
    },

    async end(id: number, at: number): Promise<void> {
      await db.updateTable('alerts').set({ ended_at: at }).where('id', '=', id).execute();
    },

    /** The newest of each cause. Reads the index of all that are kept: one each five minutes at most, until they are forgotten. */
    async newest(tenant: string): Promise<ReadonlyMap<Cause, number>> {
      const rows = await db
        .selectFrom('alerts')
        .select((e) => ['cause', e.fn.max('id').as('id')])
        .where('tenant', '=', tenant)
        .groupBy('cause')
        .execute();
      return new Map(rows.map((row) => [row.cause, row.id]));
    },

    /** After an id, in order; of what was over before `since` (ms) nothing. */
    async after(
      tenant: string,
      cause: Cause,
      id: number,
      since: number,
      limit: number,
    ): Promise<ToldTrouble[]> {
      const rows = await db
        .selectFrom('alerts')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('cause', '=', cause)
        .where('id', '>', id)
        .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>=', since)]))
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },

    async forgetBefore(at: number): Promise<void> {
      await db.deleteFrom('alerts').where('ended_at', '<', at).execute();
    },

    /** Dead letters that nobody was told of, by sync. */
    async untoldEvents(tenant: string): Promise<Untold[]> {
      const rows = await db
        .selectFrom('events')
        .select((e) => ['sync', e.fn.countAll<number>().as('count'), e.fn.max('id').as('last')])
        .where('tenant', '=', tenant)
        .where('state', '=', sql.lit('dead'))
        .where('told', '=', sql.lit(0))
        .groupBy('sync')
        .execute();
      return rows.map(({ sync, count, last }) => ({ of: sync, count, last }));
    },

    /** The same of deliveries that no record could be taken out of, by connection. */
    async untoldDeliveries(tenant: string): Promise<Untold[]> {
      const rows = await db
        .selectFrom('deliveries')
        .select((e) => ['connection', e.fn.countAll<number>().as('count'), e.fn.max('id').as('last')])
        .where('tenant', '=', tenant)
        .where('state', '=', sql.lit('dead'))
        .where('told', '=', sql.lit(0))
        .groupBy('connection')
        .execute();
      return rows.map(({ connection, count, last }) => ({ of: connection, count, last }));
    },

    /** They are told of from now on; yields the newest as an example. */
    async noteEvents(tenant: string, sync: string): Promise<DeadExample | undefined> {
      const row = await db
        .selectFrom('events')
        .leftJoin('records', (on) =>
          on
            .onRef('records.tenant', '=', 'events.tenant')
            .onRef('records.source', '=', 'events.source')
            .onRef('records.key', '=', 'events.key'),
        )
        .select([
          'reason',
          'remedy',
          'settled_at',
          'created_at',
          'events.body as own',
          'records.body as body',
        ])
        .where('events.tenant', '=', tenant)
        .where('sync', '=', sync)
        .where('state', '=', sql.lit('dead'))
        .where('told', '=', sql.lit(0))
        .orderBy('events.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      await db
        .updateTable('events')
        .set({ told: 1 })
        .where('tenant', '=', tenant)
        .where('sync', '=', sync)
        .where('state', '=', sql.lit('dead'))
        .where('told', '=', sql.lit(0))
        .execute();
      if (!row) return undefined;
      const { reason, remedy, own, body } = row;
      return {
        reason,
        remedy,
        bodies: [own, body].filter((one) => one !== null),
        at: row.settled_at ?? row.created_at,
      };
    },

    async noteDeliveries(tenant: string, connection: string): Promise<DeadExample | undefined> {
      const rows = await db
        .updateTable('deliveries')
        .set({ told: 1 })
        .where('tenant', '=', tenant)
        .where('connection', '=', connection)
        .where('state', '=', sql.lit('dead'))
        .where('told', '=', sql.lit(0))
        .returning(['id', 'reason', 'raw', 'received_at'])
        .execute();
      const newest = rows.reduce<(typeof rows)[number] | undefined>(
        (best, row) => (best && best.id > row.id ? best : row),
        undefined,
      );
      return newest && { reason: newest.reason, remedy: null, bodies: [newest.raw], at: newest.received_at };
    },
  };
}

function fromRow({ ended_at, ...row }: Omit<Database['alerts'], 'id'> & { id: number }): ToldTrouble {
  return { ...row, until: ended_at };
}
