import type { Kysely } from 'kysely';
import type { Cause } from '../model/alert.ts';
import type { Database } from './schema.ts';

/** How far somebody was told of a cause. Times in ms. */
export interface AlertSend {
  readonly channel: string;
  readonly cause: Cause;
  /** Since when it is to be told. */
  readonly since: number;
  /** The last alert that was told. */
  readonly toldId: number;
  readonly toldAt: number | null;
  /** Failures since. */
  readonly tries: number;
  /** Not before. */
  readonly nextAt: number;
  readonly failure: string | null;
}

export type AlertSends = ReturnType<typeof alertSendsIn>;

export function alertSendsIn(db: Kysely<Database>) {
  return {
    async all(): Promise<AlertSend[]> {
      const rows = await db
        .selectFrom('alert_sends')
        .selectAll()
        .orderBy('channel')
        .orderBy('cause')
        .execute();
      return rows.map(({ told_id, told_at, next_at, ...row }) => ({
        ...row,
        toldId: told_id,
        toldAt: told_at,
        nextAt: next_at,
      }));
    },

    async put({ channel, cause, since, toldId, toldAt, tries, nextAt, failure }: AlertSend): Promise<void> {
      const row = { since, told_id: toldId, told_at: toldAt, tries, next_at: nextAt, failure };
      await db
        .insertInto('alert_sends')
        .values({ channel, cause, ...row })
        .onConflict((conflict) => conflict.columns(['channel', 'cause']).doUpdateSet(row))
        .execute();
    },
  };
}
