import { withoutMark } from '../model/mark.ts';
import type { Fields } from '../model/step.ts';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/;
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/;

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
  if (typeof ours !== 'string') return JSON.stringify(ours) === JSON.stringify(theirs);
  if (typeof theirs !== 'string' && typeof theirs !== 'number') return ours.trim() === '';
  if (!WITH_OFFSET.test(ours)) return plainText(ours) === plainText(String(theirs));
  const at = Date.parse(ours);
  const local = typeof theirs === 'string' ? WITHOUT_OFFSET.exec(theirs) : null;
  if (local) return localMinute(at, zone) === `${local[1]} ${local[2]}`;
  return at === (typeof theirs === 'number' ? theirs : Date.parse(theirs));
}

/** Notes come back with their text in HTML, or with other blanks; a mark says whose they are, not what they say. */
function plainText(text: string): string {
  return withoutMark(text)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `YYYY-MM-DD HH:mm` of an instant in a zone: Swedish writes times so. */
function localMinute(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(ms);
}
