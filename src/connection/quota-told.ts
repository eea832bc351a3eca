import { retryAfterMs, type Answered } from '../model/answer.ts';

/** What an answer says of the day's quota. */
export interface QuotaTold {
  /** Calls that are left of it. */
  readonly left?: number;
  /** When it is whole again, in ms. */
  readonly until?: number;
  /** Nothing is taken until then, whatever is left. */
  readonly closes?: boolean;
}

/** Why nothing may be sent, and when that is looked at again. */
export interface UsedUp {
  /** In ms. */
  readonly until: number;
  readonly reason: string;
  readonly remedy: string;
}

/** A 429 that asks for a longer wait is no window's: it may be the day's, and outlives a restart. In ms. */
const LONG_WAIT_MS = 60_000;
/** A day, and an hour for clocks that differ. */
const LONGEST_DAY_MS = 90_000_000;

/** Nothing where the answer does not speak of it. */
export function quotaToldIn(answer: Answered, now: number): QuotaTold | undefined {
  const left = wholeNumber(answer.headers['x-ratelimit-daily-remaining']);
  const wait = answer.status === 429 ? retryAfterMs(answer, now) : undefined;
  if (wait !== undefined && wait > LONG_WAIT_MS)
    return { ...(left === undefined ? {} : { left }), until: now + wait, closes: true };
  if (left === undefined) return undefined;
  const until = resetIn(answer.headers['x-ratelimit-daily-reset'], now);
  return until === undefined ? { left } : { left, until };
}

/** HighLevel's own SDK reads milliseconds there; whether from now on or since 1970 no document says, and the size tells. */
function resetIn(header: string | undefined, now: number): number | undefined {
  const value = wholeNumber(header);
  if (value === undefined) return undefined;
  const until = value > 1e11 ? value : value > 1e9 ? value * 1000 : now + value;
  return until > now && until <= now + LONGEST_DAY_MS ? until : undefined;
}

/** A header's whole number; nothing where it is none. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
