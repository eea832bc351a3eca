import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SOURCES, SYNCS, WAYS, type Choices } from '../../../src/cli/init/choices.ts';
import { starterFiles } from '../../../src/cli/init/starter.ts';
import { writeStarter } from '../../../src/cli/init/write-starter.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { validateFile } from '../../../src/config/validate.ts';
import { loadTests } from '../../../src/config/mapping-tests/load.ts';
import { runTests } from '../../../src/engine/mapping-tests/run-tests.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { aPlace, boothsync, start } from '../run-boothsync.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/wait.ts';
import { startBookingsApi } from './bookings-api.ts';

const children = ['tasks', 'notes', 'appointments'] as const;
const subsets = Array.from({ length: 8 }, (_, bits) => [
  'contacts' as const,
  ...children.filter((_name, at) => (bits >> at) & 1),
]);
const all = SOURCES.flatMap((source) =>
  subsets.flatMap((syncs) => WAYS.map((as) => ({ source, syncs, as }))),
);

async function written(choices: Choices): Promise<string> {
  const folder = await aPlace();
  await writeStarter(folder, await starterFiles(choices, '0.1.0'), false);
  return folder;
}

describe.each(all)('$source, $syncs, $as', (choices) => {
  test('the config is right, without a warning', async () => {
    const folder = await written(choices);

    const { problems, counts } = await validateFile(join(folder, 'sync.config.yaml'));

    expect(problems).toEqual([]);
    expect(counts.syncs).toBe(choices.syncs.length);
  });

  test('its tests pass, and each sync has one', async () => {
    const folder = await written(choices);
    const { config } = await loadConfig(join(folder, 'sync.config.yaml'), {
      env: {},
      envFile: null,
      unset: 'keep',
    });
    const { tests, problems } = await loadTests([], folder, [...config!.syncs.keys()]);

    const { results } = await runTests(config!, tests);

    expect(problems).toEqual([]);
    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect([...new Set(tests.map(({ sync }) => sync))].sort()).toEqual([...choices.syncs].sort());
  });

  test('.env.example names each variable that it reads, and no mark of a template is left', async () => {
    const folder = await written(choices);
    const config = readFileSync(join(folder, 'sync.config.yaml'), 'utf8');
    const example = readFileSync(join(folder, '.env.example'), 'utf8');

    const names = [...config.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!);

    expect(names.filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(example))).toEqual([]);
    expect(config).not.toContain('#[');
  });
});

test.each([
  ...subsets.map((syncs) => ({ source: 'boothbook', syncs })),
  { source: 'webhooks', syncs: [...SYNCS] },
])(
  'a first run of $source, $syncs makes them on the sandbox, and the second makes no call',
  async (flags) => {
    const sandbox = await startSandbox({ bookings: 4 });
    const folder = await aPlace();
    const args = ['--source', flags.source, '--syncs', flags.syncs.join(',')];

    const init = await boothsync(['init', ...args], { cwd: folder });
    const first = await boothsync(['run', '--json'], { cwd: folder, env: sandbox.env });
    const second = await boothsync(['run', '--json'], { cwd: folder, env: sandbox.env });
    const made = SYNCS.filter((name) => sandbox.ghl[name]().length > 0);
    await sandbox.close();

    expect(init).toMatchObject({ code: 0, stderr: '' });
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ events: { dead: 0, waiting: 0 } });
    expect(made).toEqual([...flags.syncs]);
    expect(JSON.parse(second.stdout)).toMatchObject({ calls: 0 });
  },
);

test('the service that init writes takes the webhooks of BoothBook, and reads the booking whole', async () => {
  const sandbox = await startSandbox({ bookings: 1 });
  const folder = await aPlace();
  const port = await freePort();
  const [booking] = sandbox.boothbook.bookings();
  await boothsync(['init', '--source', 'webhooks'], { cwd: folder });
  const env = { ...sandbox.env, BOOTHSYNC_PORT: String(port) };
  const { child, ended } = start(['serve'], { cwd: folder, env });
  await until(() => sandbox.ghl.contacts().length === 1, 'the first poll');
  sandbox.boothbook.set({
    webhook: {
      url: `http://127.0.0.1:${port}/webhooks/boothbook`,
      secret: sandbox.env['BOOTHBOOK_WEBHOOK_SECRET']!,
      thin: true,
    },
  });

  sandbox.boothbook.patchBooking(booking!.booking_id, { first_name: 'Renamed' });
  await until(() => sandbox.ghl.contacts()[0]?.firstName === 'Renamed', 'the webhook');

  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  await sandbox.close();
});

test('a first run of another API makes all four', async () => {
  const sandbox = await startSandbox();
  const api = await startBookingsApi();
  const folder = await aPlace();
  const env = { ...sandbox.env, API_URL: api.url, API_TOKEN: api.token };

  await boothsync(['init', '--source', 'other', '--syncs', SYNCS.join(',')], { cwd: folder });
  const run = await boothsync(['run', '--json'], { cwd: folder, env });
  const made = SYNCS.map((name) => sandbox.ghl[name]().length);
  await Promise.all([sandbox.close(), api.close()]);

  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(made).toEqual([2, 1, 1, 2]);
});

test('git takes neither the key nor what a run leaves', async () => {
  const sandbox = await startSandbox({ bookings: 1 });
  const folder = await aPlace();
  await boothsync(['init'], { cwd: folder });
  execFileSync('git', ['init', '-q'], { cwd: folder });

  const run = await boothsync(['run'], { cwd: folder, env: sandbox.env });
  const seen = execFileSync('git', ['status', '--short', '-uall'], { cwd: folder, encoding: 'utf8' });
  await sandbox.close();

  expect(run.code).toBe(0);
  expect(existsSync(join(folder, 'boothsync.db'))).toBe(true);
  expect(seen).not.toMatch(/boothsync\.(key|db)/);
});
