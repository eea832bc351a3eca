import { withoutMark } from '../model/mark.ts';
import type { Fields } from '../model/step.ts';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;
/** A day, or a time of it: where no zone is told, the location's or UTC is meant. */
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * Whether a child in the target is the one that a record stands for: all of these fields that the record maps are
 * equal, in whatever spelling the API gives them back. `zone`: of times without an offset.
 */
export function sameContent(
  ours: Fields,
  theirs: Readonly<Record<string, unknown>>,
  match: readonly string[],
  zone: string,
): boolean {
  const compared = match.filter((name) => ours[name] !== undefined && ours[name] !== null);
  return compared.length > 0 && compared.every((name) => sameValue(ours[name], theirs[name], zone));
}

function sameValue(ours: unknown, theirs: unknown, zone: string): boolean {
  if (typeof ours === 'number' && typeof theirs === 'string')
    return theirs.trim() !== '' && Number(theirs) === ours;
  if (typeof ours !== 'string') return JSON.stringify(ours) === JSON.stringify(theirs);
  if (typeof theirs !== 'string' && typeof theirs !== 'number') return ours.trim() === '';
  return sameTime(ours, theirs, zone) ?? plainText(ours) === plainText(String(theirs));
}

/** Nothing where they are not both times. */
function sameTime(ours: string, theirs: string | number, zone: string): boolean | undefined {
  const [at, theirAt] = [instant(ours), instant(theirs)];
  if (at !== undefined && theirAt !== undefined) return at === theirAt;
  const [local, theirLocal] = [localTime(ours), localTime(theirs)];
  if (local !== undefined && theirLocal !== undefined) return local === theirLocal;
  if (at !== undefined && theirLocal !== undefined) return localMinute(at, zone) === theirLocal;
  // What was sent without an offset, the API has read as UTC or as its own time.
  if (local !== undefined && theirAt !== undefined)
    return [zone, 'UTC'].some((one) => localMinute(theirAt, one) === local);
  return undefined;
}

function instant(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  return WITH_OFFSET.test(value) ? Date.parse(value) : undefined;
}

/** `YYYY-MM-DD HH:mm`; a day begins at midnight. */
function localTime(value: string | number): string | undefined {
  const [, day, time = '00:00'] = (typeof value === 'string' && WITHOUT_OFFSET.exec(value)) || [];
  return day === undefined ? undefined : `${day} ${time}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Notes come back with their text in HTML, or with other blanks; a mark says whose they are, not what they say. */
function plainText(text: string): string {
  return withoutMark(text)
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `YYYY-MM-DD HH:mm` of an instant in a zone: Swedish writes times so. */
function localMinute(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(ms);
}
