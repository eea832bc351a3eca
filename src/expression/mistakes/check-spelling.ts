import { BUILT_INS } from '../built-ins.ts';
import { MAX_SOURCE } from '../run/limits.ts';
import { meantFunction, NO_CLOCK } from './meant-function.ts';
import { from, mistake, type Mistake } from './mistake.ts';
import { OWN_FUNCTIONS } from '../functions/own-functions.ts';
import type { Token } from '../tokens.ts';
import { isFunctionName } from '../uses.ts';

/** `?:` and `??` copy their left side when they are parsed: this many within each other make a thousand copies. */
const MAX_DEFAULTS = 10;

/** Where all is, there is no odd character to look for. */
const NOT_ASCII = /[\u0080-\uffff]/;
const SMART_QUOTE = /[“”„‟‘’‚‛«»]/u;
// a letter in the eyes of JSONata
const ODD_BLANK = /[\u00a0\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/u;

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
    operatorOfAnotherLanguage(code) ??
    calledName(code) ??
    joinedByPoint(code) ??
    comparedName(code) ??
    nestedDefaults(code)
  );
}

const EMPTY_REMEDY = 'Write the name of a field, or leave the property out';
const LONG_MESSAGE = `the expression has more than ${MAX_SOURCE} characters`;

/** What print and some editors make of an operator. */
const SIGNS: Readonly<Record<string, string>> = {
  '≠': '!=',
  '≤': '<=',
  '≥': '>=',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': '*',
  '÷': '/',
};

function oddCharacter(tokens: readonly Token[]): Mistake | undefined {
  for (const token of tokens) {
    if (token.kind !== 'name' && token.kind !== 'variable') continue;
    const quote = SMART_QUOTE.exec(token.text);
    if (quote !== null)
      return mistake(
        { offset: token.start + quote.index, length: quote[0].length },
        `${quote[0]} is a typographic quote`,
        'Write texts in straight quotes, "Confirmed"; the name of a field that has this character in backquotes',
      );
    const sign = Object.hasOwn(SIGNS, token.text) ? SIGNS[token.text] : undefined;
    if (sign !== undefined)
      return mistake(from(token), `${token.text} is no operator of JSONata`, `Write \`${sign}\``);
    const blank = ODD_BLANK.exec(token.text);
    if (blank !== null)
      return mistake(
        { offset: token.start + blank.index, length: blank[0].length },
        'this is a blank of an unusual kind, which JSONata takes for a letter',
        'Replace it with an ordinary blank',
      );
  }
  return undefined;
}

/** What other languages write, as rows of tokens that stand side by side; longer rows first. */
const ELSEWHERE: readonly (readonly [tokens: readonly string[], remedy: string])[] = [
  [['=', '=', '='], 'Write `=`: JSONata compares with one'],
  [['!=', '='], 'Write `!=`'],
  [['=', '='], 'Write `=`: JSONata compares with one'],
  [['-', '>'], 'Write `function($x) { … }`'],
  [['=', '>'], 'Write `function($x) { … }`, or `>=` for "at least"'],
  [['<', '>'], 'Write `!=`'],
  [['&', '&'], 'Write `and`'],
  [['?', '.'], 'Write `.`: where what stands before it is missing, the whole is nothing'],
  [['|', '|'], 'Write `or`; for a default, `a ?? b`'],
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
        'Write `$not(…)`, or `!=` for "is not equal to"',
      );
  }
  return undefined;
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

/** `lowercase(email)` parses, and fails on every record. */
function calledName(tokens: readonly Token[]): Mistake | undefined {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'name' || tokens[at + 1]?.text !== '(' || ['function', 'λ'].includes(token.text))
      continue;
    if (['if', 'when', 'iif'].includes(token.text))
      return mistake(from(token), `JSONata has no \`${token.text}\``, 'Write `condition ? this : that`');
    if (tokens[at - 1]?.kind === 'name' && tokens[at - 1]!.text === 'new')
      return constructed(tokens[at - 1]!, token);
    const meant = inItsCase(meantFunction(token.text));
    if (meant.startsWith('$') && !isFunctionName(meant.slice(1)))
      return mistake(
        from(token),
        `there is no function \`${token.text}\``,
        'docs/reference.md lists all functions; each starts with `$`',
      );
    const isMethod = tokens[at - 1]?.text === '.';
    const owner = isMethod && tokens[at - 2]?.kind === 'name' ? tokens[at - 2]!.text : '…';
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

/** `$Number` → `$number`, where there is one. */
function inItsCase(written: string): string {
  const functions = [...Object.keys(BUILT_INS), ...Object.keys(OWN_FUNCTIONS)];
  const name = functions.find((each) => `$${each.toLowerCase()}` === written.toLowerCase());
  return name === undefined ? written : `$${name}`;
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

/** `new Date(event_date)`. */
function constructed(word: Token, type: Token): Mistake {
  const remedy =
    type.text === 'Date'
      ? `Write $zoned(…) for a time, $date(…) for a day; for the time of now take ${NO_CLOCK}`
      : 'Write the value itself, or a function that gives it';
  return mistake(from(word, type), '`new` makes nothing in JSONata', remedy);
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
