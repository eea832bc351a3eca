import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/cli/init/ask.ts';
import { completed } from '../../../src/cli/init/choices.ts';
import { nextCommands } from '../../../src/cli/init/next-commands.ts';
import { fromTemplate } from '../../../src/cli/init/template.ts';
import { until } from '../../support/wait.ts';
import { aPlace, boothsync } from '../run-boothsync.ts';

test('init writes a config with all that goes with it, and ends with the next three commands', async () => {
  const folder = await aPlace();

  const { code, stdout, stderr } = await boothsync(['init', 'crm'], { cwd: folder });

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`written  crm/sync.config.yaml  (the config)
written  crm/sync.config.test.yaml  (its mapping tests)
written  crm/samples/bookings.json  (made-up records)
written  crm/.env.example  (what it needs from the environment)
written  crm/.github/workflows/boothsync.yml  (checks each change on GitHub)
written  crm/sync.schema.json  (for your editor)
written  crm/.gitignore  (keeps secrets and the store out of git)
written  crm/boothsync.key  (seals tokens in the store; keep it secret)

Next:
  cp crm/.env.example crm/.env             then fill it in; to try it without keys: boothsync sandbox
  boothsync plan -c crm/sync.config.yaml   shows what would be done, and sends nothing
  boothsync run -c crm/sync.config.yaml    does it; cron calls it from then on
`);
});

test('the key is 32 bytes in base64 that only its owner may read, and another one each time', async () => {
  const [one, two] = [await aPlace(), await aPlace()];

  await boothsync(['init'], { cwd: one });
  await boothsync(['init'], { cwd: two });

  const [key, other] = [one, two].map((folder) => readFileSync(join(folder, 'boothsync.key'), 'utf8'));
  expect(Buffer.from(key!, 'base64')).toHaveLength(32);
  expect(statSync(join(one, 'boothsync.key')).mode & 0o777).toBe(0o600);
  expect(key).not.toBe(other);
});

test('a config that is there is not overwritten, and nothing else is written', async () => {
  const folder = await aPlace({ 'sync.config.yaml': 'mine' });

  const { code, stdout, stderr } = await boothsync(['init'], { cwd: folder });

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('sync.config.yaml is in . already: nothing was written');
  expect(readFileSync(join(folder, 'sync.config.yaml'), 'utf8')).toBe('mine');
  expect(() => statSync(join(folder, 'boothsync.key'))).toThrow('ENOENT');
});

test('with --force it is, but never the key', async () => {
  const folder = await aPlace({
    'sync.config.yaml': 'mine',
    'boothsync.key': 'the key',
    '.env.example': 'A=1',
  });

  const { code, stdout } = await boothsync(['init', '--force', '--json'], { cwd: folder });

  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [
      { path: 'sync.config.yaml', state: 'written' },
      { path: 'sync.config.test.yaml', state: 'written' },
      { path: 'samples/bookings.json', state: 'written' },
      { path: '.env.example', state: 'written' },
      { path: '.github/workflows/boothsync.yml', state: 'written' },
      { path: 'sync.schema.json', state: 'written' },
      { path: '.gitignore', state: 'written' },
      { path: 'boothsync.key', state: 'kept' },
    ],
    next: ['cp .env.example .env', 'boothsync plan', 'boothsync run'],
  });
  expect(readFileSync(join(folder, 'boothsync.key'), 'utf8')).toBe('the key');
});

test('what goes with the config stays where it is there, and is named', async () => {
  const folder = await aPlace({ '.env.example': 'A=1', '.gitignore': 'dist\n.env' });

  const { code, stdout } = await boothsync(['init'], { cwd: folder });

  expect(code).toBe(0);
  expect(stdout).toContain('kept     .env.example  (it was there)\n');
  expect(readFileSync(join(folder, '.env.example'), 'utf8')).toBe('A=1');
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(
    'dist\n.env\nboothsync.key\n*.db\n*.db-*\n*.db.lock\n*.db.owner\n',
  );
});

