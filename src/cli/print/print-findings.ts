import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Finding } from '../../engine/check/finding.ts';
import { placeOf, printable, type Texts } from './print-problems.ts';

/** A finding as other tools read it. Lines and columns count from 1. */
export interface FindingJson {
  readonly about: string;
  readonly state: Finding['state'];
  readonly message: string;
  readonly remedy?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface FindingSettings {
  /** Of the files that findings point into. */
  readonly texts: Texts;
  readonly cwd: string;
  readonly color: boolean;
}

const COLORS = { ok: 'green', note: 'yellow', wrong: 'red' } as const;

/** A line for each finding, and one below it with what to do. */
export function renderFindings(findings: readonly Finding[], settings: FindingSettings): string {
  return findings.map((finding) => `${lineOf(finding, settings)}\n`).join('');
}

function lineOf({ about, state, message, remedy, at }: Finding, settings: FindingSettings): string {
  const { color, texts, cwd } = settings;
  const paint = (text: string) => (color ? styleText(COLORS[state], text, { validateStream: false }) : text);
  const place = at ? `${placeWords(at, texts, cwd)} ` : '';
  const head = `${paint(state.padEnd(5))}  ${place}${about}: ${printable(message)}`;
  return remedy === undefined ? head : `${head}\n       → ${printable(remedy)}`;
}

function placeWords(at: NonNullable<Finding['at']>, texts: Texts, cwd: string): string {
  const { line, column } = placeOf(texts.get(at.file) ?? '', at.start);
  return `${relative(cwd, at.file)}:${line}:${column}`;
}

export function findingsJson(
  findings: readonly Finding[],
  texts: Texts,
  cwd: string,
): readonly FindingJson[] {
  return findings.map(({ at, ...finding }) => ({
    ...finding,
    ...(at ? { file: relative(cwd, at.file), ...placeOf(texts.get(at.file) ?? '', at.start) } : {}),
  }));
}
