import Bottleneck from 'bottleneck';
import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import { createOthers } from './others.ts';

/** Permission for one call. */
export interface Slot {
  /** To be called once, when the call was answered or given up: the slot comes back `per` later. */
  release(): void;
}

/**
 * A sliding window: never more than `requests` calls in any `perMs`, measured at the server. A slot is taken
 * before a call and comes back `perMs` after its answer, when the server's window has surely forgotten it.
 */
export interface Limiter {
  /** Waits for a slot; lower priorities first. Nothing where the limiter was stopped, or the day's quota is used up. */
  acquire(priority: number): Promise<Slot | undefined>;
  /**
   * What the API says is left of its window: less than we think where others share the app. `since`: when the call began whose
   * answer tells it, in monotonic ms.
   */
  observe(remaining: number, since: number): void;
  /** How long until each slot that is out comes back, in ms; `perMs` for calls under way. */
  outstanding(): number[];
  waiting(): number;
  /** Calls since the limiter was made. */
  calls(): number;
  /** Answers all that wait with nothing; calls under way go on. */
  stop(): void;
}

/** Timers may fire a little early against the clock of the other side. */
const MARGIN_MS = 2;

interface Return {
  /** When its call took it, in monotonic ms. */
  readonly since: number;
  /** In monotonic ms; Infinity while the call is under way. */
  readonly at: number;
  readonly cancel: () => void;
}

interface Waiter {
  readonly priority: number;
  readonly start: (slot: Slot | undefined) => void;
}

export interface LimiterMemory {
  /** How long until slots come back that an earlier process still had out, in ms. */
  readonly out?: readonly number[];
  /** Calls that the day's quota still holds; without it, any number. */
  readonly left?: () => number;
}

export function createLimiter(
  limit: RateLimit | undefined,
  clock: Clock,
  memory: LimiterMemory = {},
): Limiter {
  if (!limit) return unlimited();
  const { requests, perMs } = limit;
  const taken = (memory.out ?? []).slice(-requests);
  const left = memory.left ?? (() => Infinity);
  let bottleneck = new Bottleneck({ reservoir: requests - taken.length });
  /** When it was asked for slots last, in ms. */
  let askedAt = -Infinity;
  const returns = new Map<object, Return>();
  const waiters: Waiter[] = [];
  /** When slots came back that an answer still to come may count as ours, in monotonic ms. */
  const back: number[] = [];
  const others = createOthers(limit, clock);
  let cancelThought: () => void = () => undefined;
  let pumping = false;
  let stopped = false;
  let started = 0;
  let returned = 0;
  for (const ms of taken) giveBackAfter(ms, clock.monotonic() + ms - perMs);

  // Bottleneck starts jobs one by one, 2.5 ms each: so one job of weight n starts n calls.
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (waiters.length > 0 && !stopped) {
      if (left() < 1) {
        refuseAll();
        break;
      }
      const reservoir = (await bottleneck.currentReservoir()) ?? 0;
      // Once: it may be another the next moment, and who then sees nothing held would wake nobody.
      const held = others.held();
      const free = Math.min(waiters.length, left(), reservoir - held);
      if (free < 1) {
        if (held > 0) thinkOverLater();
        break;
      }
      heedClock();
      await bottleneck.schedule({ weight: free }, () => Promise.resolve());
      for (const waiter of waiters.splice(0, free)) waiter.start(takeSlot());
    }
    pumping = false;
  }

  /** Bottleneck goes by the wall clock: where that was set back, it would start nothing until it has caught up. */
  function heedClock(): void {
    const now = clock.now();
    if (now < askedAt) bottleneck = new Bottleneck({ reservoir: requests - returns.size - returned });
    askedAt = now;
  }

  function thinkOverLater(): void {
    cancelThought();
    cancelThought = clock.after(Math.max(1, others.until() - clock.monotonic()), () => void pump());
  }

  /** Nobody gets a slot any more today, or ever. */
  function refuseAll(): void {
    for (const waiter of waiters.splice(0)) waiter.start(undefined);
  }

  function takeSlot(): Slot {
    started += 1;
    const token = {};
    const since = clock.monotonic();
    returns.set(token, { since, at: Infinity, cancel: () => undefined });
    return {
      release: () => {
        if (returns.get(token)?.at === Infinity) giveBackAfter(perMs + MARGIN_MS, since, token);
      },
    };
  }

  function giveBackAfter(ms: number, since: number, token: object = {}): void {
    const cancel = clock.after(stopped ? 0 : ms, () => {
      if (stopped) return;
      returns.delete(token);
      noteBack();
      returned += 1;
      // Slots that come back in one tick come back in one increment.
      if (returned === 1) setImmediate(() => void restore());
    });
    returns.set(token, { since, at: clock.monotonic() + ms, cancel });
  }

  function noteBack(): void {
    const now = clock.monotonic();
    // In the order in which they were taken.
    const eldest = returns.values().next().value?.since ?? now;
    while (back[0] !== undefined && back[0] <= eldest) back.shift();
    back.push(now);
  }

  async function restore(): Promise<void> {
    const count = returned;
    returned = 0;
    await bottleneck.incrementReservoir(count);
    await pump();
  }

  return {
    acquire: (priority) =>
      new Promise((resolve) => {
        if (stopped) {
          resolve(undefined);
          return;
        }
        // From the end: most who come are bulk, and many of those may wait.
        const before = waiters.findLastIndex((waiter) => waiter.priority <= priority);
        waiters.splice(before + 1, 0, { priority, start: resolve });
        void pump();
      }),
    observe: (remaining, since) => {
      const began = clock.monotonic() - perMs;
      const recent = [...returns.values()].filter((one) => one.at === Infinity || one.since > began);
      // The API counted while the call was under way: what came back meanwhile was still out then.
      const most = returns.size + back.filter((at) => at > since).length;
      others.observe(remaining, { most, fewest: recent.length });
      void pump();
    },
    outstanding: () =>
      [...returns.values()].map(({ at }) => Math.min(perMs + MARGIN_MS, Math.max(0, at - clock.monotonic()))),
    waiting: () => waiters.length,
    calls: () => started,
    stop: () => {
      stopped = true;
      cancelThought();
      for (const { cancel } of returns.values()) cancel();
      refuseAll();
    },
  };
}

function unlimited(): Limiter {
  let stopped = false;
  let started = 0;
  const slot: Slot = { release: () => undefined };
  return {
    acquire: () => {
      if (stopped) return Promise.resolve(undefined);
      started += 1;
      return Promise.resolve(slot);
    },
    observe: () => undefined,
    outstanding: () => [],
    waiting: () => 0,
    calls: () => started,
    stop: () => void (stopped = true),
  };
}
