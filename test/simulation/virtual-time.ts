import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../src/model/clock.ts';

/** A process as time sees it: what it has set goes off no more once it is dead. */
export interface Mortal {
  readonly isDead: () => boolean;
}

/** Who runs at this moment: timers and calls belong to the process that made them. */
export const whoRuns = new AsyncLocalStorage<Mortal>();

/** The time of one simulation. It stands while anything runs, and then jumps to the next timer. */
export interface VirtualTime {
  /** What runners see: their machine's clock, which can be set. */
  readonly clock: Clock;
  /** Milliseconds since the simulation began; never set back. */
  readonly monotonic: () => number;
  /** The clock of the others: it is right. */
  readonly rightNow: () => number;
  /** Sets the runners' clock forward or back. */
  readonly jump: (ms: number) => void;
  readonly after: (ms: number, act: () => void) => () => void;
  /** Something has happened: whoever waits for rest waits on. */
  readonly stir: () => void;
  /** Until nothing runs any more at this moment. */
  readonly settle: () => Promise<void>;
  /** Fires the next timer that is due by then (`monotonic`); false where there is none. */
  readonly fireNext: (until: number) => boolean;
  /** Moves on to this moment (`monotonic`), where nothing is due before. */
  readonly moveTo: (at: number) => void;
  /** Timers and dates of the whole program are this simulation's until what it returns is called. */
  readonly install: () => () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly act: () => void;
}

/** Turns of the event loop in which nothing stirs, after which nothing will: streams of answers take one or two. */
const CALM_TURNS = 4;
const MAY_2026 = Date.parse('2026-05-01T10:00:00Z');

const real = {
  setImmediate: globalThis.setImmediate,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  now: Date.now,
};

export function createVirtualTime(): VirtualTime {
  let at = 0;
  let ahead = 0;
  let order = 0;
  let stirred = 0;
  let immediates = 0;
  const timers = new Set<Timer>();

  function after(ms: number, act: () => void): () => void {
    stirred += 1;
    const owner = whoRuns.getStore();
    const bound = AsyncLocalStorage.bind(act);
    const timer: Timer = {
      // As Node's timers: whole milliseconds, and no less than one.
      at: at + Math.max(1, Math.trunc(ms)),
      order: (order += 1),
      act: () => {
        if (!owner?.isDead()) bound();
      },
    };
    timers.add(timer);
    return () => void timers.delete(timer);
  }

  function next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    }
    return first;
  }

  return {
    clock: { now: () => Math.floor(MAY_2026 + at + ahead), monotonic: () => at, after },
    monotonic: () => at,
    rightNow: () => Math.floor(MAY_2026 + at),
    jump: (ms) => void (ahead += ms),
    after,
    stir: () => void (stirred += 1),
    settle: async () => {
      let seen = stirred;
      for (let calm = 0; calm < CALM_TURNS; calm++) {
        await new Promise<void>((resolve) => void real.setImmediate(resolve));
        if (stirred === seen && immediates === 0) continue;
        seen = stirred;
        calm = -1;
      }
    },
    fireNext: (until) => {
      const timer = next();
      if (!timer || timer.at > until) return false;
      timers.delete(timer);
      at = Math.max(at, timer.at);
      stirred += 1;
      timer.act();
      return true;
    },
    moveTo: (moment) => void (at = Math.max(at, moment)),
    install: () => {
      Date.now = () => Math.floor(MAY_2026 + at + ahead);
      globalThis.setTimeout = ((act: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => ({
        cancel: after(ms, () => act(...args)),
        unref: () => undefined,
        ref: () => undefined,
      })) as unknown as typeof setTimeout;
      globalThis.clearTimeout = ((timer: { cancel?: () => void } | undefined) =>
        timer?.cancel?.()) as typeof clearTimeout;
      globalThis.setImmediate = ((act: (...args: unknown[]) => void, ...args: unknown[]) => {
        immediates += 1;
        stirred += 1;
        return real.setImmediate(() => {
          immediates -= 1;
          stirred += 1;
          act(...args);
        });
      }) as typeof setImmediate;
      return () => {
        Date.now = real.now;
        Object.assign(globalThis, {
          setTimeout: real.setTimeout,
          clearTimeout: real.clearTimeout,
          setImmediate: real.setImmediate,
        });
      };
    },
  };
}
