import { MAX_SOURCE } from '../run/limits.ts';
import { calledName } from './called-name.ts';
import { from, mistake, type Mistake } from './mistake.ts';
import { oddCharacter } from './odd-character.ts';
import { pathBehind } from './path-around.ts';
import type { Token } from '../tokens.ts';

/** `?:` and `??` copy their left side when they are parsed: this many within each other make a thousand copies. */
const MAX_DEFAULTS = 10;

/** Where all is, there is no odd character to look for. */
const NOT_ASCII = /[\u0080-\uffff]/;
/**
 * Mistakes that JSONata takes for something else: "“Confirmed”" would be the name of a field. `undefined` for a source
 * that may be parsed.
 */
export function checkSpelling(source: string, tokens: readonly Token[]): Mistake | undefined {
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  if (tokens.every(({ kind, unclosed }) => kind === 'comment' && unclosed !== true))
    return mistake({ offset: 0, length: source.length }, 'the expression is empty', EMPTY_REMEDY);
  if (source.length > MAX_SOURCE)
    return mistake(
      { offset: 0, length: source.length },
      LONG_MESSAGE,
      'Split it with `let` into named parts',
    );
  return (
    (NOT_ASCII.test(source) ? oddCharacter(code) : undefined) ??
    bareDay(source, code) ??
    operatorOfAnotherLanguage(code) ??
    calledName(code) ??
    joinedByPoint(code) ??
    comparedName(code) ??
    nestedDefaults(code)
  );
}

const EMPTY_REMEDY = 'Write the name of a field, or leave the property out';
const LONG_MESSAGE = `the expression has more than ${MAX_SOURCE} characters`;

/** `event_date > 2026-01-01`: a subtraction, where it is one at all. */
function bareDay(source: string, tokens: readonly Token[]): Mistake | undefined {
  for (const { kind, start } of tokens) {
    const day =
      kind === 'number' ? /^\d{4}-\d\d-\d\d(?![\d.])/.exec(source.slice(start, start + 11))?.[0] : undefined;
    if (day === undefined) continue;
    return mistake(
      { offset: start, length: day.length },
      `without quotes ${day} is a subtraction`,
      `Write "${day}", with its quotes`,
    );
  }
  return undefined;
}

/** What other languages write, as rows of tokens that stand side by side; longer rows first. */
const ELSEWHERE: readonly (readonly [tokens: readonly string[], remedy: string])[] = [
  [['=', '=', '='], 'Write `=`: JSONata compares with one'],
  [['!=', '='], 'Write `!=`'],
  [['=', '='], 'Write `=`: JSONata compares with one'],
  [['=', '>'], 'Write `function($x) { … }`, or `>=` for "at least"'],
  [['<', '>'], 'Write `!=`'],
  [['&', '&'], 'Write `and`'],
  [['?', '.'], 'Write `.`: where what stands before it is missing, the whole is nothing'],
  [['|', '|'], 'Write `or`; for a default, `a ?? b`; texts are joined by `&`'],
];

/** Each row by its first token. */
const BEGINNING_WITH = Map.groupBy(ELSEWHERE, ([[first = '']]) => first);

function operatorOfAnotherLanguage(tokens: readonly Token[]): Mistake | undefined {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'operator') continue;
    for (const [row, remedy] of BEGINNING_WITH.get(token.text) ?? []) {
      const found = tokens.slice(at, at + row.length);
      if (found.length < row.length || !found.every(({ text }, n) => text === row[n]) || !touching(found))
        continue;
      return mistake(from(token, found.at(-1)), `\`${row.join('')}\` is no operator of JSONata`, remedy);
    }
    const arrow = arrowOf(tokens, at);
    if (arrow !== undefined) return arrow;
    const [star, close] = [tokens[at + 1], tokens[at + 2]];
    if (token.text === '[' && star?.text === '*' && close?.text === ']')
      return mistake(
        from(token, close),
        '`[*]` goes through no list here, as JSONPath has it',
        'Take it out: a list goes through by itself; the values of an object are `.*`',
      );
    const taken = takenByPoint(tokens, at);
    if (taken !== undefined) return taken;
    if (token.text === '!')
      return mistake(
        from(token),
        '`!` is no operator of JSONata',
        `Write \`$not(${pathBehind(token, tokens) ?? '…'})\`, or \`!=\` for "is not equal to"`,
      );
  }
  return undefined;
}

