import { isScalar, visit } from 'yaml';
import type { Document, Scalar, YAMLError } from 'yaml';
import type { Problem } from '../model/problem.ts';

/**
 * The parser's errors and warnings as problems. Of the errors only the first: what follows one is mostly its
 * echo. Warnings are errors too, as each of them is an expression that YAML took for something else.
 */
export function explainYaml(file: string, text: string, document: Document): readonly Problem[] {
  const [error] = document.errors;
  const found: readonly YAMLError[] = error ? [error] : document.warnings;
  return found.map((each) => explain(file, text, document, each));
}

function explain(file: string, text: string, document: Document, error: YAMLError): Problem {
  const quote = openQuote(text, document, error);
  if (quote !== undefined) {
    return problem(
      file,
      quote,
      quote + 1,
      'this quote is not closed where it should be',
      quoteRemedy(text, quote),
    );
  }
  const [start, end] = error.pos;
  const inLine = error.code === 'BAD_INDENT' ? /^ */.exec(text.slice(start))![0].length : 0;
  const at = Math.min(start + inLine, Math.max(0, text.trimEnd().length - 1));
  const message = MESSAGES[error.code] ?? plainWords(error.message);
  return problem(file, at, Math.max(at + 1, end), message, remedyFor(error, text, at));
}

const MESSAGES: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'YAML takes ": " in this value for a nested map',
  MULTIPLE_DOCS: 'the file holds more than one YAML document',
  RESOURCE_EXHAUSTION: 'values are nested too deep',
  TAB_AS_INDENT: 'YAML takes no tabs for indentation',
};

const REMEDIES: Readonly<Record<string, string>> = {
  BAD_INDENT: 'indent the names of one map alike',
  MULTIPLE_DOCS: 'remove the line "---"',
  RESOURCE_EXHAUSTION: 'flatten them',
  TAB_AS_INDENT: 'indent with spaces',
};

function remedyFor(error: YAMLError, text: string, at: number): string {
  const known = REMEDIES[error.code];
  const inFlow = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  if (known !== undefined && !inFlow) return known;
  return quoteRemedy(text, at);
}

const SPECIAL = /: | #|["'{[!&*@`%]/;

/** How to write the value in this line so that YAML leaves it alone. */
function quoteRemedy(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n')[0]!;
  const value = /^\s*(?:- +)*(?:[\w$-]+: +)?(.*?)\s*$/.exec(line)?.[1] ?? '';
  const general = 'write an expression with ": ", " #", quotes, {, [, !, & or * in single quotes';
  if (!SPECIAL.test(value) || value.length > 100 || /^[{[]\s*[\w"'-]+\s*[:,\]]/.test(value)) return general;
  if (value.startsWith('{{')) return `put text with holes in quotes: "${value.replaceAll('"', '\\"')}"`;
  return `put an expression in single quotes: '${unquoted(value).replaceAll("'", "''")}'`;
}

/** A value whose own quotes are out of balance, without the stray one at its start. */
function unquoted(value: string): string {
  const first = value[0];
  if (first !== '"' && first !== "'") return value;
  return value.split(first).length % 2 === 0 ? value.slice(1) : value;
}

/** Where a quote begins that closes lines below, or never: YAML notices it only at the other end. */
function openQuote(text: string, document: Document, error: YAMLError): number | undefined {
  if (error.code !== 'MISSING_CHAR' && error.code !== 'UNEXPECTED_TOKEN') return undefined;
  let found: Scalar | undefined;
  visit(document, {
    Scalar: (_key, node) => {
      if (node.range && node.range[1] <= error.pos[0]) found = node;
    },
  });
  if (!isScalar(found) || !found.range || !found.type?.startsWith('QUOTE')) return undefined;
  const [start, end] = found.range;
  const touches = text.slice(end, error.pos[0]).trim() === '';
  return touches && (error.code === 'MISSING_CHAR' || text.slice(start, end).includes('\n'))
    ? start
    : undefined;
}

function plainWords(message: string): string {
  const short = message.length > 120 ? `${message.slice(0, 120)}…` : message;
  return `YAML: ${short.charAt(0).toLowerCase()}${short.slice(1)}`;
}

function problem(file: string, start: number, end: number, message: string, remedy: string): Problem {
  return { code: 'yaml', severity: 'error', message, remedy, at: { file, start, end } };
}
