import { from, mistake, type Mistake } from './mistake.ts';
import { pathBefore } from './path-around.ts';
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
  const called = functionWord(token, before, tokens);
  if (called) return called;
  if (before?.kind === 'name' && Object.hasOwn(STATEMENTS, before.text))
    return mistake(from(before), `JSONata has no \`${before.text}\``, STATEMENTS[before.text]!);
  if (before?.kind === 'name' && before.text.toLowerCase() === 'not')
    return mistake(from(before, token), '`not` is a function', `Write \`$not(${token.text})\``);
  if (before?.kind === 'name' && ['if', 'when', 'case', 'switch'].includes(before.text.toLowerCase()))
    return mistake(from(before), `JSONata has no \`${before.text}\``, 'Write `condition ? this : that`');
  return undefined;
}

/** `status contains "Conf"`, `status starts with "Conf"`, `status exists`. */
function functionWord(
  token: Token,
  before: Token | undefined,
  tokens: readonly Token[],
): Mistake | undefined {
  if (token.kind !== 'name') return undefined;
  const value = valueBefore(token, before, tokens);
  const next = tokens[tokens.indexOf(token) + 1];
  const isTwo = next?.kind === 'name' && ['with', 'by'].includes(next.text.toLowerCase());
  const written = isTwo ? `${token.text} ${next.text}` : token.text;
  const word = written.toLowerCase().replaceAll(/[_ ]/g, '');
  if (value === undefined || !Object.hasOwn(FUNCTION_WORDS, word)) return undefined;
  const place = isTwo ? from(token, next) : from(token);
  const behind = tokens[tokens.indexOf(isTwo ? next : token) + 1];
  const text = behind?.kind === 'string' && !/[/\\]/.test(behind.text) ? behind.text.slice(1, -1) : undefined;
  return mistake(
    place,
    `\`${written}\` is no operator of JSONata`,
    `Write \`${FUNCTION_WORDS[word]!(value, text ?? '…')}\``,
  );
}

/** A name with what it is taken out of, or what ends in a bracket. */
function valueBefore(token: Token, before: Token | undefined, tokens: readonly Token[]): string | undefined {
  if (before?.kind === 'name') return pathBefore(token, tokens) ?? before.text;
  return before?.text === ')' || before?.text === ']' ? (pathBefore(token, tokens) ?? '…') : undefined;
}

/** `status not in [ … ]`. */
function isNotIn(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake | undefined {
  const next = tokens[tokens.indexOf(token) + 1];
  if (token.kind !== 'name' || !/^not in$/i.test(`${token.text} ${next?.text ?? ''}`)) return undefined;
  return mistake(
    from(token, next),
    `\`${token.text} ${next!.text}\` is no operator of JSONata`,
    `Write \`$not(${valueBefore(token, before, tokens) ?? '…'} in …)\``,
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
const FUNCTION_WORDS: Readonly<Record<string, (name: string, text: string) => string>> = {
  contains: (name, text) => `$contains(${name}, "${text}")\`, or in a list \`"${text}" in ${name}`,
  includes: (name, text) => `$contains(${name}, "${text}")\`, or in a list \`"${text}" in ${name}`,
  like: (name) => `$contains(${name}, "…")`,
  ilike: (name) => `$contains(${name}, /…/i)`,
  matches: (name) => `$contains(${name}, /…/)`,
  startswith: (name, text) => `$contains(${name}, /^${text}/)`,
  endswith: (name, text) => `$contains(${name}, /${text}$/)`,
  exists: (name) => `$exists(${name})`,
  between: (name) => `${name} >= … and ${name} <= …`,
};

/** What begins a step in other languages. */
const STATEMENTS: Readonly<Record<string, string>> = {
  return: 'Take it out: a function gives what its last step gives',
  let: 'Write `$name := …;` to give a name a value',
  const: 'Write `$name := …;` to give a name a value',
  var: 'Write `$name := …;` to give a name a value',
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
