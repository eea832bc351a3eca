import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

const PER_MS = 500;
const limited = { ghl: { rateLimit: { requests: 20, per: '500ms' } } };
const limit = { limit: { requests: 20, perMs: PER_MS } };
const bookings = Array.from({ length: 50 }, (_, id) => aBooking({ id }));

test('a lane that is kept full stays within every window', async () => {
  const { ghl, source, start } = await aWorld(limited, { ...limit, latencyMs: () => Math.random() * 40 });
  source.rows(bookings);
  const runner = await start();

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(50);
  expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
  expect(ghl.violations()).toBe(0);
});

test('a restart after a clean stop goes on with the slots that were still out', async () => {
  const { ghl, source, start } = await aWorld(limited, limit);
  source.rows(bookings);
  const before = await start({ mayLeaveWork: true });
  void before.pass();
  await until(() => ghl.calls.length >= 15);
  await before.stop();

  const runner = await start();
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(50);
  expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
  expect(ghl.violations()).toBe(0);
});

test('a restart at once after a clean stop and another do so, too', async () => {
  const { ghl, source, start } = await aWorld(limited, limit);
  source.rows(bookings);
  for (let round = 0; round < 3; round++) {
    const before = await start({ mayLeaveWork: true });
    void before.pass();
    const calls = ghl.calls.length;
    await until(() => ghl.calls.length >= Math.min(calls + 5, 20), 'some calls', 3_000).catch(
      () => undefined,
    );
    await before.stop();
  }

  const runner = await start();
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(50);
  expect(ghl.violations()).toBe(0);
});

test('a restart after kill -9 waits until the window has surely passed', async () => {
  const { ghl, source, start, spawn } = await aWorld(limited, limit);
  source.rows(bookings);
  const run = spawn('run');
  await until(() => ghl.calls.length >= 15);

  await run.kill();
  const runner = await start();
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(50);
  expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
  expect(ghl.violations()).toBe(0);
});

test('two connections on one location share its window', async () => {
  const { ghl, source, start } = await aWorld(
    {
      ...limited,
      connections: {
        second: {
          type: 'ghl',
          location: '${GHL_LOCATION_ID}',
          baseUrl: '${GHL_URL}/',
          auth: { type: 'token', token: '${GHL_TOKEN}' },
          rateLimit: { requests: 20, per: '500ms' },
        },
      },
      syncs: {
        others: {
          from: 'bookings',
          key: '"x" & email',
          to: 'second.contact',
          fields: { email: '"x" & email' },
        },
      },
    },
    limit,
  );
  source.rows(bookings.slice(0, 25));
  const runner = await start();

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(50);
  expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(20);
  expect(ghl.violations()).toBe(0);
});

test('where others use the location, too, what is left decides', async () => {
  const { ghl, source, start } = await aWorld(limited, {
    limit: { requests: 20, perMs: PER_MS, othersUse: 12 },
  });
  source.rows(bookings.slice(0, 25));
  const runner = await start();

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(25);
  // The very first answer tells of them.
  expect(ghl.violations()).toBe(0);
});

test('the calls of a day are counted over restarts', async () => {
  const { ghl, source, start } = await aWorld();
  source.rows(bookings.slice(0, 10));
  const before = await start();
  await before.pass();
  await before.stop();

  source.rows(bookings.slice(0, 15));
  const runner = await start();
  await runner.pass();
  await runner.stop();

  const again = await start();
  const lane = (await again.store.read.lanes.all()).find(({ account }) => account.includes('#'));
  expect(lane?.dayCalls).toBe(ghl.calls.length);
});
