import { expect, test } from 'vitest';
import { languageOf } from '../../src/config/language-of.ts';
import { readingOf } from '../../src/config/reading.ts';

const languageIn = (text: string) => languageOf(readingOf('sync.config.yaml', text).root!);

test('files that are set up alike compile what they have in common once', () => {
  const one = languageIn('version: 1\ncountry: GB\n');
  const other = languageIn('# another file\nversion: 1\ncountry: GB\nvars: {}\n');

  expect(other.expression('$e164(phone)')).toBe(one.expression('$e164(phone)'));
});

test.for<readonly [one: string, other: string, source: string]>([
  ['country: GB', 'country: NL', '$e164("020 7946 0018")'],
  ['timezone: UTC', 'timezone: Europe/London', '$zoned("2026-06-01 10:00")'],
  ['vars: { a: 1 }', 'vars: { a: 2 }', '$vars.a'],
  ['tables: { t: { a: 1 } }', 'tables: { t: { a: 2 } }', '$table("t", "a")'],
])('what %s yields is not what %s does', async ([one, other, source]) => {
  const yielded = async (text: string): Promise<unknown> => {
    const compiled = languageIn(`version: 1\n${text}\n`).expression(source);
    return compiled.ok ? compiled.run({}, {}) : compiled.message;
  };

  const [first, second, again] = [await yielded(one), await yielded(other), await yielded(one)];

  expect(second).not.toEqual(first);
  expect(again).toEqual(first);
});
