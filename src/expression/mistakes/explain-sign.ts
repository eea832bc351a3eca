import { from, mistake, type Mistake } from './mistake.ts';
import { meantFunction } from './meant-function.ts';
import { isInCall, pathBefore } from './path-around.ts';
import type { Token } from '../tokens.ts';
import { isFunctionName } from '../uses.ts';

/** A sign that can't stand where it stands; `before` is what stands before it. */
export function explainSign(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake {
  if (')]}'.includes(token.text)) return explainClose(token, before, tokens);
  const next = tokens[tokens.indexOf(token) + 1];
  if (token.text === '..' && next?.text === '.' && next.start === token.end)
    return mistake(
      from(token, next),
      '`...` is no operator of JSONata',
      'Write the list alone: lists in brackets become one, as in [a, b]',
    );
  if (before?.kind === 'operator' && !')]}'.includes(before.text))
    return mistake(
      from(token),
      `\`${token.text}\` can't follow \`${before.text}\``,
      `Write what stands between \`${before.text}\` and \`${token.text}\``,
    );
  if (token.text === '|') return mistake(from(token), 'JSONata has no filters', filterRemedy(token, tokens));
  if (token.text === ';' && token === tokens.at(-1))
    return mistake(from(token), 'an expression ends without `;`', 'Take it out');
  return mistake(from(token), `\`${token.text}\` can't stand here`, remedyFor(token, before, tokens));
}

/** `{"a": 1,}`: it is the comma that is one too many. */
function explainClose(token: Token, before: Token | undefined, tokens: readonly Token[]): Mistake {
  const isOpen = unclosedBefore(token, tokens);
  if (isOpen && (before?.text === ',' || before?.text === ':'))
    return mistake(
      from(before),
      `nothing follows this \`${before.text}\``,
      'Write what comes after it, or take it out',
    );
  if (isOpen && before?.kind === 'operator')
    return mistake(
      from(token),
      `\`${token.text}\` can't follow \`${before.text}\``,
      `Write what stands between the two`,
    );
  return mistake(
    from(token),
    `nothing is open that this \`${token.text}\` could close`,
    'Take it out, or open it before',
  );
}

function unclosedBefore(token: Token, tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind, text } of tokens.slice(0, tokens.indexOf(token))) {
    if (kind !== 'operator') continue;
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text)) depth--;
  }
  return depth > 0;
}

const ONE_CHOICE = 'A choice has one `?` and one `:`; an inner choice stands in brackets';

/** What was probably meant by a sign. */
const MEANT: Readonly<Record<string, string>> = {
  '@': 'Write texts in quotes: "ann@example.com"',
  '#': 'Write texts in quotes: "#1"',
  '~': 'Write `~>` to hand a value to a function, and $contains(text, /…/) to look for a pattern',
  '**': 'Write `$power(number, exponent)`',
  '..': 'A range stands in brackets: [1..3]',
  ':': ONE_CHOICE,
};

/** `email | lower`, `email |> lowercase`: the function that was meant, around what stands before it. */
function filterRemedy(bar: Token, tokens: readonly Token[]): string {
  const at = tokens.indexOf(bar) + 1;
  const word = tokens[at]?.text === '>' ? tokens[at + 1] : tokens[at];
  const meant = word?.kind === 'name' ? meantFunction(word.text) : '';
  const isFunction = meant.startsWith('$') && isFunctionName(meant.slice(1));
  return `Write the function around it: ${isFunction ? meant : '$uppercase'}(${pathBefore(bar, tokens) ?? 'name'})`;
}

/** `status in ("a", "b")`, as SQL has it. */
function isListInRoundBrackets(comma: Token, tokens: readonly Token[]): boolean {
  const before = tokens.slice(0, tokens.indexOf(comma));
  const open = before.findLastIndex(({ text, kind }) => kind === 'operator' && text === '(');
  return open > 0 && before[open - 1]!.text === 'in';
}

/** `goals[0..1]`: the bracket stands behind a value. */
function isFilter(tokens: readonly Token[], range: Token): boolean {
  const holder = tokens[tokens.indexOf(range) - 3];
  return holder !== undefined && (holder.kind !== 'operator' || ')]}'.includes(holder.text));
}

/** As spreadsheets, jq and templates of web pages have it. */
function foreignRemedy(
  token: Token,
  before: Token | undefined,
  tokens: readonly Token[],
): string | undefined {
  const { text } = token;
  const next = tokens[tokens.indexOf(token) + 1];
  if (text === ':' && before?.kind === 'string' && isInCall(before, tokens))
    return `A name with its value stands in braces: { ${before.text}: … }`;
  if (text === ';' && isInCall(token, tokens))
    return 'The arguments of a function are parted by commas: write `,`';
  const name = next?.kind === 'name' && next.start === token.end ? next.text : undefined;
  if (text === '.' && before === undefined && name !== undefined)
    return `An expression begins inside the record: write \`${name}\`, without the point`;
  if (text === '<' && next?.text === '%') return 'Write what is inside of it, without `<%` and `%>`';
  return undefined;
}

function remedyFor(token: Token, before: Token | undefined, tokens: readonly Token[]): string {
  const foreign = foreignRemedy(token, before, tokens);
  if (foreign !== undefined) return foreign;
  const { text } = token;
  if (text === ':' && !tokens.some((each) => each.text === '?'))
    return 'Write texts in quotes, and a choice as `condition ? this : that`';
  if (text === '..' && tokens[tokens.indexOf(token) - 2]?.text === '[' && isFilter(tokens, token))
    return 'Behind a list a range has brackets of its own: list[[0..1]]';
  if (text === '..' && before?.text.startsWith('$')) return 'A name at any depth is `**.name`';
  const next = tokens[tokens.indexOf(token) + 1];
  if (text === '#' && next && next.start > token.end)
    return 'A comment is `/* … */` here; texts stand in quotes: "#1"';
  if (Object.hasOwn(MEANT, text)) return MEANT[text]!;
  if (text === ',' && isListInRoundBrackets(token, tokens))
    return 'A list stands in square brackets: in ["one", "other"]';
  if (before === undefined) return `Write what stands before the \`${text}\`, or take it out`;
  return 'Several steps need brackets: `(step; step)`';
}
