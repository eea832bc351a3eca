import { createLimiter, type Limiter } from '../connection/limiter.ts';
import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import type { LaneState, Pause } from '../store/lanes.ts';
import type { Store } from '../store/store.ts';

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
  /** When the daily quota comes back, in ms, and how much of it others took; nothing while there is some left. */
  usedUp(): { readonly until: number; readonly byOthers: number } | undefined;
  /** What the API says is left of the day: less than we think where others share the app. */
  observeDay(remaining: number): void;
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
  let day = dayOf(clock.now());
  let callsBefore = before?.day === day ? before.dayCalls : 0;
  let paused: Pause | null = null;
  let others = 0;
  const limiter = createLimiter(limit, clock, { out: slotsOut(before, limit, clock), left: callsLeft });

  function dayCalls(): number {
    const today = dayOf(clock.now());
    // Quotas are of UTC days.
    if (today !== day) [day, callsBefore, others] = [today, -limiter.calls(), 0];
    return callsBefore + limiter.calls();
  }

  function callsLeft(): number {
    return limit?.daily === undefined ? Infinity : Math.max(0, limit.daily - dayCalls() - others);
  }

  async function put(rest: Pick<LaneState, 'owner' | 'slots'>): Promise<void> {
    const times = { heartbeat: clock.now(), monotonic: clock.monotonic() };
    const state = { account, ...times, dayCalls: dayCalls(), day, paused, ...rest };
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
    usedUp: () => (callsLeft() > 0 ? undefined : { until: nextDay(clock.now()), byOthers: others }),
    observeDay: (remaining) => {
      if (limit?.daily === undefined) return;
      // Which of the calls that are out the API has counted nobody knows: what was seen of the others before stands in between.
      const least = Math.max(0, limit.daily - dayCalls() - remaining);
      const most = least + limiter.outstanding().length;
      others = Math.min(Math.max(others, least), most);
    },
    usage: () => {
      const used = dayCalls();
      return {
        ...(limit ? { window: { requests: limit.requests, used: limiter.outstanding().length } } : {}),
        waiting: limiter.waiting(),
        day,
        dayCalls: used,
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

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function nextDay(ms: number): number {
  return Date.parse(dayOf(ms)) + 86_400_000;
}
