import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const aWorld = worlds();

const REQUESTS = 20;
const PER_MS = 200;
const limited = { ghl: { rateLimit: { requests: REQUESTS, per: `${PER_MS}ms` } } };
const limit = { limit: { requests: REQUESTS, perMs: PER_MS } };
const import_ = Array.from({ length: 300 }, (_, id) => aBooking({ id }));

test.each([
  ['a first import', false],
  ['`run --full` after an edited source', true],
])('%s delays no webhook by more than two windows of calls', async (_, full) => {
  const { ghl, source, start } = await aWorld(limited, limit);
  const runner = await start();
  if (full) {
    source.rows(import_.slice(0, 1));
    await runner.pass();
  }
  source.rows(import_);
  const pass = runner.pass({ full });
  await until(() => ghl.calls.length > 2 * REQUESTS, 'the middle of the import');

  const delays: number[] = [];
  for (const id of ['live-1', 'live-2', 'live-3']) {
    const before = ghl.calls.length;
    await runner.webhook({ type: 'booking.created', data: aBooking({ id }) });
    const found = () => ghl.calls.findIndex(({ body }) => JSON.stringify(body ?? '').includes(`guest${id}@`));
    await until(() => found() !== -1, 'the call of the webhook');
    delays.push(found() - before);
  }
  const left = (await runner.states()).filter((state) => state === 'pending').length;
  await pass;

  // The import was still waiting behind them.
  expect(left).toBeGreaterThan(100);
  expect(Math.max(...delays)).toBeLessThanOrEqual(2 * REQUESTS);
  expect(ghl.maxInWindow(PER_MS)).toBeLessThanOrEqual(REQUESTS);
  expect(ghl.violations()).toBe(0);
});
