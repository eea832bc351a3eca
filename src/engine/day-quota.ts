import type { QuotaTold, UsedUp } from '../connection/quota-told.ts';
import type { Clock } from '../model/clock.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import type { LaneState } from '../store/lanes.ts';

/** The day's calls of an account: what we count, and what the API says of it. Both outlive a restart. */
export interface DayQuota {
  /** Calls that may still be sent. */
  left(): number;
  usedUp(): UsedUp | undefined;
  observe(told: QuotaTold): void;
  state(): Pick<LaneState, 'day' | 'dayCalls' | 'quota'>;
}

export interface DayQuotaOptions {
  readonly limit: RateLimit | undefined;
  readonly clock: Clock;
  readonly before: LaneState | undefined;
  /** Calls since the account was opened, … */
  readonly calls: () => number;
  /** … and those whose place in the API's count is not known. */
  readonly outstanding: () => number;
}

/** The API may count other days than those of UTC, or more calls since today: once an hour it is asked. */
const ASK_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createDayQuota({ limit, clock, before, calls, outstanding }: DayQuotaOptions): DayQuota {
  const daily = limit?.daily;
  const kept = before?.quota ?? {};
  let day = dayOf(clock.now());
  /** When the API says that its day ends; of those that don't say, UTC days. */
  let endsAt = kept.endsAt;
  const same = endsAt === undefined ? before?.day === day : clock.now() < endsAt;
  if (before && same) day = before.day;
  let callsBefore = same ? (before?.dayCalls ?? 0) : 0;
  let others = same ? (kept.others ?? 0) : 0;
  /** The API takes nothing until then; `callsThen`: how many we had sent when it was closed. */
  let closed = kept.closedUntil === undefined ? undefined : { until: kept.closedUntil, callsThen: 0 };

  function dayCalls(): number {
    const now = clock.now();
    const today = dayOf(now);
    if (endsAt === undefined ? today !== day : now >= endsAt) {
      [day, callsBefore, others, endsAt] = [today, -calls(), 0, undefined];
      if (closed && closed.until <= now) closed = undefined;
    }
    return callsBefore + calls();
  }

  function isClosed(): boolean {
    return closed !== undefined && clock.now() < closed.until;
  }

  function left(): number {
    const used = dayCalls();
    const free = daily === undefined ? Infinity : daily - used - others;
    if (free > 0) return isClosed() ? 0 : free;
    if (daily !== undefined && used >= daily) return 0;
    // Others took the rest, and who asked was told the same.
    if (!closed || calls() > closed.callsThen)
      closed = { until: Math.min(clock.now() + ASK_MS, ends()), callsThen: calls() };
    return isClosed() ? 0 : 1;
  }

  function ends(): number {
    return endsAt ?? nextDay(clock.now());
  }

  function usedUp(): UsedUp | undefined {
    if (left() > 0) return undefined;
    const remedy = 'it goes on by itself when the quota comes back';
    const isOurs = daily !== undefined && dayCalls() >= daily;
    const until = isOurs ? ends() : (closed?.until ?? ends());
    if (!isOurs && (daily === undefined || others === 0))
      return { until, reason: 'the API takes no more calls for now (429)', remedy };
    const byOthers = isOurs ? '' : `, ${others} of them by others who share it`;
    return { until, reason: `the day's quota of ${daily} calls is used up${byOthers}`, remedy };
  }

  function observe({ left: remaining, until, closes }: QuotaTold): void {
    const used = dayCalls();
    // A day ends when it was first said to: were that a length instead of what is left of it, it would never end.
    if (until !== undefined && !closes) endsAt = Math.min(endsAt ?? until, until);
    const reopens = closes ? until : remaining === 0 && until !== undefined ? endsAt : undefined;
    if (reopens !== undefined) closed = { until: Math.max(reopens, closed?.until ?? 0), callsThen: calls() };
    if (daily === undefined || remaining === undefined) return;
    // Which of the calls that are out the API has counted nobody knows: what was seen of the others before stands in between.
    const least = Math.max(0, daily - used - remaining);
    const most = least + outstanding();
    others = Math.min(Math.max(others, least), most);
  }

  return {
    left,
    usedUp,
    observe,
    state: () => {
      const used = dayCalls();
      const closedUntil = closed && closed.until > clock.now() ? { closedUntil: closed.until } : {};
      const ending = endsAt === undefined ? {} : { endsAt };
      return { day, dayCalls: used, quota: { ...(others > 0 ? { others } : {}), ...closedUntil, ...ending } };
    },
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function nextDay(ms: number): number {
  return Date.parse(dayOf(ms)) + DAY_MS;
}
