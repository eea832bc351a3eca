import { createLimiter, type Limiter } from '../connection/limiter.ts';
import type { QuotaTold, UsedUp } from '../connection/quota-told.ts';
import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import type { LaneState, Pause } from '../store/lanes.ts';
import type { Store } from '../store/store.ts';
import { createDayQuota } from './day-quota.ts';

/** What is used of an account's limits; what it has none of is left out. */
export interface Usage {
  /** Calls in any window, and slots of it that are out. */
  readonly window?: { readonly requests: number; readonly used: number };
  /** Calls that wait for a slot. */
  readonly waiting: number;
  /** UTC day of `dayCalls`, as YYYY-MM-DD. */
  readonly day: string;
  readonly dayCalls: number;
  readonly daily?: number;
}

/** One account's rate limit, remembered over restarts. */
export interface Account {
  readonly account: string;
  readonly limiter: Limiter;
  /** Why the lane rests; null while it works. */
  setPaused(pause: Pause | null): void;
  /** Why nothing may be sent today, or until the API takes calls again; nothing while it may. */
  usedUp(): UsedUp | undefined;
  /** What the API says of the day: less than we think is left where others share the app. */
  observeDay(told: QuotaTold): void;
  usage(): Usage;
  stop(): Promise<void>;
}

/** How often an owner says that it lives, in ms: idle or not, as its next call may be its last sign. */
const BEAT_MS = 1_000;

/**
 * Opens an account's limiter with the slots that an earlier process may still have out: exactly those after a clean stop, all
 * of them for a whole window after another (ENGINE case 21). The daily quota goes on from where it was.
 */
export async function openAccount(
  account: string,
  limit: RateLimit | undefined,
  store: Store,
  clock: Clock,
  owner: string,
): Promise<Account> {
  const before = await store.read.lanes.get(account);
  let paused: Pause | null = null;
  const limiter = createLimiter(limit, clock, {
    out: slotsOut(before, limit, clock),
    left: () => quota.left(),
  });
  const quota = createDayQuota({
    limit,
    clock,
    before,
    calls: limiter.calls,
    outstanding: () => limiter.outstanding().length,
  });

  async function put(rest: Pick<LaneState, 'owner' | 'slots'>): Promise<void> {
    const times = { heartbeat: clock.now(), monotonic: clock.monotonic() };
    const state = { account, ...times, ...quota.state(), paused, ...rest };
    await store.write((tables) => tables.lanes.put(state));
  }

  await put({ owner, slots: [] });
  let stopped = false;
  let cancel = clock.after(BEAT_MS, beat);
  function beat(): void {
    // One that can't be written is no reason to stop: the next one may be.
    put({ owner, slots: [] })
      .catch(() => undefined)
      .finally(() => {
        if (!stopped) cancel = clock.after(BEAT_MS, beat);
      });
  }

  return {
    account,
    limiter,
    setPaused: (pause) => void (paused = pause),
    usedUp: quota.usedUp,
    observeDay: quota.observe,
    usage: () => {
      const { day, dayCalls } = quota.state();
      return {
        ...(limit ? { window: { requests: limit.requests, used: limiter.outstanding().length } } : {}),
        waiting: limiter.waiting(),
        day,
        dayCalls,
        ...(limit?.daily === undefined ? {} : { daily: limit.daily }),
      };
    },
    stop: async () => {
      stopped = true;
      cancel();
      const slots = limiter.outstanding();
      limiter.stop();
      await put({ owner: null, slots });
    },
  };
}

function slotsOut(before: LaneState | undefined, limit: RateLimit | undefined, clock: Clock): number[] {
  if (!before || !limit) return [];
  // When its last call was nobody knows: on a full disk it may have gone on long after its last sign of life.
  if (before.owner !== null) return Array.from({ length: limit.requests }, () => limit.perMs);
  const passed = passedSince(before, clock);
  return before.slots.map((ms) => ms - passed).filter((ms) => ms > 0);
}

/**
 * The least time that has surely passed, in ms. The machine's clock may have been set since, its own time begins anew with
 * a boot, and another machine's is another: what both agree on is true.
 */
function passedSince({ heartbeat, monotonic }: LaneState, clock: Clock): number {
  return Math.max(0, Math.min(clock.now() - heartbeat, clock.monotonic() - monotonic));
}
