import { Temporal } from 'temporal-polyfill';

/** What a text says about a time, read but not yet placed in a zone. */
export type ReadTime =
  | { readonly kind: 'instant'; readonly instant: Temporal.Instant }
  | { readonly kind: 'local'; readonly local: Temporal.PlainDateTime; readonly dateOnly: boolean }
  | { readonly kind: 'time'; readonly time: Temporal.PlainTime }
  /** A part is missing: "2026-06-14 " is a date joined with a time that the record has not. */
  | { readonly kind: 'incomplete' };

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})/;
const TIME = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?\s*(?:([ap])\.?\s?m\.?)?/i;
const OFFSET = /^\s*(?:(z)|([-+])(\d{2}):?(\d{2})?)(?:\[[^\]]*\])?$/i;

/** From here on a number of seconds would be after the year 5138, and a number of milliseconds is after March 1973. */
const FIRST_MILLISECONDS = 1e11;
/** 8.64e15 is the last instant of JavaScript and Temporal. */
const LAST_MILLISECONDS = 8.64e15;

/**
 * Reads 'YYYY-MM-DD', 'YYYY-MM-DD HH:mm[:ss]' with a blank or `T`, hours of one digit and AM/PM, a time of day alone, any
 * of those date-times with an offset, and a number of seconds or milliseconds since 1970. `undefined` for anything
 * else, so for "14/06/2026": which of the two is the month is a guess.
 */
export function readTime(value: unknown): ReadTime | undefined {
  if (value instanceof Date) return readEpoch(value.getTime());
  if (typeof value === 'number') return readEpoch(value);
  if (typeof value !== 'string') return undefined;
  if (/^(?:\d{10}|\d{13})$/.test(value.trim())) return readEpoch(Number(value));
  if (value.trim() === '') return { kind: 'incomplete' };

  try {
    return readText(value);
  } catch (thrown) {
    // Temporal refuses the 31st of June, and 25:00
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function readEpoch(number: number): ReadTime | undefined {
  const ms = Math.abs(number) < FIRST_MILLISECONDS ? number * 1000 : number;
  if (!(Math.abs(ms) <= LAST_MILLISECONDS)) return undefined;
  return { kind: 'instant', instant: Temporal.Instant.fromEpochMilliseconds(Math.trunc(ms)) };
}

function readText(text: string): ReadTime | undefined {
  const date = readDate(text.trimStart());
  if (date === undefined) {
    const time = readTimeOfDay(text.trim());
    if (time === undefined || time.rest !== '') return undefined;
    // "19:00" may be meant; " 19:00" has lost its date
    return text.startsWith(' ') ? { kind: 'incomplete' } : { kind: 'time', time: time.time };
  }
  if (date.rest === '') return { kind: 'local', local: date.date.toPlainDateTime(), dateOnly: true };
  if (date.rest.trim() === '') return { kind: 'incomplete' };

  const time = readTimeOfDay(date.rest.replace(/^(?:T|\s+)/i, '').trimEnd());
  if (time === undefined || !/^[T\s]/i.test(date.rest)) return undefined;
  const local = date.date.add({ days: time.days }).toPlainDateTime(time.time);
  return time.rest === '' ? { kind: 'local', local, dateOnly: false } : withOffset(local, time.rest);
}

function readDate(text: string): { date: Temporal.PlainDate; rest: string } | undefined {
  const [whole = '', year, month, day] = DATE.exec(text) ?? [];
  if (whole === '') return undefined;
  const fields = { year: Number(year), month: Number(month), day: Number(day) };
  return { date: Temporal.PlainDate.from(fields, { overflow: 'reject' }), rest: text.slice(whole.length) };
}

/** A time of day at the start of a text; `days` is 1 for 24:00. */
function readTimeOfDay(text: string): { time: Temporal.PlainTime; days: number; rest: string } | undefined {
  const [whole = '', hours, minutes, seconds = '0', fraction = '', half] = TIME.exec(text) ?? [];
  // "7 PM" is a time, "7" is not
  if (whole === '' || (minutes === undefined && half === undefined)) return undefined;
  const hour = half === undefined ? Number(hours) : hourOf(Number(hours), half.toLowerCase());
  if (hour === undefined) return undefined;
  const midnight = hour === 24 && Number(minutes) === 0 && Number(seconds) === 0;
  const nanos = Number(fraction.padEnd(9, '0'));
  const time = Temporal.PlainTime.from(
    {
      hour: midnight ? 0 : hour,
      minute: Number(minutes ?? 0),
      second: Number(seconds),
      millisecond: Math.trunc(nanos / 1e6),
      microsecond: Math.trunc(nanos / 1e3) % 1e3,
      nanosecond: nanos % 1e3,
    },
    { overflow: 'reject' },
  );
  return { time, days: midnight ? 1 : 0, rest: text.slice(whole.length) };
}

/** 12 AM is midnight, 12 PM noon; "00:30 AM" is written too. */
function hourOf(hour: number, half: string): number | undefined {
  if (hour > 12 || (hour === 0 && half === 'p')) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function withOffset(local: Temporal.PlainDateTime, rest: string): ReadTime | undefined {
  const [whole = '', utc, sign, hours, minutes = '00'] = OFFSET.exec(rest) ?? [];
  if (whole === '') return undefined;
  const offset = utc === undefined ? `${sign ?? ''}${hours ?? ''}:${minutes}` : 'Z';
  return { kind: 'instant', instant: Temporal.Instant.from(`${local.toString()}${offset}`) };
}
