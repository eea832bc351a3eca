import { isScalar, visit } from 'yaml';
import type { Document, Scalar, YAMLError } from 'yaml';
import type { Problem } from '../model/problem.ts';
import { oddLineAbove } from './odd-line.ts';
import { quoteRemedy } from './quote-remedy.ts';

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
    const remedy = quoteRemedy(text, quote);
    return problem(file, quote, quote + 1, 'this quote is not closed where it should be', remedy);
  }
  const open = openBracket(text, error);
  if (open !== undefined) {
    const bracket = text[open]!;
    const isBlock = error.code === 'BAD_INDENT';
    const message = `this ${bracket} is ${isBlock ? 'not closed in its line' : 'never closed'}`;
    const remedy = `close it with ${bracket === '[' ? ']' : '}'}, or put an expression in single quotes`;
    return problem(file, open, open + 1, message, remedy);
  }
  const comma = missingComma(text, error, document);
  if (comma)
    return problem(
      file,
      comma.start,
      comma.end,
      'a comma is missing behind this',
      'write a comma before the next name',
    );
  const alias = aliasBefore(text, error);
  if (alias) {
    return problem(
      file,
      alias.start,
      alias.end,
      `unknown alias ${alias.name}`,
      quoteRemedy(text, alias.start),
    );
  }
  const stray = strayLine(text, error);
  const odd = oddLineAbove(text, stray ?? error.pos[0]);
  if (odd && (stray !== undefined || error.code === 'BAD_INDENT'))
    return problem(file, odd.start, odd.start + 1, odd.message, odd.remedy);
  if (stray !== undefined) {
    const remedy = 'check its indentation, and the "-" of lists';
    return problem(file, stray, stray + 1, "YAML can't tell what this line belongs to", remedy);
  }
  const [start, end] = error.pos;
  const blanks = /^ */.exec(text.slice(start))![0].length;
  const at = Math.min(start + blanks, Math.max(0, text.trimEnd().length - 1));
  const isAnchor = error.code === 'BAD_ALIAS' && text[at] === '&';
  const known = isAnchor ? 'YAML takes & for the name that it gives to a value' : MESSAGES[error.code];
  const message = known ?? plainWords(error.message);
  return problem(file, at, Math.max(at + 1, end), message, remedyFor(error, text, at));
}

const MESSAGES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'YAML takes * for an alias: the name of a value that stands above',
  BLOCK_AS_IMPLICIT_KEY: 'YAML takes ": " in this value for a nested map',
  MULTILINE_IMPLICIT_KEY: 'this line has a name without ": "',
  MULTIPLE_DOCS: 'the file holds more than one YAML document',
  RESOURCE_EXHAUSTION: 'values are nested too deep',
  TAB_AS_INDENT: 'YAML takes no tabs for indentation',
};

const REMEDIES: Readonly<Record<string, string>> = {
  BAD_INDENT: 'indent the names of one map alike',
  MULTILINE_IMPLICIT_KEY: 'write "name: value", with a blank after the colon',
  MULTIPLE_DOCS: 'remove the line "---"',
  RESOURCE_EXHAUSTION: 'flatten them',
  TAB_AS_INDENT: 'indent with spaces',
};

function remedyFor(error: YAMLError, text: string, at: number): string {
  if (error.message.startsWith('Sequence item without'))
    return 'indent it as the names above it are, or begin it with "- "';
  if (error.code === 'BAD_DQ_ESCAPE') return 'in single quotes a backslash is a backslash';
  const known = REMEDIES[error.code];
  const inFlow = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  return known === undefined || inFlow ? quoteRemedy(text, at) : known;
}

/** Where a list or map in brackets begins that goes on where the next line should: YAML notices it there. */
function openBracket(text: string, error: YAMLError): number | undefined {
  if (!/^Flow (?:sequence|map) (?:in block collection )?must/.test(error.message)) return undefined;
  const open: number[] = [];
  let quote: string | undefined;
  for (let at = 0; at < error.pos[0]; at++) {
    const char = text[at]!;
    if (quote !== undefined) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = undefined;
      continue;
    }
    if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) at = endOfLine(text, at);
    else if ((char === '"' || char === "'") && /[\s[{,:]/.test(text[at - 1] ?? ' ')) quote = char;
    else if (char === '[' || char === '{') open.push(at);
    else if (char === ']' || char === '}') open.pop();
  }
  return open.at(-1);
}

