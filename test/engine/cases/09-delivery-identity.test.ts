import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

const tags = [{ when: 'vip', add: 'vip', else: 'remove' }];
const plain = { source: { updatedAt: undefined }, sync: { tags } };
const told = (vip: boolean) => ({
  type: 'booking.updated',
  data: aBooking({ id: 1, vip, updated_at: undefined }),
});

test('without a delivery id, on, off and on again are all applied in order', async () => {
  const { ghl, start } = await aWorld(plain);
  const runner = await start();

  for (const vip of [true, false, true]) {
    expect(await runner.webhook(told(vip))).toEqual({ type: 'stored' });
    await runner.idle();
  }

  expect(operationsOf(ghl)).toEqual(['create-contact', 'remove-tags', 'add-tags']);
  expect(ghl.contacts()[0]!.tags).toEqual(['vip']);
});

test('on, off and on again in one breath end as on', async () => {
  const { ghl, start } = await aWorld(plain, { latencyMs: 20 });
  const runner = await start();

  await Promise.all([true, false, true, false, true].map((vip) => runner.webhook(told(vip))));
  await runner.idle();

  expect(ghl.contacts()[0]!.tags).toEqual(['vip']);
});

test('the same delivery id twice counts once, also at the same time', async () => {
  const { start } = await aWorld(plain);
  const runner = await start();
  const delivery = (vip: boolean) => ({ ...told(vip), id: 'evt_1' });

  const first = await Promise.all(Array.from({ length: 10 }, () => runner.webhook(delivery(true))));
  await runner.idle();
  const late = await runner.webhook(delivery(false));
  await runner.idle();

  expect(first.filter(({ type }) => type === 'stored')).toHaveLength(1);
  expect(late).toEqual({ type: 'known' });
  expect(await runner.events()).toHaveLength(1);
});

test("a delivery id is one connection's own", async () => {
  const { start } = await aWorld({
    ...plain,
    connections: {
      other: {
        type: 'http',
        baseUrl: 'http://other.test',
        webhook: { event: 'body.type', id: 'body.id', verify: { type: 'none' } },
      },
    },
    sources: { others: { connection: 'other', key: 'id', webhook: { events: ['*'], record: 'body.data' } } },
    syncs: { others: { from: 'others', key: 'email', to: 'ghl.contact', fields: { email: 'email' } } },
  });
  const runner = await start();

  const first = await runner.webhook({ ...told(true), id: 'evt_1' });
  const second = await runner.webhook({ ...told(true), id: 'evt_1' }, { connection: 'other' });
  await runner.idle();

  expect([first.type, second.type]).toEqual(['stored', 'stored']);
});

test('a redelivery after a restart is still known', async () => {
  const { start } = await aWorld(plain);
  const before = await start();
  await before.webhook({ ...told(true), id: 'evt_1' });
  await before.idle();
  await before.stop();

  const runner = await start();

  expect(await runner.webhook({ ...told(true), id: 'evt_1' })).toEqual({ type: 'known' });
});

test('a redelivery without an id is no event: its record did not change', async () => {
  const { ghl, start } = await aWorld(plain);
  const runner = await start();
  await runner.webhook(told(true));
  await runner.idle();

  await runner.webhook(told(true));
  await runner.idle();

  expect(await runner.events()).toHaveLength(1);
  expect(operationsOf(ghl)).toEqual(['create-contact']);
});

