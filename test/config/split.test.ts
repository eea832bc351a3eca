import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { validateFile } from '../../src/config/validate.ts';

const MAIN = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
syncs: [./syncs/*.yaml]
`;
const CONTACTS = 'contacts: { from: bookings, to: ghl.contact, fields: { email: email } }\n';
const NOTES = 'notes:\n  from: bookings\n  to: ghl.note\n  parent: contacts\n  fields: { body: notes }\n';

interface Found {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-split-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly Found[]> {
  const folder = folderWith(files);
  const { problems, sources } = await validateFile(join(folder, 'sync.config.yaml'));
  return problems.map(({ code, message, at }) => ({
    code,
    message,
    file: relative(folder, at!.file),
    line: (sources.get(at!.file) ?? '').slice(0, at!.start).split('\n').length,
  }));
}

test('syncs of several files see each other', async () => {
  const folder = folderWith({
    'sync.config.yaml': MAIN,
    'syncs/a.yaml': CONTACTS,
    'syncs/b.yaml': `syncs:\n${NOTES.replace(/^/gm, '  ')}`,
    'syncs/b.test.yaml': 'tests: []\n',
  });

  const { config, problems } = await loadConfig(join(folder, 'sync.config.yaml'), {
    env: { GHL_TOKEN: 'pit-1' },
  });

  expect(problems).toEqual([]);
  expect([...config!.syncs.keys()]).toEqual(['contacts', 'notes']);
});

test('a mistake is told in the file that holds it, at its line', async () => {
  const problems = await problemsOf({
    'sync.config.yaml': MAIN,
    'syncs/a.yaml': CONTACTS,
    'syncs/b.yaml': NOTES.replace('body: notes', 'body: $lowercas(notes)'),
  });

  expect(problems).toEqual([
    {
      file: 'syncs/b.yaml',
      line: 5,
      code: 'unknown-variable',
      message: 'unknown function $lowercas',
    },
  ]);
});

test('a file that is no YAML is the only problem', async () => {
  const problems = await problemsOf({
    'sync.config.yaml': MAIN,
    'syncs/a.yaml': 'contacts: [',
    'syncs/b.yaml': NOTES,
  });

  expect(problems).toMatchObject([{ file: 'syncs/a.yaml', code: 'yaml' }]);
});

test('a glob that no file matches is told at the glob', async () => {
  const problems = await problemsOf({ 'sync.config.yaml': MAIN });

  expect(problems).toEqual([
    {
      file: 'sync.config.yaml',
      line: 7,
      code: 'file-unreadable',
      message: 'no file matches "./syncs/*.yaml"',
    },
  ]);
});

test('a sync that stands in two files is told at the second', async () => {
  const problems = await problemsOf({
    'sync.config.yaml': MAIN,
    'syncs/a.yaml': CONTACTS,
    'syncs/b.yaml': CONTACTS,
  });

  expect(problems).toEqual([
    {
      file: 'syncs/b.yaml',
      line: 1,
      code: 'duplicate-key',
      message: 'sync "contacts" stands in two files',
    },
  ]);
});

test('a file that two globs match is read once', async () => {
  const problems = await problemsOf({
    'sync.config.yaml': MAIN.replace('[./syncs/*.yaml]', '[syncs/*.yaml, ./syncs/a.yaml]'),
    'syncs/a.yaml': CONTACTS,
  });

  expect(problems).toEqual([]);
});

test('a list is told as no file of syncs', async () => {
  const problems = await problemsOf({ 'sync.config.yaml': MAIN, 'syncs/a.yaml': '- contacts\n' });

  expect(problems).toMatchObject([{ file: 'syncs/a.yaml', line: 1, code: 'wrong-type' }]);
});