test.each([
  { args: ['--source', 'sheets'], words: 'boothbook, webhooks, other' },
  { args: ['--syncs', 'contacts,pets'], words: 'pets: choose of contacts, tasks, notes, appointments' },
  { args: ['--as', 'magic'], words: 'cron, service' },
])('init $args is wrong usage, and says what there is', async ({ args, words }) => {
  const { code, stderr } = await boothsync(['init', ...args]);

  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

test.each(['crm', 'crm/london'])('a file in the way of %s is told in words', async (dir) => {
  const folder = await aPlace({ crm: 'a file' });

  const { code, stderr } = await boothsync(['init', dir], { cwd: folder });

  expect(code).toBe(2);
  expect(stderr).toBe(
    'error  crm is a file, and a config goes into a folder; name another, or move the file away\n',
  );
});

test('a folder below it that is there is used', async () => {
  const folder = await aPlace();
  mkdirSync(join(folder, 'samples'));
  writeFileSync(join(folder, 'samples/leads.json'), '[]');

  expect((await boothsync(['init'], { cwd: folder })).code).toBe(0);
});

describe('the questions', () => {
  const ENTER = '\r';
  const DOWN = '\u001b[B';

  /** Presses keys once the question before them is asked. */
  async function answered(
    said: Parameters<typeof ask>[0],
    answers: readonly { readonly question: string; readonly keys: readonly string[] }[],
  ) {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = Object.assign(new PassThrough(), { columns: 100, rows: 40 });
    let screen = '';
    output.on('data', (chunk: Buffer) => (screen += chunk.toString()));
    const choices = ask(said, { input, output });
    for (const { question, keys } of answers) {
      await until(() => screen.includes(question), question);
      for (const key of keys) input.write(key);
    }
    return choices;
  }

  test('are answered with the keyboard', async () => {
    const choices = await answered({}, [
      { question: 'Where', keys: [DOWN, ENTER] },
      { question: 'What', keys: [DOWN, ' ', ENTER] },
      { question: 'How', keys: [ENTER] },
    ]);

    expect(choices).toEqual({ source: 'webhooks', syncs: ['contacts', 'tasks'], as: 'service' });
  });

  test('are only those that no flag has answered', async () => {
    const choices = await answered({ source: 'other', syncs: ['notes'] }, [
      { question: 'How', keys: [ENTER] },
    ]);

    expect(choices).toEqual({ source: 'other', syncs: ['contacts', 'notes'], as: 'cron' });
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('can be left with %s', async (_name, key) => {
    expect(await answered({}, [{ question: 'Where', keys: [key] }])).toBeUndefined();
  });
});

test('in a checkout the next commands are as npm calls them', () => {
  const next = nextCommands("my crm's", completed({ as: 'service' }), { npm_lifecycle_event: 'boothsync' });

  expect(next.map(({ command }) => command)).toEqual([
    `cp 'my crm'\\''s/.env.example' 'my crm'\\''s/.env'`,
    `npm run -s boothsync -- plan -c 'my crm'\\''s/sync.config.yaml'`,
    `npm run -s boothsync -- serve -c 'my crm'\\''s/sync.config.yaml'`,
  ]);
});

test('a part that is not chosen goes with all that is below it, and its mark goes anyway', () => {
  const template = '# a\n#[x] b\n#\nm:\n  n: #[x] why\n    # c\n    o: 1\n\n  p: #[y]\n    q: 2\nr: 3 #[x]\n';

  expect(fromTemplate(template, new Set(['y']))).toBe('# a\n#\nm:\n  p:\n    q: 2\n');
  expect(fromTemplate(template, new Set(['x']))).toBe(
    '# a\n# b\n#\nm:\n  n: # why\n    # c\n    o: 1\n\nr: 3\n',
  );
});
