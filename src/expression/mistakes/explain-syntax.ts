import { messageOf } from '../../model/problem.ts';
import { cantFollow } from './cant-follow.ts';
import { COMMENT_REMEDY, explainEnd, explainUnclosed, NO_COMMENT } from './explain-end.ts';
import { explainSign } from './explain-sign.ts';
import { explainWord } from './explain-word.ts';
import { from, mistake, type Mistake } from './mistake.ts';
import type { Token } from '../tokens.ts';

/** What JSONata's parser throws. */
interface SyntaxFailure {
  readonly code?: string;
  readonly position?: number;
  readonly token?: unknown;
  readonly value?: unknown;
  readonly message?: string;
}

/** What is nested deeper than the stack reaches, or than a run may go. */
export function tooDeep({ length }: string): Mistake {
  return mistake(
    { offset: 0, length },
    'the expression is nested too deeply',
    'Split it with `let`; a long choice is a `$table`',
  );
}

/**
 * JSONata's complaint in words, with the whole token to blame: its own `position` is the token's end, the source's end,
 * or in strings something between.
 */
export function explainSyntax(thrown: unknown, source: string, all: readonly Token[]): Mistake {
  const failure: SyntaxFailure = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  const unclosed = all.find((token) => token.unclosed);
  if (unclosed !== undefined) return explainUnclosed(unclosed, source);
  // the one thing that JSONata leaves to JavaScript
  const pattern = thrown instanceof SyntaxError ? tokens.find(isWrongPattern) : undefined;
  if (pattern !== undefined)
    return mistake(
      from(pattern),
      `this is no regular expression: ${messageOf(thrown)}`,
      'Put a backslash before a sign that is meant literally',
    );
  if (thrown instanceof RangeError) return tooDeep(source);

  const parent = failure.code === 'S0217' ? tokens.find(({ text }) => text === '%') : undefined;
  if (parent !== undefined)
    return mistake(
      from(parent),
      '`%` is what holds a thing, and nothing is held here',
      'Write it behind a step: packages.(%.status)',
    );

  const at = indexOfToken(failure, tokens);
  if (isAtEnd(failure, tokens)) return explainEnd(source, tokens);
  const token = tokens[at];
  if (token === undefined) return mistake({ offset: 0, length: source.length }, said(failure), GENERAL);
  return explainToken(failure, token, at, tokens, source);
}

const GENERAL = 'Write it in another way; docs/reference.md has examples';

function isWrongPattern({ kind, text }: Token): boolean {
  if (kind !== 'regex') return false;
  const end = text.lastIndexOf('/');
  try {
    return !(new RegExp(text.slice(1, end), text.slice(end + 1)) instanceof RegExp);
  } catch {
    return true;
  }
}

function said({ message, code }: SyntaxFailure): string {
  const words = message ?? 'this is no JSONata';
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}${code === undefined ? '' : ` (${code})`}`;
}

function isAtEnd({ code }: SyntaxFailure, tokens: readonly Token[]): boolean {
  return code === 'S0203' || code === 'S0207' || (code === undefined && tokens.length === 0);
}

/** The token that ends at the position or holds it; mistakes inside of a text lie before its end. */
function indexOfToken({ position }: SyntaxFailure, tokens: readonly Token[]): number {
  if (position === undefined) return -1;
  const ending = tokens.findIndex(({ end }) => end === position);
  const inside = tokens.findIndex(({ start, end }) => start <= position && position < end);
  return ending === -1 ? inside : ending;
}

function explainToken(
  failure: SyntaxFailure,
  token: Token,
  at: number,
  tokens: readonly Token[],
  source: string,
): Mistake {
  const before = tokens[at - 1];
  switch (failure.code ?? '') {
    case 'S0103':
    case 'S0104':
      return mistake(
        { offset: (failure.position ?? 1) - 1, length: 2 },
        'this is no escape that texts know',
        'Write `\\\\` for a backslash; texts know `\\n`, `\\t`, `\\"` and `\\u00e9`',
      );
    case 'S0212':
      return mistake(
        from(token),
        'only a name with `$` can be given a value',
        `Write \`${token.text} = …\` to compare, \`$${token.text} := …\` to give a name a value`,
      );
    case 'S0208':
      return mistake(
        from(token),
        `\`${token.text}\` is no parameter of a function`,
        `Write it with \`$\`: function($${token.text}) { … }`,
      );
    case 'S0213':
      return mistake(
        from(token),
        `\`${token.text}\` is no name of a field`,
        'Write `list[0]` for an element of a list',
      );
    case 'S0204':
    case 'S0214':
      return explainSign(token.kind === 'operator' ? token : (before ?? token), tokens[at - 2], tokens);
    case 'S0301':
      return mistake(from(token), NO_COMMENT, COMMENT_REMEDY);
    case 'S0202':
      return explainExpected(failure, token, before, tokens, source);
    case 'S0201':
    case 'S0211':
      return explainUnexpected(token, before, tokens);
    default:
      return mistake(from(token), said(failure), GENERAL);
  }
}

