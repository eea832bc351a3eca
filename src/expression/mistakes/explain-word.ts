import { from, mistake, type Mistake } from './mistake.ts';
import type { Token } from '../tokens.ts';

/** A word that other languages have for an operator, or for a choice; `before` is what stands before it. */
export function explainWord(
  token: Token,
  before: Token | undefined,
  tokens: readonly Token[],
): Mistake | undefined {
  const compared = isNull(token, before, tokens);
  if (compared) return compared;
  const negated = isNotIn(token, before, tokens);
  if (negated) return negated;
  const lower = token.text.toLowerCase();
  const word = Object.hasOwn(WORDS, lower) ? WORDS[lower] : undefined;
  if (token.kind === 'name' && word !== undefined)
    return mistake(from(token), `\`${token.text}\` is no operator of JSONata`, `Write \`${word}\``);
  const called = token.kind === 'name' ? token.text.toLowerCase().replaceAll('_', '') : '';
  const value = valueBefore(before);
  if (value !== undefined && Object.hasOwn(FUNCTION_WORDS, called))
    return mistake(
      from(token),
      `\`${token.text}\` is no operator of JSONata`,
      `Write \`${FUNCTION_WORDS[called]!(value)}\``,
    );
  if (before?.kind === 'name' && before.text.toLowerCase() === 'not')
    return mistake(from(before, token), '`not` is a function', `Write \`$not(${token.text})\``);
  if (before?.kind === 'name' && ['if', 'when'].includes(before.text.toLowerCase()))
    return mistake(from(before), `JSONata has no \`${before.text}\``, 'Write `condition ? this : that`');
  return undefined;
}

/** A name, or what ends in a bracket. */
function valueBefore(before: Token | undefined): string | undefined {
  if (before?.kind === 'name') return before.text;
  return before?.text === ')' || before?.text === ']' ? '…' : undefined;
}

/** `status not in [ … ]`. */
function isNotIn(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake | undefined {
  const next = tokens[tokens.indexOf(token) + 1];
  if (token.kind !== 'name' || !/^not in$/i.test(`${token.text} ${next?.text ?? ''}`)) return undefined;
  return mistake(
    from(token, next),
    `\`${token.text} ${next!.text}\` is no operator of JSONata`,
    `Write \`$not(${valueBefore(before) ?? '…'} in …)\``,
  );
}

const WORDS: Readonly<Record<string, string>> = {
  and: 'and',
  or: 'or',
  in: 'in',
  is: '=',
  eq: '=',
  equals: '=',
  ne: '!=',
  neq: '!=',
  gt: '>',
  gte: '>=',
  ge: '>=',
  lt: '<',
  lte: '<=',
  le: '<=',
  then: '?',
  else: ':',
};

/** Operators of other languages that are functions here. */
const FUNCTION_WORDS: Readonly<Record<string, (name: string) => string>> = {
  contains: (name) => `$contains(${name}, "…")`,
  includes: (name) => `$contains(${name}, "…")`,
  like: (name) => `$contains(${name}, "…")`,
  ilike: (name) => `$contains(${name}, /…/i)`,
  matches: (name) => `$contains(${name}, /…/)`,
  startswith: (name) => `$contains(${name}, /^…/)`,
  endswith: (name) => `$contains(${name}, /…$/)`,
  between: (name) => `${name} >= … and ${name} <= …`,
};

/** `status is null`, `status is not null`: an expression never sees null. */
function isNull(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake | undefined {
  const after = tokens.slice(tokens.indexOf(token) + 1, tokens.indexOf(token) + 3);
  const words = after.map(({ text }) => text.toLowerCase());
  const isNot = words[0] === 'not';
  const what = isNot ? words[1] : words[0];
  if (token.text.toLowerCase() !== 'is' || !['null', 'none', 'empty', 'missing'].includes(what ?? ''))
    return undefined;
  const name = before?.kind === 'name' ? before.text : '…';
  return mistake(
    from(token, after[isNot ? 1 : 0]),
    `\`is ${isNot ? 'not ' : ''}${what!}\` is no operator of JSONata`,
    `Write \`${isNot ? `$exists(${name})` : `$not($exists(${name}))`}\`: what is empty counts as missing`,
  );
}
