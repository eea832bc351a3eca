import { Temporal } from 'temporal-polyfill';
import { ExpressionError } from '../../model/expression.ts';
import { shown } from './argument.ts';

/** Throws `ExpressionError` for a name that is no zone. Takes about 1 µs for a known one. */
export function checkZone(zone: string): string {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return zone;
  } catch (thrown) {
    throw new ExpressionError(`there is no time zone ${shown(zone)}: zones are called "Europe/London"`, {
      cause: thrown,
    });
  }
}
