/** Tries of its own, while other calls succeed, after which an event is dead. */
export const MOST_TRIES = 8;

/** The longest wait before another try, in ms: past the minute in which `run` still waits for one. */
const LONGEST_MS = 300_000;

/**
 * Wait before the next try, in ms. Full jitter: events that failed together must not return together.
 * `attempt` counts from 1, `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_MS, 500 * 2 ** attempt);
}
