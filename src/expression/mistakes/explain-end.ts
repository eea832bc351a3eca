import type { Token } from '../tokens.ts';
import { from, mistake, type Mistake } from './mistake.ts';

const UNCLOSED: Readonly<Record<string, readonly [what: string, close: string]>> = {
  string: ['text', 'the same quote that opens it'],
  'quoted-name': ['name in backquotes', 'a backquote'],
  regex: ['regular expression', '`/`; a bracket in it that is meant literally needs a backslash'],
  comment: ['comment', '`*/`'],
};
const CLOSE: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

export const NO_COMMENT = '`//` starts no comment';
export const COMMENT_REMEDY = 'Write `/* comment */`';

/** A text, a name in backquotes, a pattern or a comment without its end. */
export function explainUnclosed(token: Token, source: string): Mistake {
  if (token.kind === 'regex' && source[token.start - 1] === '/')
    return mistake({ offset: token.start - 1, length: 2 }, NO_COMMENT, COMMENT_REMEDY);
  // `bookings/*`
  const before = /([\w.]+)$/.exec(source.slice(0, token.start))?.[1];
  if (token.kind === 'comment' && before !== undefined)
    return mistake(
      from(token),
      'this comment has no end',
      `A path has points: write \`${before}.*\` for all that is in there`,
    );
  const [what, close] = UNCLOSED[token.kind] ?? ['text', 'its end'];
  return mistake(from(token), `this ${what} has no end`, `Close it with ${close}`);
}

/** A source that ends where something should follow: a bracket is open, or an operator lacks its right side. */
export function explainEnd(source: string, tokens: readonly Token[]): Mistake {
  const last = tokens.at(-1);
  const open = lastOpen(tokens);
  if (last?.kind === 'operator' && !')]}'.includes(last.text) && open !== last)
    return mistake(
      from(last),
      `nothing follows this \`${last.text}\``,
      'Write what comes after it, or take it out',
    );
  if (open !== undefined)
    return mistake(
      from(open),
      `this \`${open.text}\` is never closed`,
      `Close it with \`${CLOSE[open.text] ?? ''}\``,
    );
  return mistake(
    last === undefined ? { offset: 0, length: source.length } : from(last),
    'the expression ends too early',
    'Write the rest of it',
  );
}

function lastOpen(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'operator') continue;
    if (token.text in CLOSE) open.push(token);
    if (')]}'.includes(token.text)) open.pop();
  }
  return open.at(-1);
}
