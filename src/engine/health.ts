import type { Clock } from '../model/clock.ts';
import type { Outcome } from '../model/outcome.ts';
import { refusalIn } from '../model/refusal.ts';
import type { Pause } from '../store/lanes.ts';
import { createTooManyCalls } from './too-many-calls.ts';

/** How a lane fares: whether it may start work, and whose fault a failure is. */
export interface Health {
  /** How many more targets may be started: all, one as a probe, or none. */
  room(inFlight: number, most: number): number;
  /** When there is room again, in ms; nothing where there is. */
  restsUntil(): number | undefined;
  paused(): Pause | null;
  /** A call has succeeded since it began, or paused last. */
  works(): boolean;
  /** Successes so far: what a failure is measured against. */
  successes(): number;
  /** Of a failure: others have succeeded since this target failed last, or, the first time, since `successesBefore`. */
  othersSucceeded(targetKey: string, successesBefore: number): boolean;
  note(outcome: Outcome, targetKey: string): void;
  /** It must not work until then, whatever it does: the day's quota is used up. */
  rest(pause: Pause): void;
  /** What it rested for is over. */
  resume(): void;
}

/** The retry budget: a failure costs 1, a success gives back 0.2. Empty, it slows the lane to one probe at a time. */
const BUDGET = 100;
const REFILL = 0.2;
/** The same failure of so many targets in a row is the lane's, not theirs … */
const SAME_TARGETS = 3;
/** … as is one of so many tries in a row. */
const SAME_TRIES = 8;
const LONGEST_PAUSE_MS = 300_000;

export interface HealthOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** The rate limit's window, in ms: how long a 429 without Retry-After holds the lane. */
  readonly perMs: number;
  /** The lane paused (with why), or works again (null). */
  readonly changed: (pause: Pause | null) => void;
}

export function createHealth({ clock, random, perMs, changed }: HealthOptions): Health {
  let budget = BUDGET;
  let succeeded = 0;
  let proven = false;
  let pause: Pause | null = null;
  let pauses = 0;
  let holdUntil = 0;
  const tooManyCalls = createTooManyCalls(perMs, LONGEST_PAUSE_MS);
  /** Successes at the last failure of each target that fails. */
  const failedAt = new Map<string, number>();
  let streak = { status: -1, tries: 0, targets: new Set<string>() };

  function success(): void {
    succeeded += 1;
    proven = true;
    budget = Math.min(BUDGET, budget + REFILL);
    streak = { status: -1, tries: 0, targets: new Set() };
    pauses = 0;
    // What was under way when the day's quota ended says nothing of it.
    if (!pause || (pause.cause === 'quota' && clock.now() < pause.until)) return;
    pause = null;
    changed(null);
  }

  function pauseFor(why: Pause): void {
    proven = false;
    pause = why;
    changed(pause);
  }

  function fail(status: number, message: string, targetKey: string): void {
    budget = Math.max(0, budget - 1);
    if (streak.status !== status) streak = { status, tries: 0, targets: new Set() };
    streak.tries += 1;
    streak.targets.add(targetKey);
    const refused = status === 401 || status === 403;
    const now = clock.now();
    // While it rests, only its probe's failure makes it rest longer: not those of calls that were under way.
    if (pause && now < pause.until) return;
    if (streak.targets.size < SAME_TARGETS && streak.tries < SAME_TRIES && !pause) return;
    pauses += 1;
    // A wrong token does not mend itself in seconds; an outage may.
    const wait = refused
      ? LONGEST_PAUSE_MS
      : Math.min(LONGEST_PAUSE_MS, 500 * 2 ** pauses) * (0.5 + random() / 2);
    pauseFor({
      reason: `${status === 0 ? 'no answer' : status}: ${message}`,
      remedy: remedyOf(status, message),
      until: now + wait,
      since: pause?.since ?? now,
      ...(refused ? { cause: 'auth-failed' } : {}),
    });
  }

  function tooMany(message: string, askedMs = 0): void {
    const now = clock.now();
    // Of those that were sent beside the first that was told so.
    if (now < Math.max(holdUntil, pause?.until ?? 0))
      return void (holdUntil = Math.max(holdUntil, now + askedMs));
    const { waitMs, trouble } = tooManyCalls.note(succeeded, message, askedMs);
    holdUntil = now + waitMs;
    if (!trouble) return;
    pauseFor({ ...trouble, until: holdUntil, since: pause?.since ?? now });
  }

  return {
    room: (inFlight, most) => {
      const now = clock.now();
      if (now < holdUntil || (pause && now < pause.until)) return 0;
      if (pause || budget < 1) return Math.max(0, 1 - inFlight);
      return Math.max(0, most - inFlight);
    },
    restsUntil: () => {
      const until = Math.max(holdUntil, pause?.until ?? 0);
      return until > clock.now() ? until : undefined;
    },
    paused: () => pause,
    works: () => proven,
    rest: (wanted) => {
      if (pause && pause.until >= wanted.until) return;
      pauseFor(wanted);
    },
    resume: () => {
      if (!pause) return;
      pause = null;
      pauses = 0;
      streak = { status: -1, tries: 0, targets: new Set() };
      changed(null);
    },
    successes: () => succeeded,
    othersSucceeded: (targetKey, successesBefore) => {
      const before = failedAt.get(targetKey) ?? successesBefore;
      failedAt.set(targetKey, succeeded);
      return succeeded > before;
    },
    note: (outcome, targetKey) => {
      switch (outcome.type) {
        case 'applied':
        case 'adopted':
        case 'taken':
        case 'dead':
        case 'missing':
        case 'parent-missing': {
          failedAt.delete(targetKey);
          success();
          return;
        }
        case 'stopped':
          return;
        case 'refused': {
          fail(outcome.failure.status, outcome.failure.message, targetKey);
          return;
        }
        case 'in-doubt':
        case 'busy': {
          // Too early to look: nothing was sent.
          if (outcome.type === 'in-doubt' && !outcome.tried) return;
          const { status, message } = outcome.failure;
          if (status === 429) tooMany(message, outcome.type === 'busy' ? outcome.retryAfterMs : undefined);
          else if (status >= 400 && status < 500 && status !== 408 && status !== 425) success();
          else fail(status, message, targetKey);
          return;
        }
      }
    },
  };
}

function remedyOf(status: number, message: string): string {
  if (status !== 401 && status !== 403) return 'the API is in trouble: the lane tries again by itself';
  switch (refusalIn(status, message)) {
    case 'scope':
      return 'the token lacks a scope that a sync needs: add it where the token or the app was made; with OAuth, log in again after that';
    case 'version':
      return "the API refuses the call's Version header: see that baseUrl is right, and use a newer boothsync";
    case 'access':
      return 'the token may not do this: see its scopes, and that it belongs to this location';
    case 'token':
      return 'the token is refused: see that it is right, not expired, and has the scopes that the syncs need';
  }
}
