import { relative } from 'node:path';
import { styleText } from 'node:util';
import { lineMatches } from '../../config/migrate/line-matches.ts';
import { printable, type PrintSettings } from './print-problems.ts';

interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  /** Lines of either side up to here, this one not counted. */
  readonly before: number;
  readonly after: number;
}

const CONTEXT = 3;

/** What changes in a file, as `diff -u` has it, so that `patch` takes it. */
export function renderDiff(
  file: string,
  before: string,
  after: string,
  { cwd, color }: PrintSettings,
): string {
  const paint = (format: 'red' | 'green' | 'dim', text: string): string =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const name = relative(cwd, file);
  const lines = linesOf(before.replace(/\n$/, '').split('\n'), after.replace(/\n$/, '').split('\n'));
  const hunks = hunksOf(lines).flatMap((hunk) => [
    paint('dim', headOf(hunk)),
    ...hunk.map(({ sign, text }) => {
      const line = `${sign}${printable(text)}`;
      return sign === ' ' ? line : paint(sign === '-' ? 'red' : 'green', line);
    }),
  ]);
  return [`--- ${name}`, `+++ ${name}`, ...hunks].join('\n');
}

function linesOf(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lines: Line[] = [];
  let [b, a] = [0, 0];
  for (const [bAt, aAt] of [...lineMatches(before, after), [before.length, after.length] as const]) {
    for (; b < bAt; b++) lines.push({ sign: '-', text: before[b]!, before: b, after: a });
    for (; a < aAt; a++) lines.push({ sign: '+', text: after[a]!, before: b, after: a });
    if (b < before.length && a < after.length)
      lines.push({ sign: ' ', text: before[b]!, before: b++, after: a++ });
  }
  return lines;
}

/** Changed lines with a few around them; those that touch are one hunk. */
function hunksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  const hunks: Line[][] = [];
  lines.forEach((line, at) => {
    if (!near[at]) return;
    if (at > 0 && near[at - 1]) hunks.at(-1)!.push(line);
    else hunks.push([line]);
  });
  return hunks;
}

function headOf(hunk: readonly Line[]): string {
  const first = hunk[0]!;
  const count = (other: Line['sign']) => hunk.filter(({ sign }) => sign !== other).length;
  const [removed, added] = [count('+'), count('-')];
  const range = (start: number, length: number) => `${length === 0 ? start : start + 1},${length}`;
  return `@@ -${range(first.before, removed)} +${range(first.after, added)} @@`;
}
