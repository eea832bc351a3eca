import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';

/** What others take of the window, as the API's own count tells: they share the app, or the token. */
export interface Others {
  /** Slots to leave to them now. */
  held(): number;
  /** While some are held: when that is to be thought over, in monotonic ms. */
  until(): number;
  /** `remaining`: what the API says is left. */
  observe(remaining: number, ours: Ours): void;
}

/** How many of the API's count are ours: it forgets a call a little before its slot is back. */
export interface Ours {
  /** Slots that were out at any time since the call that tells of them began. */
  readonly most: number;
  /** Calls under way, and those that began within the window. */
  readonly fewest: number;
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
      const least = Math.max(0, requests - ours.most - Math.max(0, remaining));
      if (least === 0 && !state.asking) return;
      const now = clock.monotonic();
      // As many as before, where that may still be so: at the window's edge nobody knows to the call.
      const most = requests - ours.fewest - Math.max(0, remaining);
      const seen = state.asking ? least : Math.min(Math.max(state.count, least), most);
      if (state.asking || seen >= state.count || now > state.peakAt + perMs) {
        Object.assign(state, { count: seen, peakAt: now });
      }
      Object.assign(state, { until: now + 2 * perMs, asking: false });
    },
  };
}
