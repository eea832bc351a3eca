import type { LanguageSettings } from '../language-settings.ts';
import { readTime } from './local-time.ts';
import { zoned } from './zoned.ts';

const HAS_OFFSET = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A time as APIs take it that want its offset: a local one is meant in the config's zone, a number counts since 1970. One that has
 * an offset stays as it is written, and so does what is no time.
 */
export function withOffset(value: unknown, settings: LanguageSettings): unknown {
  if (typeof value !== 'number' && (typeof value !== 'string' || HAS_OFFSET.test(value))) return value;
  const kind = readTime(value)?.kind;
  if (kind !== 'local' && kind !== 'instant') return value;
  return zoned([value], settings, () => undefined) ?? value;
}
