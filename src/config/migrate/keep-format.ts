import { lineMatches } from './line-matches.ts';

/**
 * The original with only those lines changed that differ between `before` and `after`: both are the original's values as
 * the YAML package writes them, which loses blanks and line breaks that people chose.
 */
export function keepFormat(original: string, before: string, after: string): string {
  const [o, b, a] = [original, before, after].map((text) => text.split('\n')) as [
    string[],
    string[],
    string[],
  ];
  // The same line may have other blanks.
  const inOriginal = new Map(lineMatches(b.map(withoutBlanks), o.map(withoutBlanks)));
  const inAfter = new Map(lineMatches(b, a));
  const kept: string[] = [];
  let [oFrom, bFrom, aFrom] = [0, 0, 0];
  for (let at = 0; at <= b.length; at++) {
    const isEnd = at === b.length;
    const oAt = isEnd ? o.length : inOriginal.get(at);
    const aAt = isEnd ? a.length : inAfter.get(at);
    if (oAt === undefined || aAt === undefined) continue;
    // What lies between two lines that all three have.
    const texts = { o: o.slice(oFrom, oAt), b: b.slice(bFrom, at), a: a.slice(aFrom, aAt) };
    const [oStart, bStart] = [oFrom, bFrom];
    kept.push(...between(texts, (line) => within(inOriginal.get(bStart + line), oStart)));
    if (!isEnd) kept.push(o[oAt]!);
    [oFrom, bFrom, aFrom] = [oAt + 1, at + 1, aAt + 1];
  }
  return kept.join('\n');
}

function withoutBlanks(line: string): string {
  return line.replaceAll(/\s/g, '');
}

function within(line: number | undefined, start: number): number | undefined {
  return line === undefined ? undefined : line - start;
}

interface Texts {
  readonly o: readonly string[];
  readonly b: readonly string[];
  readonly a: readonly string[];
}

/** What was not migrated stays: all of it, or the lines before and after those that were, as far as they can be found. */
function between({ o, b, a }: Texts, inOriginal: (line: number) => number | undefined): readonly string[] {
  const head = commonLength(b, a);
  if (head === b.length && head === a.length) return o;
  const most = Math.min(b.length, a.length) - head;
  const tail = Math.min(most, commonLength([...b].reverse(), [...a].reverse()));
  const changedTo = b.length - tail;
  const first = head === b.length ? o.length : inOriginal(head);
  const last = changedTo === 0 ? -1 : inOriginal(changedTo - 1);
  const oFirst = first ?? 0;
  const oLast = last === undefined ? o.length : last + 1;
  // Head and tail would take the same lines twice.
  if (oFirst > oLast) return a;
  return [
    ...(first === undefined ? a.slice(0, head) : o.slice(0, oFirst)),
    ...a.slice(head, a.length - tail),
    ...(last === undefined ? a.slice(a.length - tail) : o.slice(oLast)),
  ];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((line, index) => line !== other[index]);
  return at === -1 ? one.length : at;
}
