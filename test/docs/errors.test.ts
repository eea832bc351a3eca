import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isFresh, problemsOf } from '../../scripts/errors.ts';
import { EXAMPLE_CONFIG, EXAMPLE_SAMPLE } from '../../scripts/errors-example.ts';
import type { Command, Edited } from '../../src/config/problem-pages/page.ts';
import { PROBLEM_PAGES } from '../../src/config/problem-pages/pages.ts';
import { aPlace, boothsync } from '../cli/run-boothsync.ts';

const examples = Object.entries(PROBLEM_PAGES).map(([code, { example }]) => [code, example] as const);
const edits = examples.filter((each): each is readonly [string, Edited] => 'part' in each[1]);
const commands = examples.filter((each): each is readonly [string, Command] => 'command' in each[1]);

test('docs/errors.md is what node scripts/errors.ts makes', async () => {
  expect(await isFresh()).toBe(true);
});

test('the config that the examples are edits of is right', async () => {
  const { problems } = await problemsOf({ part: 'version', by: 'version' });

  expect(problems).toEqual([]);
});

describe('the example of a code gives one problem of that code', () => {
  test.each(edits)('%s', async (code, example) => {
    const { problems } = await problemsOf(example);

    expect(EXAMPLE_CONFIG).toContain(example.part);
    expect(problems.map((each) => each.code)).toEqual([code]);
  });
});

/** A failing test for the mapping, which `boothsync test` finds beside the config. */
const TESTS = `tests:
  - name: a lower-case address
    sync: contacts
    record: { booking_id: 1, email: ANN@example.com }
    expect: { fields: { email: ANN@example.com } }
`;

/** An API that lets nobody in. */
async function refusing(): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(401).end('{}'));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function placeOf(example: Command): Promise<string> {
  const { part, by } = example.with ?? { part: 'version', by: 'version' };
  expect(EXAMPLE_CONFIG).toContain(part);
  return aPlace({
    'sync.config.yaml': EXAMPLE_CONFIG.replace(part, () => by),
    'sync.config.test.yaml': TESTS,
    'bookings.json': EXAMPLE_SAMPLE,
  });
}

describe('the command of a code that only a run shows says what its page says', () => {
  test.each(commands.filter(([code]) => code !== 'store-held'))('%s', async (_code, example) => {
    const cwd = await placeOf(example);
    const [, ...args] = example.command.split(' ');

    const { code, stdout, stderr } = await boothsync(args, {
      cwd,
      env: { BOOTHSYNC_KEY: Buffer.alloc(32).toString('base64'), BOOTH_URL: await refusing() },
    });

    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(example.says);
  });

  test('store-held', async () => {
    const example = PROBLEM_PAGES['store-held'].example as Command;
    const cwd = await placeOf(example);
    await writeFile(join(cwd, '.env'), '');
    const holder = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url));
    const other = spawn(process.execPath, [holder, `sqlite:${join(cwd, 'boothsync.db')}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');

    const { code, stderr } = await boothsync(['run'], { cwd });

    expect(code).toBe(1);
    expect(stderr).toContain(example.says);
  });
});
