import { distance } from 'fastest-levenshtein';

/**
 * The known name that was probably meant, or nothing. Case and separators count for nothing (`baseURL`, `base_url`);
 * otherwise about one letter in three may differ.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const plain = fold(name);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.ceil(name.length * 0.4)) + 1;
  for (const candidate of known) {
    const apart = fold(candidate) === plain ? 0 : distance(name, candidate);
    if (apart < bestDistance && apart < Math.max(name.length, candidate.length) * 0.67) {
      best = candidate;
      bestDistance = apart;
    }
  }
  return best;
}

/** `did you mean "email"?`, or what to do where nothing is near: the names that are known. */
export function didYouMean(name: string, known: Iterable<string>, none: string): string {
  const names = [...known];
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
