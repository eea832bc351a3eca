import { expect, test } from 'vitest';
import { movedDoubt } from '../../src/model/intent.ts';
import { moveDoubt } from '../../src/settle/move-doubt.ts';
import { manualClock } from '../support/clocks.ts';
import { anIntent } from '../support/rows.ts';
import { sqliteStores } from '../support/sqlite.ts';

const NOW = 5_000;
const open = sqliteStores(manualClock());

test('a create in doubt goes with its record, and what it has sent is kept for who finds it under the old key', async () => {
  const store = await open();
  const content = {
    type: 'create',
    fields: {},
    tags: ['Booked', 'VIP'],
    owned: { contacts: ['booked'] },
  } as const;
  await store.write((tables) => tables.intents.put(anIntent({ targetKey: 'ann', content })));

  await store.write((tables) => moveDoubt(tables, 'account', 'ann', 'anna', NOW));

  expect(await store.read.intents.get('ann')).toBeUndefined();
  expect(await store.read.intents.get('anna')).toEqual(anIntent({ targetKey: 'anna', content }));
  expect(await store.read.lookups.get('account', movedDoubt('ann'))).toEqual({
    value: [{ tags: ['Booked', 'VIP'], owned: { contacts: ['booked'] } }],
    at: NOW,
  });
});

test('a record without one takes nothing along, and no other create is in its place', async () => {
  const store = await open();
  await store.write((tables) => tables.intents.put(anIntent({ targetKey: 'joe' })));

  await store.write((tables) => moveDoubt(tables, 'account', 'ann', 'anna', NOW));

  expect(await store.read.intents.get('joe')).toEqual(anIntent({ targetKey: 'joe' }));
  expect(await store.read.intents.get('anna')).toBeUndefined();
  expect(await store.read.lookups.get('account', movedDoubt('ann'))).toBeUndefined();
});
