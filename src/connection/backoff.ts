import type { Clock } from '../model/clock.ts';

/** After failures that pass: no sooner than `until`, and what is said meanwhile. */
export interface Backoff {
  /** In ms; 0 where nothing has failed. */
  until(): number;
  message(): string;
  note(message: string): void;
  clear(): void;
}

/** Three tries fall into HighLevel's grace of 30 s for a refresh token. */
const LONGEST_WAIT_MS = 8_000;

export function createBackoff(clock: Clock): Backoff {
  const none = { until: 0, failures: 0, message: '' };
  let state = none;
  return {
    until: () => state.until,
    message: () => state.message,
    note: (message) => {
      const failures = state.failures + 1;
      state = { until: clock.now() + Math.min(LONGEST_WAIT_MS, 250 * 2 ** failures), failures, message };
    },
    clear: () => {
      state = none;
    },
  };
}
