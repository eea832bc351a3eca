import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

const version = (n: number) =>
  aBooking({ id: 1, first_name: `v${n}`, updated_at: `2026-05-01T10:00:0${n}Z` });
const told = (n: number) => ({ type: 'booking.updated', id: `e${n}`, data: version(n) });

test('v1 applied, v3 pending, v2 late: v3 wins and v2 makes no event', async () => {
  const { ghl, start } = await aWorld({ sync: { quiet: '300ms' } });
  const runner = await start();
  await runner.webhook(told(1));
  await until(() => ghl.contacts().length === 1);

  await runner.webhook(told(3));
  await runner.webhook(told(2));
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v3' });
  expect(await runner.events()).toHaveLength(2);
});

test('a webhook that is late by its own word is stale though the newer one was never applied', async () => {
  const { ghl, start } = await aWorld();
  ghl.fail({ kind: 'status', status: 422, times: Infinity, match: { bodyIncludes: 'v3' } });
  const runner = await start();
  await runner.webhook(told(1));
  await runner.idle();
  await runner.webhook(told(3));
  await runner.idle();

  await runner.webhook(told(2));
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v1' });
  expect(await runner.states()).toEqual(['done', 'dead']);
});

test('a page that was asked for before webhook v2 came, but read after, changes nothing', async () => {
  const { ghl, source, start } = await aWorld({ source: { updatedAt: undefined } });
  const runner = await start();
  await runner.webhook(told(1));
  await runner.idle();
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    source.script(async () => {
      resolve();
      await new Promise<void>((go) => (answer = go));
      return { body: { data: [version(1)] } };
    });
  });

  const pass = runner.pass();
  await asked;
  await runner.webhook(told(2));
  await until(async () => (await runner.events()).length === 2);
  answer();
  await pass;

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v2' });
  expect(await runner.events()).toHaveLength(2);
});

test('the same without updatedAt where the webhook changed nothing: the page stays older than it', async () => {
  const { ghl, source, start } = await aWorld({ source: { updatedAt: undefined } });
  const runner = await start();
  await runner.webhook(told(2));
  await runner.idle();
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    source.script(async () => {
      resolve();
      await new Promise<void>((go) => (answer = go));
      return { body: { data: [version(1)] } };
    });
  });

  const pass = runner.pass();
  await asked;
  await runner.webhook({ ...told(2), id: 'again' });
  await until(() => runner.engine.unpacker.isIdle());
  answer();
  await pass;

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v2' });
});

test('webhooks that come shuffled and twice leave the newest', async () => {
  const { ghl, start } = await aWorld({}, { latencyMs: 5 });
  const runner = await start();
  const order = [4, 1, 7, 7, 2, 9, 3, 9, 5, 8, 6, 1];

  await Promise.all(order.map((n, at) => runner.webhook({ ...told(n), id: `e${n}-${at}` })));
  await runner.idle();

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'v9' });
});

test('with equal updatedAt the one that was received later wins', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start();
  const same = (name: string) => ({ type: 'booking.updated', data: aBooking({ id: 1, first_name: name }) });

  await runner.webhook(same('first'));
  await runner.idle();
  await runner.webhook(same('second'));
  await runner.idle();

  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'second' });
});

test('a record that is deleted while its create is under way does not stay', async () => {
  const { ghl, start } = await aWorld({ sync: { onDelete: 'delete' } }, { latencyMs: 150 });
  const runner = await start();
  await runner.webhook(told(1));
  await until(() => ghl.calls.some(({ operation }) => operation === 'create-contact'));

  await runner.webhook({ ...told(2), data: { ...version(2), deleted: true } });
  await runner.idle();

  expect(ghl.contacts()).toEqual([]);
});
