import { createLimiter, type Limiter } from '../connection/limiter.ts';
import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import type { LaneState, Pause } from '../store/lanes.ts';
import type { Store } from '../store/store.ts';

/** One account's rate limit, remembered over restarts. */
export interface Account {
  readonly account: string;
  readonly limiter: Limiter;
  /** Why the lane rests; null while it works. */
  setPaused(pause: Pause | null): void;
  stop(): Promise<void>;
}

/** How often a lane that calls says that it lives, in ms. */
const BEAT_MS = 1_000;

/**
 * Opens an account's limiter with the slots that an earlier process may still have out: exactly those after a clean
 * stop, all of them after another (ENGINE case 21).
 */
export async function openAccount(
  account: string,
  limit: RateLimit | undefined,
  store: Store,
  clock: Clock,
  owner: string,
): Promise<Account> {
  const before = await store.read.lanes.get(account);
  const limiter = createLimiter(limit, clock, slotsOut(before, limit, clock.now()));
  let paused: Pause | null = null;
  let written: { calls: number; paused: Pause | null } = { calls: 0, paused };
  let state: LaneState = {
    account,
    owner,
    heartbeat: clock.now(),
    slots: [],
    day: dayOf(clock.now()),
    dayCalls: 0,
    paused,
  };
  if (before?.day === state.day) state = { ...state, dayCalls: before.dayCalls };
  await store.write((tables) => tables.lanes.put(state));

  async function beat(): Promise<void> {
    const calls = limiter.calls();
    if (calls === written.calls && paused === written.paused) return;
    state = {
      ...state,
      ...countDay(state, calls - written.calls, clock.now()),
      heartbeat: clock.now(),
      paused,
    };
    written = { calls, paused };
    await store.write((tables) => tables.lanes.put(state));
  }

  let cancel = clock.after(BEAT_MS, tick);
  function tick(): void {
    // A beat that can't be written is no reason to stop: the next one may be.
    void beat().catch(() => undefined);
    cancel = clock.after(BEAT_MS, tick);
  }

  return {
    account,
    limiter,
    setPaused: (pause) => void (paused = pause),
    stop: async () => {
      cancel();
      const slots = limiter.outstanding();
      limiter.stop();
      await beat();
      await store.write((tables) => tables.lanes.put({ ...state, owner: null, slots }));
    },
  };
}

function slotsOut(before: LaneState | undefined, limit: RateLimit | undefined, now: number): number[] {
  if (!before || !limit) return [];
  if (before.owner === null) return before.slots.filter((at) => at > now);
  // Its last call may be as young as the next beat would have been.
  const until = before.heartbeat + BEAT_MS + limit.perMs;
  return until > now ? Array.from({ length: limit.requests }, () => until) : [];
}

function countDay(state: LaneState, calls: number, now: number): Pick<LaneState, 'day' | 'dayCalls'> {
  const day = dayOf(now);
  return { day, dayCalls: (state.day === day ? state.dayCalls : 0) + calls };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
