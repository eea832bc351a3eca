import type { Clock } from '../http/clock.ts';
import { createSlidingWindow } from '../http/sliding-window.ts';
import type { SlidingWindow } from '../http/sliding-window.ts';
import type { GhlLimit } from './settings.ts';

/** GHL counts per marketplace app and resource; here: per location, whatever token is used for it. */
export interface RateLimit {
  /** Counts an arrival; false where it is over the limit (then it takes nothing of the window). */
  readonly admit: (account: string, at: number) => boolean;
  /** The five documented headers. */
  readonly headers: (account: string) => Readonly<Record<string, string>>;
  /** Another user of the app makes `calls` calls now. */
  readonly consume: (account: string, calls: number) => void;
  /** How many calls were refused. */
  readonly violations: () => number;
  readonly clearViolations: () => void;
  /** Forgets the windows too. */
  readonly clear: () => void;
}

interface Usage {
  readonly window: SlidingWindow;
  day: number;
  dayCalls: number;
}

const dayMs = 86_400_000;

export function createRateLimit(limit: () => GhlLimit, clock: Clock): RateLimit {
  const usages = new Map<string, Usage>();
  let violations = 0;

  function usageOf(account: string): Usage {
    let usage = usages.get(account);
    if (!usage) usages.set(account, (usage = { window: createSlidingWindow(), day: 0, dayCalls: 0 }));
    const day = Math.floor(clock.now() / dayMs);
    if (usage.day !== day) Object.assign(usage, { day, dayCalls: 0 });
    return usage;
  }

  function remaining(usage: Usage, at: number): number {
    return limit().requests - limit().othersUse - usage.window.count(at, limit().perMs);
  }

  return {
    admit(account, at) {
      const usage = usageOf(account);
      if (remaining(usage, at) <= 0 || usage.dayCalls >= limit().daily) {
        violations++;
        return false;
      }
      usage.window.add(at);
      usage.dayCalls++;
      return true;
    },
    headers(account) {
      const usage = usageOf(account);
      return {
        'X-RateLimit-Limit-Daily': String(limit().daily),
        'X-RateLimit-Daily-Remaining': String(Math.max(0, limit().daily - usage.dayCalls)),
        'X-RateLimit-Interval-Milliseconds': String(limit().perMs),
        'X-RateLimit-Max': String(limit().requests),
        'X-RateLimit-Remaining': String(Math.max(0, remaining(usage, clock.monotonic()))),
      };
    },
    consume(account, calls) {
      const usage = usageOf(account);
      for (let call = 0; call < calls; call++) usage.window.add(clock.monotonic());
      usage.dayCalls += calls;
    },
    violations: () => violations,
    clearViolations() {
      violations = 0;
    },
    clear() {
      usages.clear();
      violations = 0;
    },
  };
}
