import type { Problem, ProblemCode, Span } from '../model/problem.ts';

/** An error at a place. */
export function problemAt(code: ProblemCode, at: Span, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy, at };
}

/** What may be meant so, and most likely is not. */
export function warningAt(code: ProblemCode, at: Span, message: string, remedy: string): Problem {
  return { ...problemAt(code, at, message, remedy), severity: 'warning' };
}

/** True where two places share a character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.file === b.file && a.start < b.end && b.start < a.end;
}

/** Asks whether a place shares a character with one of these: thousands of them may have to do with thousands. */
export function overlapping(places: readonly Span[]): (at: Span) => boolean {
  const byFile = Map.groupBy(places, ({ file }) => file);
  const files = new Map([...byFile].map(([file, spans]) => [file, reachOf(spans)]));
  return ({ file, start, end }) => {
    const { starts, reaches } = files.get(file) ?? { starts: [], reaches: [] };
    const before = countBelow(starts, end);
    return before > 0 && reaches[before - 1]! > start;
  };
}

/** Where each begins, in order, and how far those up to it reach. */
function reachOf(spans: readonly Span[]): {
  readonly starts: readonly number[];
  readonly reaches: readonly number[];
} {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let reach = 0;
  return {
    starts: sorted.map(({ start }) => start),
    reaches: sorted.map(({ end }) => (reach = Math.max(reach, end))),
  };
}

/** How many of the sorted numbers are smaller. */
function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
