import { BUILT_INS } from '../built-ins.ts';
import { OWN_FUNCTIONS } from '../functions/own-functions.ts';
import type { Token } from '../tokens.ts';
import { isFunctionName } from '../uses.ts';
import { meantFunction, NO_CLOCK } from './meant-function.ts';
import { from, mistake, type Mistake } from './mistake.ts';
import { pathBefore } from './path-around.ts';

/** `lowercase(email)` parses, and fails on every record. */
export function calledName(tokens: readonly Token[]): Mistake | undefined {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || tokens[at + 1]?.text !== '(' || ['function', 'λ'].includes(token.text))
      continue;
    if (['if', 'when', 'iif'].includes(token.text))
      return mistake(from(token), `JSONata has no \`${token.text}\``, 'Write `condition ? this : that`');
    if (tokens[at - 1]?.kind === 'name' && tokens[at - 1]!.text === 'new')
      return constructed(tokens[at - 1]!, token);
    const element = elementMeant(token, tokens.slice(at + 2));
    if (element) return element;
    const meant = inItsCase(meantFunction(token.text));
    if (meant.startsWith('$') && !isFunctionName(meant.slice(1)))
      return mistake(
        from(token),
        `there is no function \`${token.text}\``,
        'docs/reference.md lists all functions; each starts with `$`',
      );
    const isMethod = tokens[at - 1]?.text === '.';
    const owner = isMethod ? (pathBefore(tokens[at - 1]!, tokens) ?? '…') : '…';
    return mistake(
      from(token),
      `\`${token.text}\` is called like a function, but has no \`$\``,
      meant.startsWith('$')
        ? `Write \`${meant}(${isMethod ? owner : '…'})\`: functions start with \`$\``
        : `Write ${meant}`,
    );
  }
  return undefined;
}

/** `items(0)`, as Basic takes an element. */
function elementMeant(name: Token, [place, close]: readonly Token[]): Mistake | undefined {
  const meant = meantFunction(name.text);
  const isFunction = !meant.startsWith('$') || isFunctionName(meant.slice(1));
  if (place?.kind !== 'number' || close?.text !== ')' || isFunction) return undefined;
  return mistake(
    from(name),
    `\`${name.text}\` is called like a function, and is the name of a field`,
    `Write \`${name.text}[${place.text}]\`: square brackets take an element of a list, counted from 0`,
  );
}

/** `$Number` → `$number`, where there is one. */
function inItsCase(written: string): string {
  const functions = [...Object.keys(BUILT_INS), ...Object.keys(OWN_FUNCTIONS)];
  const name = functions.find((each) => `$${each.toLowerCase()}` === written.toLowerCase());
  return name === undefined ? written : `$${name}`;
}

/** `new Date(event_date)`. */
function constructed(word: Token, type: Token): Mistake {
  const remedy =
    type.text === 'Date'
      ? `Write $zoned(…) for a time, $date(…) for a day; for the time of now take ${NO_CLOCK}`
      : 'Write the value itself, or a function that gives it';
  return mistake(from(word, type), '`new` makes nothing in JSONata', remedy);
}
