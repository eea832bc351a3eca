import type { LanguageSettings } from '../language-settings.ts';
import { shown, textArgument } from './argument.ts';
import { readTime } from './local-time.ts';
import type { Warn } from './own-function.ts';
import { checkZone } from './zone.ts';

/**
 * `$date(instant[, zone])`: its date in the zone, "2026-06-14". A local time has the date that it says. Nothing and a
 * warning for what can't be read.
 */
export function date(
  [value, zone]: readonly unknown[],
  settings: LanguageSettings,
  warn: Warn,
): string | undefined {
  const timezone = checkZone(textArgument('date', zone) ?? settings.timezone);
  const text = typeof value === 'number' || value instanceof Date ? value : textArgument('date', value);
  const read = readTime(typeof text === 'string' ? text.trim() : text);
  switch (read?.kind) {
    case 'local':
      return read.local.toPlainDate().toString();
    case 'instant':
      return read.instant.toZonedDateTimeISO(timezone).toPlainDate().toString();
    case 'incomplete':
      return undefined;
    case 'time':
    case undefined:
      warn(`${shown(String(text))} is no date that $date reads: it takes "2026-06-14T19:00:00Z"`);
      return undefined;
  }
}
