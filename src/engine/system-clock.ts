import type { Clock } from '../model/clock.ts';

/** A timer of Node's set to more than 24.8 days would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not `performance.now()`: this one goes on from process to process, for as long as the machine runs.
  monotonic: () => Number(process.hrtime.bigint() / 1_000_000n),
  after: (ms, act) => {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = setTimeout(
        () => (left > LONGEST_TIMER_MS ? wait(left - LONGEST_TIMER_MS) : act()),
        Math.min(left, LONGEST_TIMER_MS),
      );
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};
