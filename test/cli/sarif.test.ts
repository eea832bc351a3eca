import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { aPlace, boothsync, CONFIG } from './run-boothsync.ts';
import { SARIF_FORM } from './sarif-form.ts';

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[];
        };
      };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region?: unknown;
            };
          },
        ];
      }[];
    },
  ];
}

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const isSarif = ajv.compile(SARIF_FORM);

async function sarif(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Sarif> {
  const cwd = await aPlace();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(cwd, name, '..'), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
  const { stdout } = await boothsync(['validate', '--format', 'sarif', ...Object.keys(files), ...args], {
    cwd,
  });
  const document: unknown = JSON.parse(stdout);
  expect(isSarif(document), JSON.stringify(isSarif.errors)).toBe(true);
  return document as Sarif;
}

const BROKEN = CONFIG.replace('email: email', 'emial: email');
const UNUSED = CONFIG.replace('sources:', '  spare: { type: http, baseUrl: "http://127.0.0.1:9" }\nsources:');

test('a problem is a result at its lines and columns, of a rule that helps', async () => {
  const { runs } = await sarif({ 'sync.config.yaml': BROKEN });

  const [{ results, tool }] = runs;
  const lines = BROKEN.split('\n');
  const line = lines.findIndex((each) => each.includes('emial')) + 1;
  const column = lines[line - 1]!.indexOf('emial') + 1;
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual(
    expect.arrayContaining([['unknown-field', 'error']]),
  );
  const found = results.find(({ ruleId }) => ruleId === 'unknown-field')!;
  expect(found.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'sync.config.yaml', uriBaseId: 'ROOT' },
    region: { startLine: line, startColumn: column, endLine: line, endColumn: column + 5 },
  });
  expect(tool.driver.rules[found.ruleIndex]).toMatchObject({ id: 'unknown-field' });
  expect(tool.driver.rules[found.ruleIndex]!.help.text).not.toBe('');
});

test('every result leads to the rule of its code, and each rule stands once', async () => {
  const { runs } = await sarif({ 'a.yaml': BROKEN, 'b.yaml': BROKEN, 'c.yaml': UNUSED });

  const [{ results, tool }] = runs;
  const ids = tool.driver.rules.map(({ id }) => id);
  expect(results.length).toBeGreaterThan(ids.length);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
});

test('a file in a folder with blanks and umlauts has a relative address that is one', async () => {
  const { runs } = await sarif({ 'büro configs/a b.yaml': BROKEN });

  const [{ results }] = runs;
  expect(results[0]!.locations[0].physicalLocation.artifactLocation.uri).toBe(
    'b%C3%BCro%20configs/a%20b.yaml',
  );
});

test('a file that can’t be read is a result without a region', async () => {
  const cwd = await aPlace();

  const { stdout, code } = await boothsync(['validate', '--format', 'sarif', 'nowhere.yaml'], { cwd });

  const document = JSON.parse(stdout) as Sarif;
  expect(code).toBe(1);
  expect(isSarif(document)).toBe(true);
  expect(document.runs[0].results[0]!.locations[0].physicalLocation.region).toBeUndefined();
});

test('nothing wrong is a run without results', async () => {
  const { runs } = await sarif({ 'right.yaml': CONFIG.replace('token: pit', 'token: "${T}"') });

  expect(runs[0].results).toEqual([]);
});

test('a warning is one, and with --strict an error', async () => {
  const { runs: plain } = await sarif({ 'a.yaml': UNUSED });
  const { runs: strict } = await sarif({ 'a.yaml': UNUSED }, '--strict');

  const levels = (run: Sarif['runs'][0]): readonly string[] =>
    run.results.filter(({ ruleId }) => ruleId === 'unused').map(({ level }) => level);
  expect(levels(plain[0])).toEqual(['warning']);
  expect(levels(strict[0])).toEqual(['error']);
});