function explainExpected(
  { value }: SyntaxFailure,
  token: Token,
  before: Token | undefined,
  tokens: readonly Token[],
  source: string,
): Mistake {
  const dollar = tokens.find(({ text }, at) => text === '$' && tokens[at + 1]?.text === '{');
  if (dollar !== undefined) {
    const end = tokens.find(({ start, text }) => start > dollar.start && text === '}') ?? dollar;
    const written = source.slice(dollar.start, end.end);
    const name = /[A-Za-z_]\w*/.exec(written)?.[0] ?? 'NAME';
    return mistake(
      from(dollar, end),
      `\`${written}\` is not filled in inside of an expression`,
      `Write \`$vars.${name}\`, and ${name} under \`vars\``,
    );
  }
  if (source.trimStart().startsWith('{{'))
    return mistake(
      from(tokens[0] ?? token, tokens.at(-1)),
      '`{{ }}` belongs into text',
      'Write what is inside of it',
    );
  const expected = String(value);
  const inBraces = expected === ':' && token.text === '}' && before?.kind === 'name';
  const equals = inBraces ? equalsInBraces(token, tokens) : undefined;
  if (equals) return equals;
  if (inBraces)
    return mistake(
      from(before),
      `in braces each value has a name, and ${before.text} has none`,
      `Write \`{ "name": ${before.text} }\`; a field of the record stands without braces: \`${before.text}\``,
    );
  if (')]}'.includes(token.text) || !')]}'.includes(expected))
    return mistake(
      from(token),
      `\`${token.text}\` stands where \`${expected}\` is expected`,
      `Write \`${expected}\``,
    );
  return explainUnexpected(token, before, tokens);
}

/** `{ "after" = start_time }`. */
function equalsInBraces(close: Token, tokens: readonly Token[]): Mistake | undefined {
  const at = tokens.indexOf(close);
  const [open, name, equals, value] = tokens.slice(Math.max(0, at - 4), at);
  if (equals?.text !== '=' || name?.kind !== 'string' || !['{', ','].includes(open?.text ?? ''))
    return undefined;
  const remedy = `Write \`${name.text}: ${value!.text}\``;
  return mistake(from(equals), 'in braces a name and its value are parted by `:`, and this is `=`', remedy);
}

function explainUnexpected(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake {
  const word = explainWord(token, before, tokens);
  if (word) return word;
  if (before?.kind === 'name' && token.kind === 'name')
    return mistake(
      from(before, token),
      'two names stand side by side',
      `Texts are joined with \`&\`: \`${before.text} & " " & ${token.text}\`; if this is one field, write \`\` \`${before.text} ${token.text}\` \`\` with the backquotes; texts need quotes`,
    );
  if (token.kind === 'operator') return explainSign(token, before, tokens);
  if (before?.kind === 'regex' && before.end === token.start)
    return mistake(
      from(token),
      `\`${token.text}\` is no flag of a pattern here`,
      'Take it out: patterns have `i` for any case and `m` for lines; all matches are found anyway',
    );
  return cantFollow(token, before, tokens);
}
