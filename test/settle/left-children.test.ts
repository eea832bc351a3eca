import { describe, expect, test } from 'vitest';
import { callChildren, leftBy, moveWithChildren } from '../../src/settle/left-children.ts';
import type { Store } from '../../src/store/store.ts';
import { manualClock } from '../support/clocks.ts';
import { aLink, aMember } from '../support/rows.ts';
import { sqliteStores } from '../support/sqlite.ts';

const NOW = 5_000;
const open = sqliteStores(manualClock());
const sourceOf = () => 'bookings';

const moved = (store: Store, from: string, to: string) =>
  store.write((tables) => moveWithChildren(tables, from, to, sourceOf, NOW));
const called = (store: Store, targetKey: string, targetId: string) =>
  store.write((tables) => callChildren(tables, aLink({ targetKey, targetId }), sourceOf, NOW));
const taken = async (store: Store) =>
  (await store.read.events.list({ limit: 100 })).map(({ key, targetKey, state, due }) => ({
    key,
    targetKey,
    state,
    due,
  }));
const keptOf = async (store: Store, key: string) =>
  (await store.read.lookups.get('account', leftBy(key)))?.value;

/** The contact c1 of a key, and its children; each has members that want parents of these keys. */
async function family(contact: string, children: Record<string, readonly string[]>, account = 'account') {
  const store = await open();
  const desired = (parent: string) => ({ ...aMember().desired, parent });
  await store.write(async (tables) => {
    await tables.links.put(aLink({ targetKey: contact }));
    for (const [child, parents] of Object.entries(children)) {
      const link = { targetKey: child, targetId: child, resource: 'note', parentId: 'c1', account };
      await tables.links.put(aLink(link));
      await tables.members.put(
        parents.map((parent, at) =>
          aMember({ key: `${child}${at}`, targetKey: child, desired: desired(parent) }),
        ),
      );
    }
  });
  return store;
}

describe('children of a contact whose record has another key now', () => {
  test('stay with it: where it was is kept for those that name the key that it had', async () => {
    const store = await family('ann', { note: ['ann'] });

    await moved(store, 'ann', 'anna');

    expect(await store.read.links.get('ann')).toBeUndefined();
    expect(await store.read.links.get('anna')).toMatchObject({ targetId: 'c1' });
    expect(await keptOf(store, 'ann')).toBe('c1');
    expect(await taken(store)).toEqual([]);
  });

  test('come once the key has another target, if any of their records names it, and only once', async () => {
    const store = await family('ann', { hers: ['ann'], both: ['anna', 'ann'], other: ['anna'] });
    await moved(store, 'ann', 'anna');

    await called(store, 'ann', 'c2');
    const comes = await taken(store);
    await store.write((tables) => tables.events.take('hers', NOW));
    await store.write((tables) => tables.events.settle([1, 2], { state: 'done', reason: 'applied' }, NOW));
    await called(store, 'ann', 'c3');

    const pending = { state: 'pending', due: NOW };
    expect(comes.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: 'both0', targetKey: 'both', ...pending },
      { key: 'hers0', targetKey: 'hers', ...pending },
    ]);
    expect((await taken(store)).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  test('are at home where the key has the target again that it had', async () => {
    const store = await family('ann', { note: ['ann'] });
    await moved(store, 'ann', 'anna');
    await moved(store, 'anna', 'ann');

    await called(store, 'ann', 'c1');

    expect(await taken(store)).toEqual([]);
  });

  test("come where another record's contact moves to the key", async () => {
    const store = await family('ann', { note: ['ann'] });
    await moved(store, 'ann', 'anna');
    await store.write((tables) => tables.links.put(aLink({ targetKey: 'joe', targetId: 'c2' })));

    await moved(store, 'joe', 'ann');

    expect(await taken(store)).toMatchObject([{ targetKey: 'note' }]);
  });
});

test('each key has what it had kept apart', async () => {
  const store = await family('ann', {});
  await store.write((tables) => tables.links.put(aLink({ targetKey: 'joe', targetId: 'c2' })));

  await moved(store, 'ann', 'anna');
  await moved(store, 'joe', 'joanna');

  expect([await keptOf(store, 'ann'), await keptOf(store, 'joe')]).toEqual(['c1', 'c2']);
});

test('a key that had no target leaves nothing behind', async () => {
  const store = await open();

  await moved(store, 'ann', 'anna');
  await called(store, 'ann', 'c2');

  expect(await keptOf(store, 'ann')).toBeUndefined();
  expect(await taken(store)).toEqual([]);
});
