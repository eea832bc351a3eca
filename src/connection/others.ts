import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';

/** What others take of the window, as the API's own count tells: they share the app, or the token. */
export interface Others {
  /** Slots to leave to them now. */
  held(): number;
  /** While some are held: when that is to be thought over, in monotonic ms. */
  until(): number;
  /** `remaining`: what the API says is left; `ours`: slots that we have out. */
  observe(remaining: number, ours: number): void;
}

/**
 * Ours come back later than the server's, so what is left is never less than we think, unless somebody else calls. What they
 * took in one window they are left in the next two; then one call asks whether they still do.
 */
export function createOthers({ requests, perMs }: RateLimit, clock: Clock): Others {
  const state = { count: 0, peakAt: 0, until: 0, asking: false };

  function held(): number {
    if (state.count === 0 || clock.monotonic() < state.until) return state.count;
    // Nobody said a word to the call that asked: then nobody counts.
    const ask = !state.asking;
    Object.assign(state, { count: ask ? requests - 1 : 0, until: clock.monotonic() + perMs, asking: ask });
    return state.count;
  }

  return {
    held,
    until: () => state.until,
    observe: (remaining, ours) => {
      const seen = Math.max(0, requests - ours - Math.max(0, remaining));
      if (seen === 0 && !state.asking) return;
      const now = clock.monotonic();
      if (state.asking || seen >= state.count || now > state.peakAt + perMs) {
        Object.assign(state, { count: seen, peakAt: now });
      }
      Object.assign(state, { until: now + 2 * perMs, asking: false });
    },
  };
}
