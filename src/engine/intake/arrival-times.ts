import type { Clock } from '../../model/clock.ts';

/**
 * When things arrive and are asked for, in ms: the machine's time, but each later than the one before, whatever the clock is
 * set to, and later than `last`, which an earlier process gave. A webhook that comes after another is the newer one.
 */
export function arrivalTimes(clock: Clock, last: number): () => number {
  let given = last;
  return () => (given = Math.max(given + 1, clock.now()));
}
