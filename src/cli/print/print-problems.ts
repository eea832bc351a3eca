import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Problem } from '../../model/problem.ts';

/** Texts of the files that problems point into, by absolute path. */
export type Texts = ReadonlyMap<string, string>;

export interface PrintSettings {
  /** Paths are printed relative to it. */
  readonly cwd: string;
  readonly color: boolean;
}

/** A problem as other tools read it. Lines and columns count from 1, columns in characters. */
export interface ProblemJson {
  readonly code: string;
  readonly severity: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly remedy: string;
}

const FRAME_WIDTH = 140;

/** Problems for people: place, severity, message and remedy, then the line with the place underlined. */
export function renderProblems(problems: readonly Problem[], texts: Texts, settings: PrintSettings): string {
  const shown = withoutSecrets(problems, texts);
  return byPlace(problems)
    .map((problem) => renderProblem(problem, shown, settings))
    .join('\n');
}

/** The frame of a problem must not print the secret that it, or another on its line, is about. */
function withoutSecrets(problems: readonly Problem[], texts: Texts): Texts {
  const secrets = problems.flatMap(({ code, at }) => (code === 'secret' && at ? [at] : []));
  return new Map(
    [...texts].map(([file, text]) => {
      const masked = secrets
        .filter((at) => at.file === file)
        .reduce(
          (kept, { start, end }) => kept.slice(0, start) + hidden(text.slice(start, end)) + kept.slice(end),
          text,
        );
      return [file, masked] as const;
    }),
  );
}

/** As long as it was, so that places stay where they are. */
function hidden(secret: string): string {
  return secret.replaceAll(/\S/g, '*');
}

/** True where colours may be written: to a terminal whose user did not decline. */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '';
}

/** Problems as one JSON document, by file and position. */
export function toJson(
  problems: readonly Problem[],
  texts: Texts,
  cwd: string,
): { readonly problems: readonly ProblemJson[] } {
  return {
    problems: byPlace(problems).map(({ code, severity, message, remedy, at }) => ({
      code,
      severity,
      ...(at ? { file: relativeTo(cwd, at.file), ...placeOf(texts.get(at.file) ?? '', at.start) } : {}),
      message,
      remedy,
    })),
  };
}

function relativeTo(cwd: string, file: string): string {
  return relative(cwd, file) || '.';
}

/** By file and position. */
export function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) => (a.at?.file ?? '').localeCompare(b.at?.file ?? '') || (a.at?.start ?? 0) - (b.at?.start ?? 0),
  );
}

/** Line and column, from 1, of an offset. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const starts = lineStartsOf(text);
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: columnOf(text, starts[low]!, offset) };
}

/** From the place that was asked for last, where it stands before this one in the line. */
function columnOf(text: string, lineStart: number, offset: number): number {
  const goesOn = latest.lineStart === lineStart && latest.offset <= offset;
  const [from, column] = goesOn ? [latest.offset, latest.column] : [lineStart, 1];
  latest.lineStart = lineStart;
  latest.offset = offset;
  latest.column = column + Array.from(text.slice(from, offset)).length;
  return latest.column;
}

/** Of the text that was asked for last: a file with thousands of problems is counted through once. */
const latest = { text: '', starts: [0] as readonly number[], lineStart: 0, offset: 0, column: 1 };

function lineStartsOf(text: string): readonly number[] {
  if (latest.text !== text) {
    Object.assign(latest, { text, lineStart: 0, offset: 0, column: 1 });
    latest.starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  }
  return latest.starts;
}

function renderProblem(problem: Problem, texts: Texts, { cwd, color }: PrintSettings): string {
  const { severity, message, remedy, at } = problem;
  const paint = (format: 'red' | 'yellow' | 'bold' | 'dim', text: string): string =>
    color ? styleText(format, text, { validateStream: false }) : text;
  const label = paint(severity === 'error' ? 'red' : 'yellow', severity);
  const words = printable(remedy === '' ? message : `${message}; ${remedy}`);
  if (!at) return `${label}  ${words}`;
  const text = texts.get(at.file);
  const { line, column } = placeOf(text ?? '', at.start);
  const head = `${paint('bold', `${relativeTo(cwd, at.file)}:${line}:${column}`)} ${label}  ${words}`;
  if (text === undefined || text === '') return head;
  const [gutter, source, blank, carets] = frameOf(text, at.start, at.end, line);
  return `${head}\n${paint('dim', gutter)}${source}\n${paint('dim', blank)}${paint(severity === 'error' ? 'red' : 'yellow', carets)}`;
}

/** The line of a place, and carets below what it covers of it. */
function frameOf(
  text: string,
  start: number,
  end: number,
  line: number,
): readonly [string, string, string, string] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start);
  const whole = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).replace(/\r$/, '');
  const from = start - lineStart;
  // A long line is cut around the place.
  const cut = whole.length > FRAME_WIDTH ? Math.max(0, from - FRAME_WIDTH / 2) : 0;
  const shown = printable(whole.slice(cut, cut + FRAME_WIDTH).trimEnd());
  const prefix = cut > 0 ? '…' : '';
  const indent = shown.slice(0, from - cut).replaceAll(/[^\t]/gu, ' ');
  const covered = Array.from(shown.slice(from - cut, Math.max(from + 1, end - lineStart) - cut)).length;
  const gutter = `  ${line} │ ${prefix}`;
  const blank = `  ${' '.repeat(String(line).length)} │ ${' '.repeat(prefix.length)}`;
  return [gutter, shown, blank, `${indent}${'^'.repeat(Math.max(1, covered))}`];
}

/** A file's text must not steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '�');
}
