import { sql, type Kysely } from 'kysely';
import { contains } from './contains.ts';
import type { Database } from './schema.ts';

/** What a webhook delivered. */
export interface Delivery {
  readonly id: number;
  readonly tenant: string;
  readonly connection: string;
  readonly name: string | null;
  /** JSON `{ body, headers, query }`. */
  readonly raw: string;
  readonly receivedAt: number;
}

export interface SettledDelivery extends Delivery {
  readonly state: Database['deliveries']['state'];
  readonly reason: string | null;
}

export interface DeliveryFilter {
  /** A text that the reason contains. */
  readonly reason?: string;
  readonly since?: number;
}

export interface NewDelivery extends Omit<Delivery, 'id'> {
  readonly deliveryId: string | null;
}

export type Deliveries = ReturnType<typeof deliveriesIn>;

export function deliveriesIn(db: Kysely<Database>) {
  return {
    /** False where this delivery was stored before. */
    async add(delivery: NewDelivery): Promise<boolean> {
      const row = {
        tenant: delivery.tenant,
        connection: delivery.connection,
        delivery_id: delivery.deliveryId,
        name: delivery.name,
        raw: delivery.raw,
        received_at: delivery.receivedAt,
        state: 'received' as const,
        reason: null,
      };
      const result = await db
        .insertInto('deliveries')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    /** The oldest, after this id, that no record was taken out of yet. */
    async received(limit: number, after = 0): Promise<Delivery[]> {
      const rows = await db
        .selectFrom('deliveries')
        .select(['id', 'tenant', 'connection', 'name', 'raw', 'received_at'])
        .where('state', '=', sql.lit('received'))
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at }));
    },

    async settle(id: number, state: 'accepted' | 'dead', reason: string | null): Promise<void> {
      await db.updateTable('deliveries').set({ state, reason }).where('id', '=', id).execute();
    },

    /** When the oldest came that no record was taken out of yet, in ms. */
    async oldestReceived(): Promise<number | undefined> {
      const row = await db
        .selectFrom('deliveries')
        .select('received_at')
        .where('state', '=', sql.lit('received'))
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row?.received_at;
    },

    async countDead(): Promise<number> {
      const row = await db
        .selectFrom('deliveries')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('state', '=', sql.lit('dead'))
        .executeTakeFirstOrThrow();
      return row.count;
    },

    async countReceived(): Promise<number> {
      const row = await db
        .selectFrom('deliveries')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('state', '=', sql.lit('received'))
        .executeTakeFirstOrThrow();
      return row.count;
    },

    async get(id: number): Promise<SettledDelivery | undefined> {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      const { tenant, connection, name, raw, state, reason } = row;
      return { id, tenant, connection, name, raw, receivedAt: row.received_at, state, reason };
    },

    /** Those that no record could be taken out of, the newest first. `since` in ms. */
    async dead(limit: number, { reason, since }: DeliveryFilter = {}): Promise<SettledDelivery[]> {
      let query = db.selectFrom('deliveries').selectAll().where('state', '=', sql.lit('dead'));
      if (reason !== undefined) query = query.where(contains('reason', reason));
      if (since !== undefined) query = query.where('received_at', '>=', since);
      const rows = await query.orderBy('id', 'desc').limit(limit).execute();
      return rows.map(({ received_at, ...row }) => ({ ...row, receivedAt: received_at }));
    },

    /** When the latest was received, in ms; 0 for none. Those that arrive together are stored in any order. */
    async lastReceivedAt(): Promise<number> {
      const rows = await db
        .selectFrom('deliveries')
        .select('received_at')
        .orderBy('id', 'desc')
        .limit(200)
        .execute();
      return Math.max(0, ...rows.map((row) => row.received_at));
    },

    /** Its records are to be taken out of it once more. */
    async receiveAgain(id: number): Promise<void> {
      await db
        .updateTable('deliveries')
        .set({ state: 'received', reason: null, told: 0 })
        .where('id', '=', id)
        .execute();
    },

    /** Bodies go; the identity stays as long, so a late redelivery is still known. */
    async forgetBefore(at: number): Promise<void> {
      await db
        .deleteFrom('deliveries')
        .where('state', '=', sql.lit('accepted'))
        .where('received_at', '<', at)
        .execute();
    },
  };
}
