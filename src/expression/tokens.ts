/** A token of JSONata with the characters that it takes, from `start` up to but not including `end`. */
export interface Token {
  readonly kind: 'name' | 'quoted-name' | 'variable' | 'string' | 'number' | 'regex' | 'comment' | 'operator';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A quote, regular expression or comment that the source never closes. */
  readonly unclosed?: true;
}

export interface Scan {
  readonly tokens: readonly Token[];
  /** Where the scan ended: the source's length, or in a hole the first `}}` outside of strings and braces. */
  readonly end: number;
  /** False for a hole without its `}}`. */
  readonly closed: boolean;
}

const BLANKS = ' \t\n\r\v';
const LONG_OPERATORS = ['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'];
const OPERATOR_CHARACTERS = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;

/**
 * Splits JSONata's source the way its own tokenizer does (jsonata 2.2 `parser.js`), which keeps only where a token
 * ends and stops at the first mistake. Never fails. With `hole`, `start` is behind the `{{`.
 */
export function scan(source: string, start = 0, hole = false): Scan {
  const tokens: Token[] = [];
  let at = start;
  let braces = 0;
  // a slash divides after a value and opens a regular expression elsewhere
  let wantsValue = true;

  while (at < source.length) {
    const character = source.charAt(at);
    if (BLANKS.includes(character)) {
      at += 1;
      continue;
    }
    if (hole && braces === 0 && source.startsWith('}}', at)) return { tokens, end: at, closed: true };

    const token = nextToken(source, at, wantsValue);
    tokens.push(token);
    at = token.end;
    if (token.kind === 'comment') continue;
    if (token.text === '{') braces += 1;
    if (token.text === '}' && braces > 0) braces -= 1;
    wantsValue = wantsValueAfter(token, wantsValue);
  }
  return { tokens, end: source.length, closed: !hole };
}

function nextToken(source: string, at: number, wantsValue: boolean): Token {
  const character = source.charAt(at);
  if (source.startsWith('/*', at)) return upTo(source, at, '*/', 'comment');
  if (character === '/' && wantsValue) return regex(source, at);
  if (character === '"' || character === "'") return quoted(source, at, character);
  if (character === '`') return upTo(source, at, '`', 'quoted-name');
  if (OPERATOR_CHARACTERS.includes(character)) {
    const long = LONG_OPERATORS.find((operator) => source.startsWith(operator, at));
    return token('operator', source, at, at + (long?.length ?? 1));
  }

  NUMBER.lastIndex = at;
  const number = NUMBER.exec(source);
  if (number !== null) return token('number', source, at, at + number[0].length);
  return word(source, at);
}

function token(kind: Token['kind'], source: string, start: number, end: number): Token {
  return { kind, text: source.slice(start, end), start, end };
}

function word(source: string, start: number): Token {
  let end = start + 1;
  while (end < source.length && !(BLANKS + OPERATOR_CHARACTERS).includes(source.charAt(end))) end += 1;
  const text = source.slice(start, end);
  if (text.startsWith('$')) return { kind: 'variable', text, start, end };
  const operator = text === 'and' || text === 'or' || text === 'in';
  return { kind: operator ? 'operator' : 'name', text, start, end };
}

function quoted(source: string, start: number, quote: string): Token {
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '\\') at += 1;
    else if (character === quote) return token('string', source, start, at + 1);
  }
  return { ...token('string', source, start, source.length), unclosed: true };
}

function upTo(source: string, start: number, close: string, kind: Token['kind']): Token {
  const at = source.indexOf(close, start + (close === '*/' ? 2 : 1));
  if (at === -1) return { ...token(kind, source, start, source.length), unclosed: true };
  return token(kind, source, start, at + close.length);
}

/** JSONata counts every kind of bracket alike here, so that `/[/]/` is one expression and `/(/` never ends. */
function regex(source: string, start: number): Token {
  let depth = 0;
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === '/' && depth === 0 && !escaped(source, at)) {
      let end = at + 1;
      while (source.charAt(end) === 'i' || source.charAt(end) === 'm') end += 1;
      return token('regex', source, start, end);
    }
    if (source.charAt(at - 1) === '\\') continue;
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
  }
  return { ...token('regex', source, start, source.length), unclosed: true };
}

function escaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source.charAt(at - backslashes - 1) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function wantsValueAfter(token: Token, wantedValue: boolean): boolean {
  if (token.kind !== 'operator') return false;
  if (token.text === ')' || token.text === ']' || token.text === '}') return false;
  // wildcards and the parent stand where a value stands; so do fields named `and`, `or` and `in`
  const canBeValue = ['*', '**', '%', 'and', 'or', 'in'].includes(token.text);
  return !(wantedValue && canBeValue);
}
