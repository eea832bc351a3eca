import { from, mistake, type Mistake } from './mistake.ts';
import { isInCall } from './path-around.ts';
import type { Token } from '../tokens.ts';
import { isFunctionName } from '../uses.ts';

const BETWEEN = 'Put an operator between the two: `&` joins texts, `and` conditions';
const IN_CALL = 'Put a comma between two arguments, or an operator between the two: `&` joins texts';

/** Two values side by side: what was left out between them. */
export function cantFollow(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake {
  const message = `\`${token.text}\` can't follow ${before === undefined ? 'this' : `\`${before.text}\``}`;
  return mistake(from(token), message, remedyBetween(token, before, tokens));
}

function remedyBetween(token: Token, before: Token | undefined, tokens: readonly Token[]): string {
  // `$lowercase email`
  const isCall = before?.kind === 'variable' && isFunctionName(before.text.slice(1));
  if (isCall && ['name', 'variable', 'string'].includes(token.kind))
    return `Call it with brackets: \`${before.text}(${token.text})\``;
  // `items[0]name`
  if (before?.text === ']' && before.end === token.start && token.kind === 'name')
    return `Write \`.${token.text}\`: a point takes a field out of what stands before it`;
  if (lacksQuestion(tokens)) return 'A choice is `condition ? this : that`, and here a `:` has no `?`';
  return tokens.some(({ text }) => text === ':=')
    ? 'Put an operator between the two (`&` joins texts), or `;` before a new step'
    : isInCall(token, tokens)
      ? IN_CALL
      : BETWEEN;
}

/** Outside of braces each `:` has a `?` before it. */
function lacksQuestion(tokens: readonly Token[]): boolean {
  const count = (sign: string): number =>
    tokens.filter(({ kind, text }) => kind === 'operator' && text === sign).length;
  return count('{') === 0 && count(':') > count('?');
}
