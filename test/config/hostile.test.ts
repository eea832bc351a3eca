import { randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toJson } from '../../src/cli/print/print-problems.ts';
import { loadConfig } from '../../src/config/load.ts';
import { checkText, validateFile } from '../../src/config/validate.ts';
import { aConfig, aFolder } from './load-config.ts';

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
  ['wrong escapes', `a: "${repeat('\\z', 400_000)}"`],
  ['folded texts', `a: ${repeat('>\n', 300_000)}`],
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

  test('20,000 mistakes are told soon, each at its place', async () => {
    const file = join(aFolder(''), 'sync.config.yaml');
    writeFileSync(file, `version: 1\nconnections: {}\n${lines(20_000, (at) => `bad${at}: 1`)}`);
    const start = performance.now();

    const { problems, sources } = await validateFile(file);
    const { problems: told } = toJson(problems, sources, '/');

    expect(told.slice(-1)).toMatchObject([{ line: 20_002, column: 1 }]);
    expect(performance.now() - start).toBeLessThan(SOON_MS);
  });

  test('5,000 syncs that write one field are compared soon', () => {
    const syncs = lines(
      5000,
      (at) => `  c${at}: { from: s${at}, to: g.contact, fields: { firstName: name } }`,
    );
    const text = `version: 1\nconnections: { g: { type: ghl } }\nsyncs:\n${syncs}`;
    const start = performance.now();

    const { problems } = checkText('/sync.config.yaml', text);

    expect(problems.filter(({ code }) => code === 'written-twice')).toHaveLength(4999);
    expect(performance.now() - start).toBeLessThan(SOON_MS);
  });

  test.each([
    ['a sum without end', 'a + '.repeat(4_900) + 'a'],
    ['names of names', '$x := '.repeat(3_000) + 'b'],
    ['brackets in brackets', '('.repeat(5_000) + 'a' + ')'.repeat(5_000)],
    ['calls in calls', '$f('.repeat(4_000) + 'a' + ')'.repeat(4_000)],
    ['a mebibyte', `"${'a'.repeat(1_000_000)}"`],
  ])('an expression that is %s is one mistake', (_what, expression) => {
    const { problems } = checkText('/sync.config.yaml', mapping(expression));

    const told = problems.filter(({ code }) => code === 'expression');
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toMatch(/nested too deeply|more than 20000 characters/);
  });

  const besides: readonly (readonly [what: string, config: string, file: string])[] = [
    ['config', 'version: 1', 'sync.config.yaml'],
    ['file of syncs', 'version: 1\nsyncs: [./beside.yaml]', 'beside.yaml'],
    ['sample', 'version: 1\nsources: { s: { sample: beside.json } }', 'beside.json'],
    ['lock', 'version: 1', 'sync.lock.yaml'],
    ['document', 'version: 1\nconnections: { c: { type: http, openapi: ./beside.yaml } }', 'beside.yaml'],
  ];

  test.each(besides)('a pipe in the place of a %s is not waited for', async (_what, config, name) => {
    const folder = aFolder(config);
    rmSync(join(folder, name), { force: true });
    execFileSync('mkfifo', [join(folder, name)]);

    const { problems } = await validateFile(join(folder, 'sync.config.yaml'));

    expect(problems.map(({ message }) => message).join()).toContain('it is a pipe or a device');
  });

  test.each(besides)('a folder in the place of a %s is told', async (_what, config, name) => {
    const folder = aFolder(config);
    rmSync(join(folder, name), { force: true });
    mkdirSync(join(folder, name));

    const { problems } = await validateFile(join(folder, 'sync.config.yaml'));

    expect(problems.map(({ message }) => message).join()).toMatch(/it is a folder|EISDIR/);
  });

  test('a file whose links lead in a circle, or that never ends, is told', async () => {
    const folder = aFolder('');
    symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
    symlinkSync('/dev/zero', join(folder, 'endless.yaml'));

    const circle = await validateFile(join(folder, 'circle.yaml'));
    const endless = await validateFile(join(folder, 'endless.yaml'));

    expect(circle.problems).toMatchObject([
      { message: expect.stringContaining('lead in a circle') as string },
    ]);
    expect(endless.problems).toMatchObject([{ message: expect.stringContaining('a device') as string }]);
  });

  test('an .env that is a pipe is read, as keepers of secrets hand theirs', async () => {
    const http = '{ type: http, baseUrl: "${URL}" }';
    const folder = aFolder(aConfig({ http }));
    execFileSync('mkfifo', [join(folder, '.env')]);

    const loading = loadConfig(join(folder, 'sync.config.yaml'), { env: {} });
    await writeFile(join(folder, '.env'), 'URL=https://booth.example\n');

    expect((await loading).problems).toEqual([]);
  });

  test('an .env that is no UTF-8 text is told, and not taken for none', async () => {
    const folder = aFolder('version: 1\nconnections: {}\nsources: {}\nsyncs: {}\n');
    writeFileSync(join(folder, '.env'), Buffer.from('\uFEFFTOKEN=1\n', 'utf16le'));

    const { problems } = await loadConfig(join(folder, 'sync.config.yaml'), { env: {} });

    expect(problems).toMatchObject([{ code: 'file-unreadable', message: 'the file is not text in UTF-8' }]);
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

function mapping(expression: string): string {
  return `version: 1
connections: { g: { type: ghl } }
syncs:
  contacts: { to: g.contact, fields: { email: ${JSON.stringify(expression)} } }
`;
}
