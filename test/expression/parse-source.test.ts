import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { parseSource } from '../../src/expression/parse-source.ts';

test.each([
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
])('the tree of %j is the one that JSONata makes, or its refusal', (source) => {
  const tree = answer(() => parseSource(source));

  expect(tree).toEqual(answer(() => jsonata(source).ast()));
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
