import { expect, test } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import { copyStore } from '../../src/store/copy.ts';
import { describeStores } from '../support/postgres.ts';
import { aLane, aLink, aMember, anEvent, anIntent, aRecord } from '../support/rows.ts';

describeStores('a copy of a store', (stores) => {
  test('holds the same, and what is tried on it changes nothing', async () => {
    const store = await stores.open();
    await store.write(async (tables) => {
      await tables.records.put('default', 'bookings', [aRecord({ body: { name: 'Zoë\u0000' } })]);
      await tables.records.nextSequence(7);
      await tables.events.add([anEvent()], 1_000);
      await tables.members.put([aMember()]);
      await tables.links.put(aLink());
      await tables.intents.put(anIntent());
      await tables.lanes.put(aLane({ owner: 'process 1', dayCalls: 12 }));
    });

    const copy = await copyStore(stores.url(), systemClock);

    expect(await copy.read.records.get('default', 'bookings', '1')).toEqual(
      await store.read.records.get('default', 'bookings', '1'),
    );
    expect(await copy.read.records.currentSequence()).toBe(7);
    expect(await copy.read.events.list({ limit: 9 })).toEqual(await store.read.events.list({ limit: 9 }));
    expect(await copy.read.links.get(aLink().targetKey)).toEqual(
      await store.read.links.get(aLink().targetKey),
    );
    expect(await copy.read.lanes.all()).toMatchObject([{ owner: null, dayCalls: 12 }]);
    await copy.write(({ links }) => links.remove(aLink().targetKey));
    await copy.write(({ events }) => events.add([anEvent({ key: '2' })], 1_000));
    await copy.close();
    expect(await store.read.links.count()).toBe(1);
    expect(await store.read.events.list({ limit: 9 })).toHaveLength(1);
  });

  test('of none is an empty one, and makes none', async () => {
    const url = 'sqlite:/nowhere/at/all.db';

    const copy = await copyStore(stores.database === 'sqlite' ? url : stores.url(), systemClock);

    expect(await copy.read.links.count()).toBe(0);
    await copy.close();
  });
});
