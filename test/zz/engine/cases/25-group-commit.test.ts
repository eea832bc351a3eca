import { spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

/** Another process that holds the store's write lock until it is told to let go. */
async function lockStore(path: string): Promise<{ release: () => Promise<void> }> {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1], { timeout: 1000 });
    database.exec('begin immediate; update counters set value = value');
    process.stdout.write('locked');
    process.stdin.on('data', () => { database.exec('rollback'); process.exit(0); });`;
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['pipe', 'pipe', 'inherit'] });
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

test('one bad write of many fails alone', async () => {
  const { start } = await aWorld();
  const { store } = await start();
  const delivery = { tenant: 'default', connection: 'booth', name: 'other', raw: '{}', receivedAt: 1 };

  const writes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) =>
      store.write(async (tables) => {
        await tables.deliveries.add({ ...delivery, deliveryId: `d${at}` });
        if (at === 7) throw new Error('the seventh is bad');
      }),
    ),
  );

  expect(writes.map(({ status }, at) => (status === 'rejected' ? at : -1)).filter((at) => at >= 0)).toEqual([
    7,
  ]);
  await until(async () => (await store.read.deliveries.countReceived()) === 19);
  await store.write(async (tables) => {
    for (const { id } of await store.read.deliveries.received(100))
      await tables.deliveries.settle(id, 'accepted', null);
  });
});

test('a write is answered after it is durable: another connection sees it then', async () => {
  const { storePath, start } = await aWorld();
  const runner = await start();
  const beside = new DatabaseSync(storePath, { readOnly: true });
  const count = beside.prepare('select count(*) as count from deliveries');

  const seen = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      await runner.webhook(told(at));
      return (count.get() as { count: number }).count;
    }),
  );
  beside.close();
  await runner.idle();

  expect(Math.min(...seen)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...seen)).toBe(50);
});

test('a store that another process locks for a moment: webhooks wait, the event loop does not', async () => {
  const { ghl, storePath, start } = await aWorld();
  const runner = await start();
  const lock = await lockStore(storePath);
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
  const { ghl, storePath, start } = await aWorld();
  const runner = await start({ clock: watchedClock(25) });
  const before = await runner.webhook(told(1));
  const lock = await lockStore(storePath);

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
  const { ghl, storePath, start } = await aWorld({ ghl: { timeout: '60s' } }, { latencyMs: 400 });
  const runner = await start({ clock: watchedClock(25) });
  await runner.webhook(told(1));
  await until(() => ghl.calls.some(({ operation }) => operation === 'create-contact'));

  const lock = await lockStore(storePath);
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
  const { ghl, storePath, start } = await aWorld({ ghl: { timeout: '60s' } }, { latencyMs: 400 });
  const runner = await start({ clock: watchedClock(25) });
  for (let id = 0; id < 5; id++) await runner.webhook(told(id));
  await until(() => ghl.calls.length > 0);

  const lock = await lockStore(storePath);
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
