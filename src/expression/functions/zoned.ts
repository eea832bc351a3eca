import { Temporal } from 'temporal-polyfill';
import { ExpressionError } from '../../model/expression.ts';
import { isObject } from '../../model/json.ts';
import type { LanguageSettings } from '../language-settings.ts';
import { readTime, type ReadTime } from './local-time.ts';
import type { Warn } from './own-function.ts';
import { shown, textArgument } from './argument.ts';
import { checkZone } from './zone.ts';

/**
 * `$zoned(local[, zone or { zone, after }])`: "2026-06-14T19:00:00+01:00". A date alone is its midnight; a value with an
 * offset is shown in the zone. A local time that the clock skips goes forward, one that it shows twice is the
 * earlier. `after`, a time of day or a date-time: a result that is not after it moves to the next day. Nothing when
 * a part is missing; nothing and a warning for what can't be read.
 */
export function zoned(
  [local, options]: readonly unknown[],
  settings: LanguageSettings,
  warn: Warn,
): string | undefined {
  const { zone, after } = readOptions(options, settings.timezone);
  const read = readable(local, warn);
  const limit = after === undefined || after === '' ? undefined : readable(after, warn);
  // without a readable `after`, an end could come before its start
  if (read === undefined || (after !== undefined && after !== '' && limit === undefined)) return undefined;

  const start = inZone(read, zone);
  if (start === undefined) {
    warn(`${shown(String(local))} has a time but no date`);
    return undefined;
  }
  const moved = limit === undefined || isAfter(start, limit, zone) ? start : nextDay(start);
  return moved.toString({ timeZoneName: 'never' });
}

function readOptions(options: unknown, timezone: string): { zone: string; after?: unknown } {
  if (!isObject(options)) return { zone: checkZone(textArgument('zoned', options) ?? timezone) };
  const unknown = Object.keys(options).find((name) => name !== 'zone' && name !== 'after');
  if (unknown !== undefined)
    throw new ExpressionError(`$zoned takes "zone" and "after", not ${shown(unknown)}`);
  const zone = checkZone(textArgument('zoned', options['zone']) ?? timezone);
  return { zone, ...(options['after'] === null ? {} : { after: options['after'] }) };
}

/** The time that a value says; nothing for a missing part, and with a warning for what can't be read. */
function readable(value: unknown, warn: Warn): ReadTime | undefined {
  const text = typeof value === 'number' || value instanceof Date ? value : textArgument('zoned', value);
  const read = readTime(text);
  if (read === undefined)
    warn(`${shown(String(text))} is no time that $zoned reads: it takes "2026-06-14 19:00"`);
  return read?.kind === 'incomplete' ? undefined : read;
}

function inZone(read: ReadTime, zone: string): Temporal.ZonedDateTime | undefined {
  if (read.kind === 'instant') return read.instant.toZonedDateTimeISO(zone);
  return read.kind === 'local' ? place(read.local, zone) : undefined;
}

function place(local: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime {
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' });
}

function nextDay(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return place(start.toPlainDateTime().add({ days: 1 }), start.timeZoneId);
}

function isAfter(start: Temporal.ZonedDateTime, limit: ReadTime, zone: string): boolean {
  if (limit.kind === 'time') return Temporal.PlainTime.compare(start.toPlainTime(), limit.time) > 0;
  const placed = inZone(limit, zone);
  return placed === undefined || Temporal.ZonedDateTime.compare(start, placed) > 0;
}
