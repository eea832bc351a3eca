import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Why a lane rests, and when it tries again. */
export interface Pause {
  readonly reason: string;
  readonly remedy: string;
  /** In ms; the next probe. */
  readonly until: number;
  readonly since: number;
  /** Nothing where the API is in trouble, and the lane needs nobody's help. */
  readonly cause?: 'auth-failed' | 'quota';
}

/** What the API has said of the day's quota, where it has. */
export interface QuotaState {
  /** Calls of the day that others took. */
  readonly others?: number;
  /** It takes no calls until then, in ms. */
  readonly closedUntil?: number;
  /** When its day ends, in ms. */
  readonly endsAt?: number;
}

export interface LaneState {
  readonly account: string;
  readonly owner: string | null;
  /** Last sign of life of its owner, in ms. */
  readonly heartbeat: number;
  /** The same moment in the machine's own time, which nobody sets, in ms. */
  readonly monotonic: number;
  /** How long each slot that was out at a clean stop had still to go, in ms. */
  readonly slots: readonly number[];
  /** UTC day of `dayCalls`, as YYYY-MM-DD. */
  readonly day: string;
  readonly dayCalls: number;
  readonly quota: QuotaState;
  readonly paused: Pause | null;
}

export type Lanes = ReturnType<typeof lanesIn>;

export function lanesIn(db: Kysely<Database>) {
  return {
    async get(account: string): Promise<LaneState | undefined> {
      const row = await db.selectFrom('lanes').selectAll().where('account', '=', account).executeTakeFirst();
      return row && fromRow(row);
    },

    async all(): Promise<LaneState[]> {
      return (await db.selectFrom('lanes').selectAll().orderBy('account').execute()).map(fromRow);
    },

    /** Nobody works them any more, and no slot of a limit is out: what the day has used stays. */
    async disown(): Promise<void> {
      await db.updateTable('lanes').set({ owner: null, slots: '[]', paused: null }).execute();
    },

    async put(lane: LaneState): Promise<void> {
      const row = {
        owner: lane.owner,
        heartbeat: lane.heartbeat,
        monotonic: lane.monotonic,
        slots: JSON.stringify(lane.slots),
        day: lane.day,
        day_calls: lane.dayCalls,
        quota: JSON.stringify(lane.quota),
        paused: lane.paused && JSON.stringify(lane.paused),
      };
      await db
        .insertInto('lanes')
        .values({ account: lane.account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute();
    },
  };
}

function fromRow(row: Database['lanes']): LaneState {
  return {
    account: row.account,
    owner: row.owner,
    heartbeat: row.heartbeat,
    monotonic: row.monotonic,
    slots: JSON.parse(row.slots) as number[],
    day: row.day,
    dayCalls: row.day_calls,
    quota: JSON.parse(row.quota) as QuotaState,
    paused: row.paused === null ? null : (JSON.parse(row.paused) as Pause),
  };
}
