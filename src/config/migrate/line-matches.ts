/** A line of one text, and the line of another that it stayed; both count from 0. */
export type Match = readonly [number, number];

/**
 * Which lines of two texts are the same ones, in order. Patience: lines that stand once in both lead, what is between them is
 * looked at anew. What repeats itself too often to be told apart counts as different.
 */
export function lineMatches(before: readonly string[], after: readonly string[]): readonly Match[] {
  return between(before, after, [0, before.length], [0, after.length]);
}

type Range = readonly [number, number];

function between(before: readonly string[], after: readonly string[], a: Range, b: Range): readonly Match[] {
  let [aStart, aEnd] = a;
  let [bStart, bEnd] = b;
  const head: Match[] = [];
  const tail: Match[] = [];
  while (aStart < aEnd && bStart < bEnd && before[aStart] === after[bStart]) head.push([aStart++, bStart++]);
  while (aStart < aEnd && bStart < bEnd && before[aEnd - 1] === after[bEnd - 1])
    tail.unshift([--aEnd, --bEnd]);
  const leads = increasing(uniqueCommon(before, after, [aStart, aEnd], [bStart, bEnd]));
  if (leads.length === 0) return [...head, ...tail];
  const inner = [...leads, [aEnd, bEnd] as const].flatMap(([aAt, bAt], index) => {
    const [aFrom, bFrom] =
      index === 0 ? [aStart, bStart] : [leads[index - 1]![0] + 1, leads[index - 1]![1] + 1];
    const gap = between(before, after, [aFrom, aAt], [bFrom, bAt]);
    return index < leads.length ? [...gap, [aAt, bAt] as const] : gap;
  });
  return [...head, ...inner, ...tail];
}

function uniqueCommon(
  before: readonly string[],
  after: readonly string[],
  a: Range,
  b: Range,
): readonly Match[] {
  const inAfter = onceIn(after, b);
  return [...onceIn(before, a)].flatMap(([line, at]) => {
    const other = inAfter.get(line);
    return other === undefined ? [] : [[at, other] as const];
  });
}

/** Where each line stands that a range has once. */
function onceIn(lines: readonly string[], [start, end]: Range): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (let at = start; at < end; at++) {
    const line = lines[at]!;
    if (places.has(line)) repeated.add(line);
    places.set(line, at);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

/** The longest run of matches that are in order on both sides. */
function increasing(matches: readonly Match[]): readonly Match[] {
  const ends: number[] = [];
  const previous: number[] = [];
  matches.forEach(([, b], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (matches[ends[middle]!]![1] < b) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = index;
  });
  const run: Match[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at]!) run.unshift(matches[at]!);
  return run;
}
