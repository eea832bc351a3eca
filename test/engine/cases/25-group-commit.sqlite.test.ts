import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

/** Another process that holds the store's write lock until it is told to let go. */
async function lockStore(url: string): Promise<{ release: () => Promise<void> }> {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1], { timeout: 1000 });
    database.exec('begin immediate; update counters set value = value');
    process.stdout.write('locked');
    process.stdin.on('data', () => { database.exec('rollback'); process.exit(0); });`;
  const child = spawn(process.execPath, ['-e', script, url.replace(/^sqlite:/, '')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    release: async () => {
      child.stdin.end('go');
      await ended;
    },
  };
}

const told = (id: number) => ({ type: 'booking.created', id: `e${id}`, data: aBooking({ id }) });

test('a store that another process locks for a moment: webhooks wait, the event loop does not', async () => {
  const { ghl, storeUrl, start } = await aWorld();
  const runner = await start();
  const lock = await lockStore(storeUrl);
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 5);

  const receipts = Promise.all([1, 2, 3].map((id) => runner.webhook(told(id))));
  await until(() => ticks >= 20, 'twenty ticks of a timer', 2_000);
  clearInterval(ticking);
  await lock.release();

  expect((await receipts).map(({ type }) => type)).toEqual(['stored', 'stored', 'stored']);
  await runner.idle();
  expect(ghl.contacts()).toHaveLength(3);
});

test('a store that stays locked: webhooks are told to come again, and nothing that was taken is lost', async () => {
  const { ghl, storeUrl, start } = await aWorld();
  const runner = await start({ clock: watchedClock(25) });
  const before = await runner.webhook(told(1));
  const lock = await lockStore(storeUrl);

  const refused = await Promise.all([2, 3].map((id) => runner.webhook(told(id))));
  await lock.release();
  const again = await runner.webhook(told(2));
  await until(() => ghl.contacts().length === 2);
  await runner.idle();

  expect(before.type).toBe('stored');
  expect(refused.map(({ type }) => type)).toEqual(['busy', 'busy']);
  expect(again.type).toBe('stored');
  expect((await runner.events()).map(({ key, state }) => [key, state])).toEqual([
    ['1', 'done'],
    ['2', 'done'],
  ]);
});

test('a store that is locked while a call is under way: its event is taken up again without a restart, and no twin is made', async () => {
  const { ghl, storeUrl, start } = await aWorld({ ghl: { timeout: '60s' } }, { latencyMs: 400 });
  const runner = await start({ clock: watchedClock(25) });
  await runner.webhook(told(1));
  await until(() => ghl.calls.some(({ operation }) => operation === 'create-contact'));

  const lock = await lockStore(storeUrl);
  await until(() => runner.log.lines.some(({ message }) => message === 'a turn broke off'));
  // Longer than the runner tries to write that the event is to be taken up again.
  await new Promise((resolve) => setTimeout(resolve, 900));
  await lock.release();
  await until(
    async () => (await runner.states()).every((state) => state === 'done'),
    'the end of the event',
    6_000,
  );

  expect(ghl.contacts()).toHaveLength(1);
  expect(await runner.states()).toEqual(['done']);
});

test("a store that can't be written does not keep the runner spinning", async () => {
  const { ghl, storeUrl, start } = await aWorld({ ghl: { timeout: '60s' } }, { latencyMs: 400 });
  const runner = await start({ clock: watchedClock(25) });
  for (let id = 0; id < 5; id++) await runner.webhook(told(id));
  await until(() => ghl.calls.length > 0);

  const lock = await lockStore(storeUrl);
  await until(() => runner.log.lines.some(({ message }) => message === 'a turn broke off'));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await lock.release();
  await until(
    async () => (await runner.states()).every((state) => state === 'done'),
    'the end of the events',
    6_000,
  );

  expect(runner.log.lines.filter(({ level }) => level === 'error').length).toBeLessThan(60);
  expect(ghl.contacts()).toHaveLength(5);
});

test('a store on a full disk: webhooks are told to come again, and those that were taken are there after a restart', async () => {
  const { ghl, source, start, spawnOnFullDisk } = await aWorld({ top: { server: { port: 0 } } });
  source.rows([]);
  const serve = spawnOnFullDisk(3_000, 'serve');
  await until(() => /http:\/\/127\.0\.0\.1:\d+/.test(serve.output()));
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(serve.output())!;
  const statuses = new Map<number, number>();

  for (let id = 1; id <= 150; id++) {
    const body = JSON.stringify({ ...told(id), data: aBooking({ id, notes: 'x'.repeat(40_000) }) });
    const answer = await fetch(`${url}/webhooks/booth`, { method: 'POST', body });
    statuses.set(id, answer.status);
  }
  await serve.kill();
  const runner = await start();
  await runner.idle();

  const taken = [...statuses].filter(([, status]) => status === 200).map(([id]) => `guest${id}@example.com`);
  expect(new Set(statuses.values())).toEqual(new Set([200, 429]));
  for (const email of taken) expect(ghl.contactByEmail(email)).toBeDefined();
  expect(ghl.contacts().length).toBe(new Set(ghl.contacts().map(({ email }) => email)).size);
});
