import { describe, expect, test } from 'vitest';
import { aLanguage, evaluate, frozen } from '../a-language.ts';

describe('$table', () => {
  const language = aLanguage({ tables: frozen({ hire: { pb: 'Photo booth', 5: 'Five', no: null } }) });
  const at = (source: string, input: unknown = {}) => evaluate(source, input, { language });

  test('yields the value of a key, the default or nothing', async () => {
    expect(await at('$table("hire", "pb")')).toBe('Photo booth');
    expect(await at('$table("hire", 5)')).toBe('Five');
    expect(await at('$table("hire", "zz", "Other")')).toBe('Other');
    expect(await at('$table("hire", "zz")')).toBeUndefined();
    expect(await at('$table("hire", "no", "x")')).toBeNull();
  });

  test('a key that is nothing yields nothing, even with a default', async () => {
    expect(await at('$table("hire", missing, "Other")')).toBeUndefined();
    expect(await at('$table("hire", null, "Other")')).toBeUndefined();
  });

  test('an unknown table is an error, and inherited names are no keys', async () => {
    await expect(at('$table("higher", "pb")')).rejects.toThrow('no table "higher"');
    await expect(at('$table("constructor", "name")')).rejects.toThrow('no table');
    expect(await at('$table("hire", "constructor")')).toBeUndefined();
    expect(await at('$table("hire", "__proto__", 1)')).toBe(1);
    await expect(at('$table("hire", ["pb", "mm"])')).rejects.toThrow('not a list');
  });
});

test.each([
  ['Café Ångström & Co.', 'cafe-angstrom-co'],
  ['  Straße -- Łódź ', 'strasse-lodz'],
  ["Ann's Party", 'anns-party'],
  ['２０２６', '2026'],
  [5, '5'],
  [true, 'true'],
  ['!!!', undefined],
  ['日本', undefined],
  ['', undefined],
  [null, undefined],
])('$slug of %s is %s', async (x, expected) => {
  expect(await evaluate('$slug(x)', { x })).toBe(expected);
});

test.each([
  ['1,234.50', 1234.5],
  ['1,234,567', 1234567],
  [' 12 ', 12],
  ['-5', -5],
  ['+5.25', 5.25],
  ['.5', 0.5],
  ['1e3', 1000],
  ['£1,234.50', 1234.5],
  ['-£20', -20],
  ['20 €', 20],
  [7.5, 7.5],
  ['1.234,50', undefined],
  ['12,5', undefined],
  ['1,23', undefined],
  ['abc', undefined],
  ['12 guests', undefined],
  ['0x10', undefined],
  ['1e999', undefined],
  ['Infinity', undefined],
  ['-', undefined],
  ['£', undefined],
  ['', undefined],
  [true, undefined],
  [null, undefined],
])('$num of %s is %s', async (x, expected) => {
  expect(await evaluate('$num(x)', { x })).toBe(expected);
});

test.each([
  [1, true],
  ['1', true],
  ['TRUE', true],
  [' Yes ', true],
  ['on', true],
  [true, true],
  [0, false],
  ['no', false],
  ['', false],
  ['y', false],
  [false, false],
  [2, false],
  [null, undefined],
  [undefined, undefined],
])('$yes of %s is %s', async (x, expected) => {
  expect(await evaluate('$yes(x)', { x })).toBe(expected);
});

test('lists and objects are errors, with how to apply a function to each element', async () => {
  for (const name of ['slug', 'num', 'yes', 'zoned', 'date']) {
    await expect(evaluate(`$${name}([1, 2])`)).rejects.toThrow(`list.$${name}($)`);
    await expect(evaluate(`$${name}({ "a": 1 })`)).rejects.toThrow('not an object');
  }
});
