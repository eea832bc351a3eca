/** Counts what happened in the last `perMs` milliseconds, exactly: the window is (at - perMs, at]. */
export interface SlidingWindow {
  readonly add: (at: number) => void;
  readonly count: (at: number, perMs: number) => number;
  /** When the oldest that is still in the window leaves it, in ms from `at`; 0 where it is empty. */
  readonly waitMs: (at: number, perMs: number) => number;
}

export function createSlidingWindow(): SlidingWindow {
  let times: number[] = [];
  let first = 0;

  /** Drops what has left. The list is cut now and then only, so that a call costs no copy. */
  function forget(until: number): void {
    while ((times[first] ?? Infinity) <= until) first++;
    if (first < 10_000) return;
    times = times.slice(first);
    first = 0;
  }

  return {
    add: (at) => void times.push(at),
    count(at, perMs) {
      forget(at - perMs);
      return times.length - first;
    },
    waitMs(at, perMs) {
      forget(at - perMs);
      const oldest = times[first];
      return oldest === undefined ? 0 : oldest + perMs - at;
    },
  };
}
