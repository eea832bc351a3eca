import type { WatchedClock } from '../support/clocks.ts';

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** How often it is looked whether anything is under way, in ms. */
const LOOK_MS = 1;
/** Looks in a row without anything under way, after which nobody does anything but wait. */
const CALM = 2;

/** Time that passes as it does, but goes straight on to the next timer while nothing is under way: nobody waits for hours. */
export function hurriedClock(isBusy: () => boolean): WatchedClock & { readonly stop: () => void } {
  const began = performance.now();
  let skipped = 0;
  let calm = 0;
  const timers = new Set<Timer>();
  const monotonic = () => Math.floor(performance.now() - began + skipped);
  const start = Date.parse('2026-05-01T10:00:00Z');

  function look(): void {
    calm = isBusy() ? 0 : calm + 1;
    const next = Math.min(...[...timers].map(({ at }) => at));
    if (calm >= CALM && Number.isFinite(next)) {
      skipped += Math.max(0, next - monotonic());
      calm = 0;
    }
    for (const timer of [...timers].sort((a, b) => a.at - b.at)) {
      if (timer.at <= monotonic() && timers.delete(timer)) timer.act();
    }
  }

  const looking = setInterval(look, LOOK_MS);
  return {
    now: () => start + monotonic(),
    monotonic,
    after: (ms, act) => {
      const timer = { at: monotonic() + ms, act };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    timersSet: () => timers.size,
    stop: () => clearInterval(looking),
  };
}
