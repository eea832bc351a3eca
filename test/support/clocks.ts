import type { Clock } from '../../src/model/clock.ts';

/** A clock that knows which of its timers are still set. */
export interface WatchedClock extends Clock {
  readonly timersSet: () => number;
}

/** The machine's time, `speed` times as fast and `aheadMs` ahead. */
export function watchedClock(speed = 1, aheadMs: () => number = () => 0): WatchedClock {
  const start = Date.now();
  const machine = () => Number(process.hrtime.bigint() / 1_000_000n);
  const started = machine();
  const set = new Set<NodeJS.Timeout>();
  return {
    now: () => Math.floor(start + (Date.now() - start) * speed) + aheadMs(),
    monotonic: () => Math.floor(started + (machine() - started) * speed),
    after: (ms, act) => {
      const timer = setTimeout(() => {
        set.delete(timer);
        act();
      }, ms / speed);
      set.add(timer);
      return () => {
        set.delete(timer);
        clearTimeout(timer);
      };
    },
    timersSet: () => set.size,
  };
}

/** Time that stands until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on, firing what falls due on the way, in order. */
  readonly pass: (ms: number) => Promise<void>;
}

export function manualClock(start = Date.parse('2026-05-01T10:00:00Z')): ManualClock {
  let now = start;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    monotonic: () => now - start,
    after: (ms, act) => {
      const timer = { at: now + Math.max(0, ms), act };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    pass: async (ms) => {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.act();
      }
      now = end;
      await settled();
    },
  };
}
