import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depthOf, parseJson } from '../../src/model/parse-json.ts';

describe('numbers', () => {
  test.for([
    ['[1, 2.5, -3, 1e3, 0.1]', [1, 2.5, -3, 1000, 0.1]],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['{"id":12345678901234567}', { id: '12345678901234567' }],
    ['1e400', '1e400'],
    ['[0.1234567890123456789, 1e100]', [Number('0.1234567890123456789'), 1e100]],
    ['"1234567890123456789"', '1234567890123456789'],
  ] as const)('%s', ([text, value]) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('what JavaScript holds exactly is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const plain: unknown = JSON.parse(text);
        const isExact = !/\d{16}|\d[eE][+-]?\d{3}/.test(text);

        if (isExact) expect(parseJson(text)).toEqual(plain);
        else expect(() => parseJson(text)).not.toThrow();
      }),
    );
  });
});

test('the depth of JSON leaves out what stands in strings', () => {
  const depths = ['1', '[]', '{"a":[{}]}', '["[[[["]', String.raw`["\"[", "\\", [1]]`, '[[],[],[[]]]'].map(
    depthOf,
  );

  expect(depths).toEqual([0, 1, 3, 1, 2, 3]);
});