describe("what can't be taken out of a delivery", () => {
  const throwing = {
    ...plain,
    source: {
      updatedAt: undefined,
      webhook: { events: ['booking.*'], record: 'body.data.id = 13 ? $error("unlucky") : body.data' },
    },
  };

  test('a `record` that throws is a dead delivery; it was answered as stored, and the others go on', async () => {
    const { ghl, start } = await aWorld(throwing);
    const runner = await start();

    const receipts = await Promise.all(
      [12, 13, 14].map((id) => runner.webhook({ type: 'booking.created', data: aBooking({ id }) })),
    );
    await runner.idle();

    expect(receipts.map(({ type }) => type)).toEqual(['stored', 'stored', 'stored']);
    expect(await runner.deadDeliveries()).toEqual([expect.stringContaining('unlucky')]);
    expect(ghl.contacts()).toHaveLength(2);
  });

  test('a `record` that yields text is a dead delivery', async () => {
    const { start } = await aWorld({
      ...plain,
      source: { webhook: { events: ['booking.*'], record: 'body.type' } },
    });
    const runner = await start();

    await runner.webhook(told(true));
    await runner.idle();

    expect(await runner.deadDeliveries()).toHaveLength(1);
    expect(await runner.events()).toEqual([]);
  });

  test('a record without a key is a dead letter, not a lost one', async () => {
    const { start } = await aWorld(plain);
    const runner = await start();

    await runner.webhook({ type: 'booking.created', data: { email: 'ann@example.com' } });
    await runner.idle();

    expect(await runner.events()).toMatchObject([
      { state: 'dead', reason: expect.stringContaining('no-key') as string },
    ]);
  });

  test('a body that is nested without end is a dead delivery, and holds nobody up', async () => {
    const { ghl, start } = await aWorld(plain);
    const runner = await start();
    let nested: unknown = 1;
    for (let depth = 0; depth < 2_000; depth++) nested = [nested];

    await Promise.all([
      runner.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) }),
      runner.webhook({ type: 'booking.created', data: aBooking({ id: 2, nested }) }),
      runner.webhook({ type: 'booking.created', data: aBooking({ id: 3 }) }),
    ]);
    await runner.idle();

    expect(ghl.contactByEmail('guest1@example.com')).toBeDefined();
    expect(ghl.contactByEmail('guest3@example.com')).toBeDefined();
  });

  test('a delivery of many records takes no more than the store can', async () => {
    const { start } = await aWorld({
      ...plain,
      sync: { tags, when: 'id = 1' },
      syncs: Object.fromEntries(
        ['b', 'c', 'd', 'e'].map((name) => [
          name,
          { from: 'bookings', when: 'id = 1', key: 'email', to: 'ghl.contact', fields: { email: 'email' } },
        ]),
      ),
    });
    const runner = await start();
    const data = Array.from({ length: 4_000 }, (_, id) => ({ id, email: `g${id}@example.com` }));

    await runner.webhook({ type: 'booking.created', data });
    await until(
      async () => (await runner.store.read.deliveries.countReceived()) === 0,
      'taking out the records',
    );
    await runner.idle();

    expect(await runner.store.read.records.countLive('default', 'bookings')).toBe(4_000);
  });

  test('many webhooks at once, for many syncs, all come through', async () => {
    const { start } = await aWorld({
      ...plain,
      sync: { when: 'id = 0' },
      syncs: Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => [
          `s${at}`,
          { from: 'bookings', when: 'id = 0', key: 'email', to: 'ghl.contact', fields: { email: 'email' } },
        ]),
      ),
    });
    const runner = await start();

    await Promise.all(
      Array.from({ length: 600 }, (_, id) =>
        runner.webhook({ type: 'booking.created', data: aBooking({ id }) }),
      ),
    );
    await until(
      async () => (await runner.store.read.deliveries.countReceived()) === 0,
      'taking out the records',
    );
    await runner.idle();

    expect(await runner.store.read.records.countLive('default', 'bookings')).toBe(600);
  });
});

test('what is no JSON is refused, and what no source takes is answered and not kept', async () => {
  const { start } = await aWorld(plain);
  const runner = await start();

  const unwanted = await runner.webhook({ type: 'invoice.paid' });
  const nameless = await runner.webhook({ hello: 1 });

  expect([unwanted.type, nameless.type]).toEqual(['unwanted', 'unwanted']);
  expect(await runner.store.read.deliveries.countReceived()).toBe(0);
});
