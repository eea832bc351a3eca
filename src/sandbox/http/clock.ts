/** Time for the sandbox, as an argument: a simulation under one seed brings its own. */
export interface Clock {
  /** Epoch milliseconds, for dates in answers. */
  readonly now: () => number;
  /** Milliseconds that never go back, for windows and the call log; `performance.now` unless told. */
  readonly monotonic: () => number;
  readonly sleep: (delayMs: number) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
};
