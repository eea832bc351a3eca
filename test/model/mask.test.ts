import { expect, test } from 'vitest';
import { masked, withoutQuotes, withoutValues } from '../../src/model/mask.ts';

test.each([
  ['a name, whatever its case', 'ANN-Marie is taken', { name: 'Ann-Marie' }, '*** is taken'],
  ['the longest first', 'Ann Lee and Ann', { a: 'Ann', b: 'Ann Lee' }, '*** and ***'],
  ['only whole words', 'Annexe of Ann', { a: 'ann' }, 'Annexe of ***'],
  ['what lies deep, and in lists', 'Elm Grove is odd', { a: [{ b: 'Elm Grove' }] }, '*** is odd'],
  ['signs that mean something elsewhere', 'a (b)* [c] is odd', { a: 'a (b)* [c]' }, '*** is odd'],
  ['letters of any script', 'Ünal ist vergeben', { a: 'ünal' }, '*** ist vergeben'],
  ['no numbers and no short words', '422: 12 is no', { a: '422', b: 'no', c: 12 }, '422: 12 is no'],
  ['days, and long numbers', '1990-05-07 and 90210', { a: '1990-05-07', b: 90210 }, '*** and ***'],
  ['parts in quotes', '"Elm Gro…" is no number', { a: '12 Elm Grove' }, '"***" is no number'],
  ['what JSON writes otherwise', 'got "Elm\\nGrove"', { a: 'Elm\nGrove' }, 'got "***"'],
  [
    'no names of properties',
    '"email" must be one',
    { email: 'a@b.test', by: 'email' },
    '"email" must be one',
  ],
  ['nothing where it quotes nothing', 'a slot is taken', { a: 'a slot is taken by Ann' }, 'a slot is taken'],
])('a message loses %s', (_, text, record, expected) => {
  expect(withoutValues(text, [record])).toBe(expected);
});

test('a message about nobody knows whom loses all that it quotes, also where it was cut short', () => {
  const text = 'no number: "Ann \\"A\\" Lee" (D3030, at character 1: `$number`); "Ann Le…';

  expect(withoutQuotes(text)).toBe('no number: "***" (D3030, at character 1: `$number`); "***"');
});

test('a message loses values of what is nested deeper than the stack', () => {
  let deep: unknown = 'Annalena';
  for (let n = 0; n < 200_000; n++) deep = [deep];

  expect(withoutValues('Annalena is taken', [deep])).toBe('*** is taken');
});

test.each([
  ['ann@example.com or +44 7700 900123', '*** or ***'],
  ['call 07700-900-123 on 2026-12-24', 'call *** on 2026-12-24'],
  ['2026-12-24 07700900123', '2026-12-24 ***'],
  ['2026-12-24T18:00:00+01:00', '2026-12-24T18:00:00+01:00'],
  ['2026-12-245', '***'],
])('of %j only addresses and numbers are masked', (text, expected) => {
  expect(masked(text)).toBe(expected);
});
