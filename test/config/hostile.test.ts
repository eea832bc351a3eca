import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkText, validateFile } from '../../src/config/load.ts';
import { aFolder } from './load-config.ts';

const repeat = (text: string, count: number): string => text.repeat(count);
const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
const bomb = `version: 1\nconnections: {}\nx-a:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${lines(9, (at) => `  ${'bcdefghij'[at]!}: &${'bcdefghij'[at]!} [${Array(9).fill(`*${'abcdefghi'[at]!}`).join()}]`)}`;

/** Files that drown a parser. */
const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['more than a mebibyte', repeat('# comment\n', 110_000)],
  ['brackets in brackets', `a: ${repeat('[', 500_000)}`],
  ['maps in maps', `a: ${repeat('{"a":', 150_000)}`],
  ['dashes in dashes', `${repeat('- ', 400_000)}x`],
  ['keys in keys', repeat('? ', 400_000)],
  ['names below names', lines(1300, (at) => `${' '.repeat(at)}a:`)],
  ['an alias bomb', bomb],
  ['a list of aliases', `x: &x [1, 2, 3]\ny: [${repeat('*x,', 110_000)}]`],
  ['an alias of itself', 'x: &x [*x]'],
  ['quotes', repeat('"', 1_000_000)],
  ['anchors', `a: ${repeat('&a ', 300_000)}`],
  ['nested keys in a line', `a: ${repeat('x: ', 300_000)}`],
  ['duplicates', lines(30_000, () => 'a: 1')],
  ['tags', repeat('!', 900_000)],
  ['a zero byte', 'version: 1\0'],
  ['holes', `version: 1\nconnections: {}\nstore: "${repeat('${', 100_000)}"`],
  ['a regular expression that backtracks', `version: 1\nconnections: {}\nstore: ${repeat('1', 300_000)}m`],
];

/** Far above what they take, in ms: a loaded machine must not fail them, and what explodes takes minutes. */
const SOON_MS = 20_000;

describe('files that drown a parser are refused soon', () => {
  test.each(HOSTILE)('%s', (_what, text) => {
    checkText('/warm.yaml', 'version: 1');
    const start = performance.now();

    const { problems } = checkText('/sync.config.yaml', text);

    expect(performance.now() - start).toBeLessThan(SOON_MS);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(110);
    expect(Math.max(...problems.map(({ message, remedy }) => message.length + remedy.length))).toBeLessThan(
      600,
    );
  });

  test('40,000 names are read soon', () => {
    const text = `version: 1\nconnections: {}\ntables:\n  t:\n${lines(40_000, (at) => `    k${at}: 1`)}`;
    const start = performance.now();

    const { problems } = checkText('/sync.config.yaml', text);

    expect(problems).toEqual([]);
    expect(performance.now() - start).toBeLessThan(SOON_MS);
  });

  test.each([
    ['random bytes', randomBytes(5000)],
    ['UTF-16', Buffer.from('\uFEFFversion: 1\n', 'utf16le')],
  ])('%s are no text', async (_what, bytes) => {
    const file = join(aFolder(''), 'binary.yaml');
    writeFileSync(file, bytes);

    const { problems } = await validateFile(file);

    expect(problems).toMatchObject([{ code: 'file-unreadable' }]);
  });
});
