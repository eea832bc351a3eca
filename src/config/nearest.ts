import { distance } from 'fastest-levenshtein';

/**
 * The known name that was probably meant, or nothing. Case and separators count for nothing (`baseURL`, `base_url`);
 * otherwise the beginning of one name only (`$lower`), or one where about one letter in three differs.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const plain = fold(name);
  const same = names.find((each) => fold(each) === plain);
  if (same !== undefined) return same;
  const longer = names.filter((each) => fold(each).startsWith(plain));
  const letters = plain.replace(/^\$/, '').length;
  if (longer.length === 1 && letters > 3) return longer[0];
  return closest(name, names) ?? (longer.length === 1 && letters > 2 ? longer[0] : undefined);
}

function closest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.round(name.replace(/^\$/, '').length * 0.36)) + 0.75;
  const first = fold(name).replace('$', '')[0];
  for (const candidate of names) {
    const letters = swapped(name, candidate) ? 1 : distance(name, candidate);
    // Of two that are as far, the one that begins alike: people err seldom in the first letter.
    const apart = letters + (fold(candidate).replace('$', '')[0] === first ? 0 : 0.5);
    if (apart < bestDistance && letters < Math.max(name.length, candidate.length) * 0.67) {
      best = candidate;
      bestDistance = apart;
    }
  }
  return best;
}

/** `did you mean "email"?`, or what to do where nothing is near: the names that are known. */
export function didYouMean(name: string, known: Iterable<string>, none: string): string {
  const names = [...known];
  const words = name.split(/\s+/);
  if (words.length > 1 && words.every((word) => names.includes(word)))
    return `part them by commas: ${words.join(', ')}`;
  const near = nearest(name, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (names.length === 0) return none;
  return names.length <= 12
    ? `known: ${names.join(', ')}`
    : `known, among others: ${names.slice(0, 12).join(', ')}`;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** Two letters that changed places are one difference: `form`. */
function swapped(a: string, b: string): boolean {
  const at = Array.from(a).findIndex((letter, index) => letter !== b[index]);
  return a.slice(0, at) + (a[at + 1] ?? '') + (a[at] ?? '') + a.slice(at + 2) === b;
}
