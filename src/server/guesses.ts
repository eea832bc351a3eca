/** Counts who guesses the token. */
export interface Guesses {
  /** How long this address has to wait, in s; nothing where it may try. */
  waitSeconds(address: string): number | undefined;
  failed(address: string): void;
}

/** So many wrong tokens in a window, in ms, are a person who mistypes; more are a machine that guesses. */
const MOST = 10;
const WINDOW_MS = 60_000;
/** Addresses that are remembered: the oldest go first, and whoever has as many addresses guesses 32 random bytes no sooner. */
const MOST_ADDRESSES = 10_000;

/** `now` yields ms. */
export function createGuesses(now: () => number): Guesses {
  const windows = new Map<string, { readonly since: number; count: number }>();

  function current(address: string): { readonly since: number; count: number } | undefined {
    const window = windows.get(address);
    if (!window || now() - window.since < WINDOW_MS) return window;
    windows.delete(address);
    return undefined;
  }

  return {
    waitSeconds: (address) => {
      const window = current(address);
      return window && window.count >= MOST
        ? Math.max(1, Math.ceil((window.since + WINDOW_MS - now()) / 1000))
        : undefined;
    },
    failed: (address) => {
      const window = current(address) ?? { since: now(), count: 0 };
      window.count += 1;
      windows.set(address, window);
      const [oldest] = windows.keys();
      if (windows.size > MOST_ADDRESSES && oldest !== undefined) windows.delete(oldest);
    },
  };
}