/** `p -> p.name` makes a function elsewhere, and `items[0]->name` takes a field. */
function arrowOf(tokens: readonly Token[], at: number): Mistake | undefined {
  const [before, minus, above, name, point] = tokens.slice(Math.max(0, at - 1), at + 4);
  if (minus?.text !== '-' || above?.text !== '>' || above.start !== minus.end) return undefined;
  const isStep = before?.end === minus.start && name?.kind === 'name' && name.start === above.end;
  const isFunction = !isStep || (before.text === name.text && point?.text === '.');
  return mistake(
    from(minus, above),
    '`->` is no operator of JSONata',
    isFunction ? 'Write `function($x) { … }`' : `Write \`.${name.text}\`: a point takes a field out`,
  );
}

/** `packages.[0].name`, as jq has it: here `[0]` behind a point makes a list of the number. */
function takenByPoint(tokens: readonly Token[], at: number): Mistake | undefined {
  if (tokens[at]?.text !== '.') return undefined;
  const [point, open, inside, close] = tokens.slice(at, at + 4);
  if (point === undefined || open?.text !== '[' || close?.text !== ']') return undefined;
  if (inside?.kind !== 'number' && inside?.kind !== 'string') return undefined;
  const before = tokens[at - 1]?.kind === 'name' ? tokens[at - 1]!.text : '…';
  const remedy =
    inside.kind === 'number'
      ? `Write \`${before}[${inside.text}]\`, without the point`
      : `Write \`${before}.${/^\w+$/.test(inside.text) ? inside.text : `\`${inside.text}\``}\``;
  const message = `behind a point \`[…]\` makes a list, and takes nothing out of one`;
  return mistake(from(point, close), message, remedy);
}

function touching(tokens: readonly Token[]): boolean {
  return tokens.every(({ start }, at) => at === 0 || tokens[at - 1]?.end === start);
}

/** `first_name . " " . last_name`: a text behind a point is the name of a field, and no field is called a blank. */
function joinedByPoint(tokens: readonly Token[]): Mistake | undefined {
  const point = tokens.find(
    ({ text, kind }, at) =>
      kind === 'operator' && text === '.' && [tokens[at - 1], tokens[at + 1]].some(isNoName),
  );
  return (
    point && mistake(from(point), '`.` takes a field out of what stands before it', 'Write `&` to join texts')
  );
}

function isNoName(token: Token | undefined): boolean {
  return token?.kind === 'string' && (/^.\s|\s.$/.test(token.text) || !/[\p{L}\p{N}]/u.test(token.text));
}

/** `$names = packages.name;`: what stands before a `;` is no condition. */
function comparedName(tokens: readonly Token[]): Mistake | undefined {
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1]?.text;
    const isStart = before === undefined || before === '(' || before === ';';
    const equals = tokens[at + 1];
    if (token.kind !== 'variable' || !isStart || equals?.text !== '=' || !endsStep(tokens, at + 2)) continue;
    return mistake(
      from(equals),
      `\`=\` compares, and gives ${token.text} no value`,
      `Write \`${token.text} := …\``,
    );
  }
  return undefined;
}

/** True where the step that a token stands in ends with `;`. */
function endsStep(tokens: readonly Token[], start: number): boolean {
  let depth = 0;
  for (const { text, kind } of tokens.slice(start)) {
    if (kind !== 'operator') continue;
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text) && --depth < 0) return false;
    if (text === ';' && depth === 0) return true;
  }
  return false;
}

function nestedDefaults(tokens: readonly Token[]): Mistake | undefined {
  // of each open bracket: the deepest default in it, and the deepest on the left of a default that may follow
  const levels = [{ deepest: 0, left: 0 }];
  for (const token of tokens) {
    const level = levels.at(-1);
    if (token.kind !== 'operator' || level === undefined) continue;
    if ('([{'.includes(token.text)) levels.push({ deepest: 0, left: 0 });
    if (')]}'.includes(token.text) && levels.length > 1) {
      levels.pop();
      const outer = levels.at(-1) ?? level;
      outer.left = Math.max(outer.left, level.deepest);
      outer.deepest = Math.max(outer.deepest, level.deepest);
    }
    if (token.text !== '?:' && token.text !== '??') continue;
    if (level.left >= MAX_DEFAULTS)
      return mistake(from(token), DEFAULTS_MESSAGE, 'Name parts of it with `let`');
    level.deepest = Math.max(level.deepest, level.left + 1);
    level.left = 0;
  }
  return undefined;
}

const DEFAULTS_MESSAGE = `more than ${MAX_DEFAULTS} defaults within each other`;
