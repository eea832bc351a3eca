import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { checkText, validateFile } from '../../src/config/validate.ts';
import { readTests } from '../../src/config/mapping-tests/read-tests.ts';
import { runTests } from '../../src/engine/mapping-tests/run-tests.ts';
import { blocksOf, documents } from './documents.ts';

type Blocks = Readonly<Record<string, unknown>>;

const blocks = documents.flatMap(blocksOf);
const whole = blocks.filter(({ kind }) => kind === 'yaml');
const mappingTests = blocks.filter(({ kind }) => kind === 'yaml test');
const fragments = blocks.filter(({ kind }) => kind === 'yaml fragment');

test('a YAML block is a whole config, or says that it is a fragment', () => {
  const known = ['yaml', 'yaml fragment', 'yaml test'];
  const others = blocks.filter(({ kind }) => /ya?ml/.test(kind) && !known.includes(kind));

  expect(others).toEqual([]);
  expect(whole.length).toBeGreaterThan(0);
  expect(fragments.length).toBeGreaterThan(0);
});

test.each(whole)('the config at $file:$line is right', ({ text }) => {
  expect(checkText('sync.config.yaml', text).problems).toEqual([]);
});

test.each(fragments)('the fragment at $file:$line fits into sync.config.yaml', ({ text }) => {
  const base = parse(readFileSync('sync.config.yaml', 'utf8')) as Blocks;

  const { problems } = checkText(resolve('sync.config.yaml'), stringify(merged(base, parse(text) as Blocks)));

  expect(problems).toEqual([]);
});

test.each([
  ...mappingTests,
  { file: 'sync.config.test.yaml', line: 1, text: readFileSync('sync.config.test.yaml', 'utf8') },
])('the mapping tests at $file:$line pass on sync.config.yaml', async ({ file, text }) => {
  const { config } = await loadConfig('sync.config.yaml', { env: {}, envFile: null, unset: 'keep' });
  const { tests, problems } = readTests(file, text, [...config!.syncs.keys()]);

  const { results } = await runTests(config!, tests);

  expect(problems).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
  expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
});

test.each(['sync.config.yaml', ...globSync('examples/*.yaml')])('%s is right', async (file) => {
  expect((await validateFile(file)).problems).toEqual([]);
});

/** What the fragment says of a connection, a source or a sync is laid over what the base says of it. */
function merged(base: Blocks, fragment: Blocks): Blocks {
  const named = Object.entries(fragment).map(([name, value]) => {
    const before = base[name];
    return [name, isMap(before) && isMap(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(named) };
}

function isMap(value: unknown): value is Blocks {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
