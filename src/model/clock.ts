/** Time as an argument: the simulation runs the whole engine under its own. */
export interface Clock {
  /** Milliseconds since 1970, as the machine believes: it may be set forward and back. */
  now(): number;
  /** Milliseconds since some moment of the machine's own: they never go back, whatever the clock is set to. */
  monotonic(): number;
  /** Calls `act` once after `ms`; what it returns cancels. */
  after(ms: number, act: () => void): () => void;
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      cancel();
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = clock.after(ms, wake);
    signal?.addEventListener('abort', wake, { once: true });
  });
}

/** Acts again and again, `ms` after it was last done; what it returns stops that. `act` must not throw. */
export function again(clock: Clock, ms: number, act: () => Promise<void>): () => void {
  let stopped = false;
  let cancel = clock.after(ms, tick);
  function tick(): void {
    void act().finally(() => {
      if (!stopped) cancel = clock.after(ms, tick);
    });
  }
  return () => {
    stopped = true;
    cancel();
  };
}

/** What the work yields, or what `late` does where that takes longer than `ms`; the work goes on all the same. */
export async function within<T, L>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  late: () => L,
): Promise<T | L> {
  let cancel: () => void = () => undefined;
  const tooLate = new Promise<L>((resolve) => {
    cancel = clock.after(ms, () => resolve(late()));
  });
  return Promise.race([work, tooLate]).finally(() => cancel());
}
