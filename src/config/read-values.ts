import type { Language } from '../expression/language.ts';
import { parseDuration } from '../model/duration.ts';
import type { Expression } from '../model/expression.ts';
import type { Problem } from '../model/problem.ts';
import { compilePlace } from './checks/check-expressions.ts';
import type { Place } from './places.ts';
import { problemAt } from './problem-at.ts';
import type { Node } from './tree.ts';

/** Typed reading of a checked tree. What was filled in gets its type, and its check, only here. */
export interface Reader {
  readonly language: Language;
  readonly problems: Problem[];
}

/** Text that must hold something; `''` after telling that it doesn't. */
export function readText(reader: Reader, node: Node | undefined): string {
  const text = looseText(node);
  if (node && text === '') tell(reader, node, 'is empty', 'give it a value');
  return text;
}

/** Text that may be empty. A number is as it was written. */
export function looseText(node: Node | undefined): string {
  if (node?.kind !== 'scalar' || node.value === null) return '';
  return typeof node.value === 'string' ? node.value : node.source || String(node.value);
}

export function readNumber(
  reader: Reader,
  node: Node | undefined,
  fallback: number,
  min = 0,
  max = Infinity,
): number {
  if (node?.kind !== 'scalar') return fallback;
  const value = typeof node.value === 'number' ? node.value : Number(looseText(node).trim() || Number.NaN);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Infinity ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  tell(reader, node, `holds ${JSON.stringify(node.value)}`, `give it ${range}`);
  return fallback;
}

export function readBoolean(reader: Reader, node: Node | undefined, fallback: boolean): boolean {
  if (node?.kind !== 'scalar') return fallback;
  if (typeof node.value === 'boolean') return node.value;
  const text = looseText(node).trim().toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  tell(reader, node, `holds ${JSON.stringify(node.value)}`, 'give it true or false');
  return fallback;
}

/** A duration in ms. */
export function readDuration(reader: Reader, node: Node | undefined, fallback: number): number {
  if (node?.kind !== 'scalar') return fallback;
  const value = parseDuration(looseText(node).trim());
  if (value !== undefined) return value;
  tell(reader, node, `holds ${JSON.stringify(node.value)}`, 'give it a duration such as 30s, 10m or 24h');
  return fallback;
}

export function readChoice<T extends string>(
  reader: Reader,
  node: Node | undefined,
  choices: readonly T[],
  fallback: T,
): T {
  if (node?.kind !== 'scalar') return fallback;
  const found = choices.find((choice) => choice === looseText(node).trim());
  if (found !== undefined) return found;
  tell(reader, node, `holds ${JSON.stringify(node.value)}`, `give it one of ${choices.join(', ')}`);
  return fallback;
}

const SIZES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  kib: 1024,
  mib: 1_048_576,
};

/** A size in bytes: `1MiB`, `512KiB`, `65536`. */
export function readBytes(reader: Reader, node: Node | undefined, fallback: number): number {
  if (node?.kind !== 'scalar') return fallback;
  const match = /^(\d+(?:\.\d+)?)\s?([A-Za-z]*)$/.exec(looseText(node).trim());
  const unit = match ? SIZES[match[2]!.toLowerCase()] : undefined;
  const value = unit === undefined ? 0 : Math.floor(Number(match![1]) * unit);
  if (value > 0) return value;
  tell(reader, node, `holds ${JSON.stringify(node.value)}`, 'give it a size such as 1MiB or 512KiB');
  return fallback;
}

export function readExpression(reader: Reader, node: Node): Expression {
  return compile(reader, node, 'expression');
}

/** The expression at a node that may be missing. */
export function optionalExpression(reader: Reader, node: Node | undefined): Expression | undefined {
  return node && compile(reader, node, 'expression');
}

export function readTemplate(
  reader: Reader,
  node: Node | undefined,
  is: 'text' | 'tag' | 'path' = 'text',
): Expression {
  return node ? compile(reader, node, is) : constant(undefined);
}

function compile(reader: Reader, node: Node, is: Place['is'] | 'path'): Expression {
  const compiled = compilePlace(reader.language, is, looseText(node));
  if (compiled.ok) return compiled.run;
  // Checked before; only what was filled in can bring us here, and its place in the file is the scalar's.
  reader.problems.push(
    problemAt(is === 'expression' ? 'expression' : 'text', node.at, compiled.message, compiled.remedy),
  );
  return constant(undefined);
}

/** One of our own, known to be right. */
export function expressionOf({ language }: Reader, text: string): Expression {
  const compiled = compilePlace(language, 'expression', text);
  return compiled.ok ? compiled.run : constant(undefined);
}

/** An expression that yields the same for every record. */
export function constant(value: unknown): Expression {
  return () => Promise.resolve(value);
}

/** The property is told by the frame that is printed below; a filled-in value may be a secret where it is text. */
export function tell(reader: Reader, node: Node, what: string, remedy: string): void {
  // Left as it stood, for a command that needs no environment.
  if (node.kind === 'scalar' && node.raw !== undefined && node.raw === node.value) return;
  const from = node.kind === 'scalar' && node.raw !== undefined ? node.raw : 'the value';
  reader.problems.push(problemAt('bad-value', node.at, `${from} ${what}`, remedy));
}
