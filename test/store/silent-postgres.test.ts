import { expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { layCable, type Cable } from '../support/cable.ts';
import { watchedClock } from '../support/clocks.ts';
import { ask } from '../support/postgres-server.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { aDelivery } from '../support/rows.ts';
import { until } from '../support/wait.ts';

const server = sharedPostgres();
/** A minute is a second. */
const SPEED = 60;

interface Place {
  readonly cable: Cable;
  /** Past the cable. */
  readonly direct: string;
  readonly open: () => Promise<Store>;
}

async function aPlace(): Promise<Place> {
  const direct = await (await server()).database();
  const cable = await layCable(Number(new URL(direct).port));
  onTestFinished(() => cable.close());
  const url = new URL(direct);
  url.port = String(cable.port);
  const open = async () => {
    const store = await openStore(url.href, { clock: watchedClock(SPEED), owner: true });
    onTestFinished(() => store.close());
    return store;
  };
  return { cable, direct, open };
}

const add = (store: Store, deliveryId: string) =>
  store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId })));

const isHeld = async (direct: string) =>
  (await ask(direct, "select 1 from pg_locks where locktype = 'advisory' and objsubid = 2 and granted"))
    .length > 0;

test('who waits for a server that says nothing more is told in the end, and what comes after goes through', async () => {
  const { cable, open } = await aPlace();
  const store = await open();
  await add(store, 'before');
  await store.read.deliveries.countReceived();

  cable.cut();
  const [write, read] = await Promise.allSettled([
    add(store, 'meanwhile'),
    store.read.deliveries.countReceived(),
  ]);
  cable.mend();

  for (const told of [write, read])
    expect(told).toMatchObject({
      reason: {
        problem: {
          code: 'store',
          message: expect.stringContaining('has said nothing for 60 s') as string,
          remedy: expect.stringContaining('see that PostgreSQL runs there') as string,
        },
      },
    });
  expect(await add(store, 'afterwards')).toBe(true);
  expect(await store.read.deliveries.countReceived()).toBe(2);
});

test('an owner gets back the lock of a session that was cut off without a word', async () => {
  const { cable, direct, open } = await aPlace();
  const store = await open();
  await add(store, 'before');

  cable.cut();
  await add(store, 'meanwhile').catch(() => undefined);
  await until(async () => !(await isHeld(direct)));
  cable.mend();

  await until(async () => {
    await add(store, 'afterwards').catch(() => undefined);
    return isHeld(direct);
  }, 'the lock');
  expect(store.lost.aborted).toBe(false);
});

test('a connection that is lost as it begins keeps no place: others write and read after it', async () => {
  const { cable, direct, open } = await aPlace();
  const store = await open();

  for (let round = 0; round < 4; round++) {
    await ask(
      direct,
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
    cable.breakAt('set_config');
    expect(await add(store, `write ${round}`)).toBe(true);
    cable.breakAt('set_config');
    await store.read.deliveries.countReceived().catch(() => undefined);
  }

  expect(await store.read.deliveries.countReceived()).toBe(4);
});

test('a store is closed, though its server says nothing', async () => {
  const { cable, open } = await aPlace();
  const store = await open();
  await Promise.all([add(store, '1'), store.read.deliveries.countReceived()]);

  cable.cut();
  await store.close();

  expect(store.lost.aborted).toBe(false);
});
