import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { BoothsyncError } from '../../src/model/problem.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStores } from '../support/postgres.ts';
import { aDelivery, aLink, anEvent, aRecord } from '../support/rows.ts';
import { until } from '../support/wait.ts';

const HOLD = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url));

function add(store: Store, deliveryId: string): Promise<boolean> {
  return store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId })));
}

describeStores('writes', (stores) => {
  test('writes that come together are all there when they are answered', async () => {
    const store = await stores.open();

    const told = await Promise.all(Array.from({ length: 450 }, (_, at) => add(store, `id ${at % 400}`)));

    expect(told.filter(Boolean)).toHaveLength(400);
    expect(await store.read.deliveries.countReceived()).toBe(400);
  });

  test('a bad one fails alone, with its own error, and nothing of it stays', async () => {
    const store = await stores.open();
    const bad = store.write(async (tables) => {
      await tables.deliveries.add(aDelivery({ deliveryId: 'half' }));
      throw new Error('a bug');
    });
    const twin = store.write(async (tables) => {
      await tables.deliveries.add(aDelivery({ deliveryId: 'half too' }));
      await tables.events.add([anEvent(), anEvent()], 1);
    });

    const results = await Promise.allSettled([add(store, '1'), bad, add(store, '2'), twin, add(store, '3')]);

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ message: 'a bug' });
    expect(String((results[3] as PromiseRejectedResult).reason)).toMatch(/unique/i);
    expect(await store.read.deliveries.countReceived()).toBe(3);
    expect(await store.read.events.backlog()).toBe(0);
  });

  test('work that hides a failed query does not count as written', async () => {
    const store = await stores.open();
    await store.write((tables) => tables.links.put(aLink()));

    const [hiding, other] = await Promise.allSettled([
      store.write(async (tables) => {
        await tables.links.put(aLink({ targetKey: 'twin' })).catch(() => undefined);
        await tables.deliveries.add(aDelivery({ deliveryId: 'after' }));
      }),
      add(store, 'other'),
    ]);

    const written = await store.read.deliveries.countReceived();
    expect(other).toMatchObject({ status: 'fulfilled', value: true });
    expect(written).toBe(hiding.status === 'fulfilled' ? 2 : 1);
  });

  test('a read sees nothing that is not durable yet', async () => {
    const store = await stores.open();

    const seen = await store.write(async (tables) => {
      await tables.deliveries.add(aDelivery());
      return {
        inside: await tables.deliveries.countReceived(),
        outside: await store.read.deliveries.countReceived(),
      };
    });

    expect(seen).toEqual({ inside: 1, outside: 0 });
  });

  test('what was read inside of a write stays true until it is written, beside a second process, too', async () => {
    const [owner, beside] = [await stores.open(), await stores.open({ owner: false })];
    const increment = (store: Store) =>
      store.write(async (tables) => {
        const known = await tables.records.get('default', 'bookings', '1');
        const sequence = (known?.sequence ?? 0) + 1;
        await tables.records.put('default', 'bookings', [aRecord({ sequence })]);
      });

    await Promise.all(Array.from({ length: 60 }, (_, at) => increment(at % 2 === 0 ? owner : beside)));

    expect((await owner.read.records.get('default', 'bookings', '1'))?.sequence).toBe(60);
  });

  test('an event that comes back and a newer one that arrives at once never both wait', async () => {
    const store = await stores.open();
    await store.write((tables) =>
      tables.events.add(
        Array.from({ length: 50 }, (_, at) => anEvent({ key: `${at}`, state: 'sending' })),
        1,
      ),
    );
    const sending = await store.read.events.list({ states: ['sending'], limit: 50 });

    await Promise.all(
      sending.flatMap(({ id, key }) => [
        store.write((tables) => tables.events.postpone([id], 1, 'again', 1)),
        store.write(async ({ events }) => {
          await events.supersede('default', 'contacts', [key], 1);
          await events.add([anEvent({ key })], 1);
        }),
      ]),
    );

    const counts = await store.read.events.countStates({});
    expect(counts).toEqual([
      { state: 'pending', count: 50 },
      { state: 'superseded', count: 50 },
    ]);
  });

  test('a restart finds everything, and the tables are made once', async () => {
    const first = await stores.open();
    await add(first, 'kept');
    await first.write((tables) => tables.records.nextSequence(5));
    await first.close();

    const again = await stores.open();

    expect(await add(again, 'kept')).toBe(false);
    expect(await again.read.records.currentSequence()).toBe(5);
  });

  test('only the owner makes the tables: whoever works beside it must find them', async () => {
    const early = await stores.open({ owner: false }).catch((error: unknown) => error);

    expect(early).toMatchObject({
      problem: { code: 'store', message: expect.stringContaining('empty') as string },
    });
    await stores.open();
    expect(await (await stores.open({ owner: false })).read.deliveries.countReceived()).toBe(0);
  });

  test('what was asked to be written before `close` is written', async () => {
    const store = await stores.open();
    const asked = Array.from({ length: 20 }, (_, at) => add(store, `${at}`));

    await store.close();

    await Promise.all(asked);
    expect(await (await stores.open()).read.deliveries.countReceived()).toBe(20);
  });
});

describeStores('ownership', (stores) => {
  const refusal = (opening: Promise<Store>) =>
    opening.then(
      () => undefined,
      (error: unknown) => (error instanceof BoothsyncError ? error.problem : error),
    );

  test('a second owner is refused at once and told who holds the store; others read and write beside it', async () => {
    await stores.open();

    const before = performance.now();
    const problem = await refusal(stores.open());

    expect(performance.now() - before).toBeLessThan(1_000);
    expect(problem).toMatchObject({
      code: 'store-held',
      message: expect.stringMatching(
        new RegExp(`in use by process ${process.pid}\\b.*since 2\\d{3}-.*Z`),
      ) as string,
    });
    expect(JSON.stringify(problem)).not.toMatch(/pass( |%20)word/);
    const beside = await stores.open({ owner: false });
    expect(await add(beside, 'small')).toBe(true);
  });

  test('the next owner comes in as soon as the last has closed', async () => {
    const first = await stores.open();
    await first.close();

    const second = await stores.open();

    expect(await add(second, 'a')).toBe(true);
    expect(second.lost.aborted).toBe(false);
  });

  test('kill -9 frees the store at once, and what was answered is there', async () => {
    await (await stores.open()).close();
    const child = spawn(process.execPath, [HOLD, stores.url()], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(await refusal(stores.open())).toMatchObject({
      code: 'store-held',
      message: expect.stringContaining(`process ${child.pid ?? 0}`) as string,
    });

    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const killedAt = performance.now();
    const holder: { store?: Store | undefined } = {};
    await until(async () => {
      holder.store = await stores.open().catch(() => undefined);
      return holder.store !== undefined;
    });

    expect(performance.now() - killedAt).toBeLessThan(1_000);
    expect(await holder.store!.read.deliveries.countReceived()).toBe(1);
  });
});
