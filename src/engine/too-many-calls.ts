import type { Pause } from '../store/lanes.ts';

/** How long a lane holds after a 429, and what is the matter where it is more than a full window. */
export interface TooManyCalls {
  /**
   * A first 429 after some calls succeeded: the window is full, and is free again when it has passed. Where nothing goes
   * through after it either, the wait was in vain: it is asked ever more seldom. `askedMs`: Retry-After, or 0.
   */
  note(succeeded: number, message: string, askedMs: number): Hold;
}

interface Hold {
  readonly waitMs: number;
  readonly trouble?: Pick<Pause, 'reason' | 'remedy'>;
}

const REMEDY = 'the API takes no more calls for now: the lane asks again by itself';

export function createTooManyCalls(perMs: number, longestMs: number): TooManyCalls {
  let last = { inVain: 0, succeeded: -1 };
  return {
    note: (succeeded, message, askedMs) => {
      const inVain = last.succeeded === succeeded ? last.inVain + 1 : 0;
      last = { inVain, succeeded };
      if (inVain === 0) return { waitMs: askedMs || perMs };
      const waitMs = Math.max(askedMs, Math.min(longestMs, perMs * 2 ** inVain));
      return { waitMs, trouble: { reason: `429: ${message}`, remedy: REMEDY } };
    },
  };
}
