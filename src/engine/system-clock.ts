import type { Clock } from '../model/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not `performance.now()`: this one goes on from process to process, for as long as the machine runs.
  monotonic: () => Number(process.hrtime.bigint() / 1_000_000n),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
