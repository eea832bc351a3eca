import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { parseSource, parseTogether } from '../../src/expression/parse-source.ts';

const SOURCES = [
  'email',
  'customer.address.city',
  '_id.$name',
  'a.and.b',
  'or',
  'in',
  'true',
  'null.a',
  'function',
  'a.',
  '.a',
  'a..b',
  'a b',
  ' a ',
  '\n\t a.b ',
  '\u00a0a',
  'a .b',
  'a.b[0].c',
  'größe.breite',
  '',
  '$lowercase(email ? email : phone)',
  'status in ["Confirmed", "Done"]',
  'items.(price * 2)^(>price){ name: $sum(total) }[0]',
  '$map(items, function($v, $i)<xn:x> { $v.name ?? $i })',
  '$replace(phone, /[^0-9+]/i, "") ~> $trim',
  '$ ~> |customer|{"name": "Ann"}, ["age"]|',
  'items@$item#$at.$item.parent.%.id',
];

test.each(SOURCES)('the tree of %j is the one that JSONata makes, or its refusal', (source) => {
  const tree = answer(() => parseSource(source));

  expect(tree).toEqual(answer(() => jsonata(source).ast()));
});

test('sources that are parsed together have the trees that each has alone', () => {
  const right = SOURCES.filter((source) => typeof answer(() => jsonata(source).ast()) === 'object');
  const trees = parseTogether(right);

  expect(trees.size).toBeGreaterThan(right.length / 3);
  for (const [source, tree] of trees) expect(answer(() => tree)).toEqual(answer(() => jsonata(source).ast()));
});

test.each([
  [['a & 1', 'b & ']],
  [['a), (b', 'c & 1']],
  [['a)(b', 'c & 1']],
  [['a + 1, b', 'c & 1']],
  [['a] + [b', 'c & 1']],
  [['"a', 'b"', 'c & 1']],
  [['`a', 'b`', 'c), (d & 1']],
  [['a & 1', ') , (']],
  [['', 'a & 1']],
  [['a & 1 /* ', ' */ & b']],
])('where one of %j is wrong, none is taken from there', (sources) => {
  expect(parseTogether(sources)).toEqual(new Map());
});

test('nor where one is nested deeper than the stack reaches', () => {
  for (const count of [2_000, 4_000, 8_000, 16_000])
    expect(() => parseTogether(['a & 1', `${'a + '.repeat(count)}a`])).not.toThrow();
});

test('what could reach into a neighbour is parsed alone', () => {
  const sources = ['a & 1 /* b */', '(a; b) & 1', '/ab+/', 'a.(%.b)'];

  expect(parseTogether([...sources, 'a & 2'])).toEqual(new Map([['a & 2', jsonata('a & 2').ast()]]));
});

test('no node of a tree keeps the grammar that it was parsed with', () => {
  const tree = parseSource('$lowercase(email) & $string(price * 2)');

  expect(prototypesIn(tree)).toEqual(new Set([Object.prototype, Array.prototype]));
});

/** The tree as JSON with its regular expressions, or the code of the refusal. */
function answer(parse: () => unknown): unknown {
  const shown = (_: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);
  try {
    return JSON.parse(JSON.stringify(parse(), shown)) as unknown;
  } catch (refusal) {
    return (refusal as { readonly code: unknown }).code;
  }
}

function prototypesIn(value: unknown): ReadonlySet<unknown> {
  if (typeof value !== 'object' || value === null) return new Set();
  const below = Object.values(value).flatMap((each) => [...prototypesIn(each)]);
  return new Set([Object.getPrototypeOf(value), ...below]);
}
