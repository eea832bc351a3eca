import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ask } from '../support/postgres-server.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';
import { aBooking } from '../support/a-config.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const server = sharedPostgres();
const aWorld = worlds();

interface Place {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly people: number;
  /** The command line as a process of its own, on the checkout's config. */
  start(...args: string[]): Running;
}

interface Running {
  readonly ended: Promise<{ readonly code: number | null; readonly json: unknown; readonly stderr: string }>;
}

async function aPlace(): Promise<Place> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const baseDate = new Date(Date.now() + 61 * 86_400_000).toISOString().slice(0, 10);
  const bookings = sandbox.boothbook.seed(25, { baseDate, repeats: 0.2 });
  const url = await (await server()).database();
  const env = { ...process.env, ...sandbox.env, BOOTHSYNC_STORE: url };
  return {
    sandbox,
    url,
    people: new Set(bookings.map(({ email }) => email)).size,
    start: (...args) => start(args, env),
  };
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args, '--json'], { cwd: ROOT, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).then((code) => ({
    code,
    json: output.stdout === '' ? undefined : (JSON.parse(output.stdout) as unknown),
    stderr: output.stderr,
  }));
  return { ended };
}

function emails({ sandbox }: Place): string[] {
  return sandbox.ghl.contacts().map(({ email }) => email ?? '');
}

test('a run fills HighLevel, a second one costs nothing, and status tells of both', async () => {
  const place = await aPlace();
  const nothing = await place.start('status').ended;

  const first = await place.start('run').ended;
  place.sandbox.ghl.clear();
  const second = await place.start('run').ended;
  const status = await place.start('status').ended;

  expect(nothing).toMatchObject({ code: 0, json: { links: 0, lanes: [] } });
  expect(first).toMatchObject({
    code: 0,
    json: { events: { dead: 0, waiting: 0 } },
    stderr: expect.not.stringContaining('error') as string,
  });
  expect(place.sandbox.ghl.calls).toEqual([]);
  expect(second).toMatchObject({ code: 0, json: { calls: 0, events: { done: 0, superseded: 0 } } });
  expect(status).toMatchObject({ code: 0, json: { deliveries: 0, deadLetters: [] } });
  expect(new Set(emails(place)).size).toBe(place.people);
  expect(emails(place)).toHaveLength(place.people);
});

test('a run beside another owner is refused; status works beside it', async () => {
  const place = await aPlace();
  const owner = await openStore(place.url, { clock: systemClock, owner: true });
  onTestFinished(() => owner.close());

  const [refused, status] = await Promise.all([place.start('run').ended, place.start('status').ended]);

  expect(refused).toMatchObject({ code: 1, json: { problems: [{ code: 'store-held' }] } });
  expect(JSON.stringify(refused)).toContain(`process ${process.pid}`);
  expect(JSON.stringify(refused)).not.toMatch(/pass( |%20)word/);
  expect(status).toMatchObject({ code: 0, json: { links: 0 } });
});

/** Twenty guests, answered slowly; what is in doubt is looked at soon. */
async function aSlowWorld(url: string) {
  const world = await aWorld(
    { top: { store: url }, ghl: { rateLimit: { requests: 4, per: '300ms' }, timeout: '1s' } },
    { latencyMs: 100 },
  );
  world.source.rows(Array.from({ length: 20 }, (_, id) => aBooking({ id })));
  return world;
}

test('kill -9 in the middle: the next run ends the work, and nothing is there twice', async () => {
  const { ghl, spawn } = await aSlowWorld(await (await server()).database());
  const killed = spawn('run');
  await until(() => ghl.contacts().length >= 3, 'some contacts');

  await killed.kill();
  const next = spawn('run', '--json');
  const { code } = await next.ended;

  expect(code, next.output()).toBe(0);
  const emails = ghl.contacts().map(({ email }) => email);
  expect(new Set(emails).size).toBe(20);
  expect(emails).toHaveLength(20);
});

test('a run that loses the store to another process stops, says so, and writes nothing more', async () => {
  const url = await (await server()).database();
  const { ghl, spawn } = await aSlowWorld(url);
  const running = spawn('run', '--json');
  await until(() => ghl.contacts().length >= 3, 'some contacts');

  await ask(
    url,
    "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objsubid = 2 and granted",
  );
  const owner = await openStore(url, { clock: systemClock, owner: true });
  onTestFinished(() => owner.close());
  const before = await owner.read.links.count();
  const { code } = await running.ended;

  expect(code).toBe(1);
  expect(running.output()).toContain('store-held');
  expect(await owner.read.links.count()).toBe(before);
  expect(ghl.contacts().length).toBeLessThan(20);
});
