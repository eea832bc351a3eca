import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { holdWrites } from '../../support/hold-writes.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';

const aWorld = worlds();

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
  const { storeUrl, start } = await aWorld();
  const runner = await start();
  const beside = await openStore(storeUrl, { clock: watchedClock(), owner: false });

  const seen = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      await runner.webhook(told(at));
      return (await beside.read.deliveries.get(at + 1)) !== undefined;
    }),
  );
  await beside.close();
  await runner.idle();

  expect(seen).toEqual(Array.from({ length: 50 }, () => true));
});

test('while the store does not answer, senders are told soon to come again; what is written late is known when they do', async () => {
  const { ghl, storeUrl, start } = await aWorld();
  const runner = await start({ patienceMs: 200 });
  const first = await runner.webhook(told(1));
  const release = await holdWrites(storeUrl);

  const stalled = await runner.webhook(told(2));
  const behind = await Promise.all([3, 4].map((id) => runner.webhook(told(id))));
  await release();
  await until(async () => (await runner.webhook(told(2))).type === 'known');
  const again = await Promise.all([3, 4].map((id) => runner.webhook(told(id))));
  await runner.idle();

  expect(first.type).toBe('stored');
  expect([stalled, ...behind].map(({ type }) => type)).toEqual(['busy', 'busy', 'busy']);
  expect(again.map(({ type }) => type)).toEqual(['stored', 'stored']);
  expect((await runner.events()).map(({ key, state }) => `${key} ${state}`).sort()).toEqual([
    '1 done',
    '2 done',
    '3 done',
    '4 done',
  ]);
  expect(ghl.contacts()).toHaveLength(4);
});

/** One write after the other, each after so long. */
function slowed(store: Store, ms: number): Store {
  let turn: Promise<unknown> = Promise.resolve();
  return {
    ...store,
    write: (work) => {
      const mine = turn
        .then(() => new Promise((resolve) => setTimeout(resolve, ms)))
        .then(() => store.write(work));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

test('a store that is slow, but brings one webhook after the other through, turns none away', async () => {
  const { ghl, start } = await aWorld();
  const runner = await start({
    patienceMs: 300,
    openStore: async ({ store }, clock) => slowed(await openStore(store, { clock, owner: true }), 50),
  });

  const receipts = await Promise.all(Array.from({ length: 10 }, (_, id) => runner.webhook(told(id))));
  await runner.idle();

  expect(new Set(receipts.map(({ type }) => type))).toEqual(new Set(['stored']));
  expect(ghl.contacts()).toHaveLength(10);
});