/** `{ requests: 60 per: 1m }`: YAML reads on to the next colon; or a line of JSON that ends without one. */
function missingComma(
  text: string,
  error: YAMLError,
  { errors }: Document,
): { start: number; end: number } | undefined {
  const [start] = error.pos;
  if (lacksComma(error)) return wordBefore(text, start);
  const isInFlow = errors.some(({ code, pos }) => code === 'BLOCK_IN_FLOW' && pos[0] === start);
  const line = isInFlow ? /^[^\s,:{}[\]]+(?=[ \t]*\r?\n\s*["'\w])/.exec(text.slice(start))?.[0] : undefined;
  if (line !== undefined) return { start, end: start + line.length };
  if (error.code !== 'BLOCK_IN_FLOW') return undefined;
  const value = /^(?:"[^"\n]*"|'[^'\n]*'|[^\s,:{}[\]]+)(?=\s+[\w"'-]+:\s)/.exec(text.slice(start))?.[0];
  return value === undefined ? undefined : { start, end: start + value.length };
}

function lacksComma({ message }: YAMLError): boolean {
  return message.startsWith('Missing , ');
}

/** The last value that ends before an offset: text in quotes, or one character of any other. */
function wordBefore(text: string, offset: number): { start: number; end: number } {
  const before = text.slice(0, offset).trimEnd();
  const quoted = /"(?:[^"\\\n]|\\.)*"$|'(?:[^'\n]|'')*'$/.exec(before)?.[0] ?? '';
  const end = before.length;
  return { start: end - Math.max(1, quoted.length), end };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** An expression such as `*a + 1`: YAML takes its first word for an alias, and stumbles over the second. */
function aliasBefore(
  text: string,
  error: YAMLError,
): { start: number; end: number; name: string } | undefined {
  if (error.code !== 'UNEXPECTED_TOKEN') return undefined;
  const lineStart = text.lastIndexOf('\n', error.pos[0] - 1) + 1;
  const match = /^(.*?(?:: +|- +))(\*\S+) +$/.exec(text.slice(lineStart, error.pos[0]));
  if (!match) return undefined;
  const start = lineStart + match[1]!.length;
  return { start, end: start + match[2]!.length, name: match[2]! };
}

/** A line that begins a map or list where none can be; the parser may point at the value above it. */
function strayLine(text: string, error: YAMLError): number | undefined {
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined;
  const [start] = error.pos;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() === '') return start + /^ */.exec(text.slice(start))![0].length;
  const [line = '', ...below] = text.slice(start).split('\n');
  if (/: /.test(line.replace(/ #.*/, '')) || below.length === 0) return undefined;
  const next = /^\s*/.exec(text.slice(start + line.length))![0].length;
  return start + line.length + next;
}

/** Where a quote begins that closes lines below, or never: YAML notices it only at the other end. */
function openQuote(text: string, document: Document, error: YAMLError): number | undefined {
  if (error.code !== 'MISSING_CHAR' && error.code !== 'UNEXPECTED_TOKEN') return undefined;
  if (error.message.startsWith('Flow ')) return undefined;
  let found: Scalar | undefined;
  visit(document, {
    Scalar: (_key, node) => {
      if (node.range && node.range[1] <= error.pos[0]) found = node;
    },
  });
  if (!isScalar(found) || !found.range || !found.type?.startsWith('QUOTE')) return undefined;
  const [start, end] = found.range;
  const touches = text.slice(end, error.pos[0]).trim() === '';
  // A text that ends in its line, and the next in another: it is the comma between them that is missing.
  if (
    lacksComma(error) &&
    !text.slice(start, end).includes('\n') &&
    text.slice(end, error.pos[0]).includes('\n')
  )
    return undefined;
  return touches && (error.code === 'MISSING_CHAR' || text.slice(start, end).includes('\n'))
    ? start
    : undefined;
}

/** What the parser calls the signs of YAML. */
const SIGNS: Readonly<Record<string, string>> = {
  'seq-item-ind': '-',
  'map-value-ind': ':',
  'explicit-key-ind': '?',
  'flow-seq-start': '[',
  'flow-map-start': '{',
  'flow-seq-end': ']',
  'flow-map-end': '}',
  'flow-error-end': ']',
  comma: ',',
};

function plainWords(message: string): string {
  const [, token, isEnd] = /^Unexpected (\S+)(?: token)?( at node end)?/.exec(message) ?? [];
  const sign = token === undefined ? undefined : SIGNS[token];
  if (isEnd && sign === undefined) return 'YAML takes the value to end before this';
  if (isEnd) return `YAML takes the value to end before this ${sign!}`;
  if (sign !== undefined) return `YAML: this ${sign} can't stand here`;
  const short = message.length > 120 ? `${message.slice(0, 120)}…` : message;
  return `YAML: ${short.charAt(0).toLowerCase()}${short.slice(1)}`;
}

function problem(file: string, start: number, end: number, message: string, remedy: string): Problem {
  return { code: 'yaml', severity: 'error', message, remedy, at: { file, start, end } };
}
