import { describe, expect, test } from 'vitest';
import { NOTHING_APPLIED } from '../../src/model/link.ts';
import { leftBy } from '../../src/settle/left-children.ts';
import { settle, type Settlement } from '../../src/settle/settle.ts';
import type { NewEvent } from '../../src/store/event-row.ts';
import type { Store } from '../../src/store/store.ts';
import { manualClock } from '../support/clocks.ts';
import { aLink, aMember, anEvent, anIntent } from '../support/rows.ts';
import { sqliteStores } from '../support/sqlite.ts';

const NOW = 5_000;
const TARGET = 'account|contact||1';
const open = sqliteStores(manualClock());

/** Takes the due events of the target, as a lane does before it settles them. */
async function taken(store: Store, ...events: NewEvent[]) {
  await store.write((tables) => tables.events.add(events, 1_000));
  return store.write((tables) => tables.events.take(TARGET, NOW));
}

async function eventsOf(store: Store) {
  return (await store.read.events.list({ limit: 100 })).reverse();
}

const sourceOf = (sync: string) => (sync === 'contacts' ? 'bookings' : undefined);
const settled = { type: 'settled', verdict: { state: 'done', reason: 'applied' } } as const;

describe('what becomes of the events', () => {
  test('all that were applied together end together', async () => {
    const store = await open();
    const events = await taken(store, anEvent({ key: '1' }), anEvent({ key: '2', targetKey: TARGET }));

    await settle(store, { events, targetKey: TARGET, followUp: settled }, NOW);

    expect(await eventsOf(store)).toMatchObject([
      { key: '1', state: 'done', reason: 'applied' },
      { key: '2', state: 'done', reason: 'applied' },
    ]);
  });

  test('those that are to go again are pending, later, and their failure counts', async () => {
    const store = await open();
    const events = await taken(store, anEvent({ tries: 2 }));
    const followUp = { type: 'again', due: 9_000, reason: '502: no', failures: 1 } as const;

    await settle(store, { events, targetKey: TARGET, followUp }, NOW);

    expect(await eventsOf(store)).toMatchObject([
      { state: 'pending', due: 9_000, reason: '502: no', tries: 3 },
    ]);
  });

  test('those whose parent is not there wait for it', async () => {
    const store = await open();
    const events = await taken(store, anEvent());

    await settle(
      store,
      { events, targetKey: TARGET, followUp: { type: 'wait', parent: 'p', until: 60_000 } },
      NOW,
    );

    expect(await eventsOf(store)).toMatchObject([{ state: 'waiting', waitsFor: 'p', due: 60_000 }]);
  });

  test('while more steps follow they stay on their way, and nothing else changes', async () => {
    const store = await open();
    const events = await taken(store, anEvent());
    await store.write(async (tables) => {
      await tables.links.put(aLink());
      await tables.members.put([aMember()]);
      await tables.intents.put(anIntent());
    });

    const holder = await settle(store, { events, targetKey: TARGET }, NOW);

    expect(holder).toBeUndefined();
    expect(await eventsOf(store)).toMatchObject([{ state: 'sending' }]);
    expect(await store.read.links.get(TARGET)).toEqual(aLink());
    expect(await store.read.members.of(TARGET)).toEqual([aMember()]);
    expect(await store.read.intents.get(TARGET)).toEqual(anIntent());
    expect(await store.read.journal.of(events[0]!.id)).toEqual([]);
  });
});

describe('the journal', () => {
  test('holds each step and its answer under the newest event', async () => {
    const store = await open();
    const three = ['1', '2', '3'].map((key) => anEvent({ key, targetKey: TARGET }));
    const events = await taken(store, ...three);
    const journal = { step: { type: 'update' }, answer: { id: 'c1' } };

    await settle(store, { events, targetKey: TARGET, journal }, NOW);

    expect(await Promise.all(events.map(({ id }) => store.read.journal.of(id)))).toEqual([
      [],
      [],
      [{ event: events[2]!.id, ...journal, at: NOW }],
    ]);
  });

  test('is left alone where no event is to blame', async () => {
    const store = await open();

    await settle(
      store,
      { events: [], targetKey: TARGET, journal: { step: 1, answer: 2 }, link: aLink() },
      NOW,
    );

    expect(await store.read.links.get(TARGET)).toEqual(aLink());
  });
});

describe('a create that was announced', () => {
  test('is forgotten once its answer is known', async () => {
    const store = await open();
    await store.write((tables) => tables.intents.put(anIntent()));

    await settle(store, { events: [], targetKey: TARGET, intent: 'clear' }, NOW);

    expect(await store.read.intents.get(TARGET)).toBeUndefined();
  });

  test('and is in doubt keeps how it failed, and when to look', async () => {
    const store = await open();
    const doubt = { failure: { status: 504, message: 'too slow' }, lookAt: 8_000 };
    await store.write((tables) => tables.intents.put(anIntent()));

    await settle(store, { events: [], targetKey: TARGET, intent: doubt }, NOW);

    expect(await store.read.intents.get(TARGET)).toEqual(anIntent(doubt));
  });

  test('by nobody is not in doubt', async () => {
    const store = await open();
    const doubt = { failure: { status: 504, message: 'too slow' }, lookAt: 8_000 };

    await settle(store, { events: [], targetKey: TARGET, intent: doubt }, NOW);

    expect(await store.read.intents.get(TARGET)).toBeUndefined();
  });
});

describe('the link', () => {
  test('goes with a target that is gone', async () => {
    const store = await open();
    await store.write((tables) => tables.links.put(aLink()));

    await settle(store, { events: [], targetKey: TARGET, unlink: true }, NOW);

    expect(await store.read.links.get(TARGET)).toBeUndefined();
  });

  test('becomes what was applied', async () => {
    const store = await open();
    const link = aLink({ applied: { ...NOTHING_APPLIED, fields: { firstName: 'Ann' } } });
    await store.write((tables) => tables.links.put(aLink()));

    await settle(store, { events: [], targetKey: TARGET, link }, NOW);

    expect(await store.read.links.get(TARGET)).toEqual(link);
  });
});

describe('a target that another target key came to hold meanwhile', () => {
  const other = aLink({ targetKey: 'account|contact||joe' });

  test("stays the other's: nothing is changed, and its key is told", async () => {
    const store = await open();
    const events = await taken(store, anEvent());
    await store.write((tables) => tables.links.put(other));

    const holder = await settle(
      store,
      { events, targetKey: TARGET, link: aLink(), wakes: true, followUp: settled },
      NOW,
    );

    expect(holder).toBe('account|contact||joe');
    expect(await store.read.links.get(TARGET)).toBeUndefined();
    expect(await eventsOf(store)).toMatchObject([{ state: 'sending' }]);
  });

  test.for([
    ['another account', { account: 'other' }],
    ['another resource', { resource: 'business' }],
    ['another id', { targetId: 'c2' }],
  ] as const)('is another one where it is in %s', async ([, wish]) => {
    const store = await open();
    await store.write((tables) => tables.links.put({ ...other, ...wish }));

    const holder = await settle(store, { events: [], targetKey: TARGET, link: aLink(), wakes: true }, NOW);

    expect(holder).toBeUndefined();
    expect(await store.read.links.get(TARGET)).toEqual(aLink());
  });

  test('is its own where it holds the target itself', async () => {
    const store = await open();
    const link = aLink({ writtenAt: NOW });
    await store.write((tables) => tables.links.put(aLink()));

    expect(await settle(store, { events: [], targetKey: TARGET, link, wakes: true }, NOW)).toBeUndefined();
    expect(await store.read.links.get(TARGET)).toEqual(link);
  });
});

describe('members', () => {
  test('join and leave with the answer', async () => {
    const store = await open();
    await store.write((tables) => tables.members.put([aMember({ key: 'old' }), aMember({ key: 'stays' })]));
    const settlement: Settlement = {
      events: [],
      targetKey: TARGET,
      join: [aMember({ key: 'new' })],
      leave: [aMember({ key: 'old' })],
    };

    await settle(store, settlement, NOW);

    expect((await store.read.members.of(TARGET)).map(({ key }) => key).sort()).toEqual(['new', 'stays']);
  });

  test('who stay at a target that others left are taken up again, one for each target', async () => {
    const store = await open();
    await store.write((tables) =>
      tables.members.put([
        aMember({ key: 'a', targetKey: 't1' }),
        aMember({ key: 'b', targetKey: 't1' }),
        aMember({ key: 'c', targetKey: 't2' }),
        aMember({ key: 'd', targetKey: 't3', sync: 'removed from the file' }),
      ]),
    );

    const left = { account: 'account', targets: ['t1', 't2', 't3', 'nobody'], sourceOf };
    await settle(store, { events: [], targetKey: TARGET, left }, NOW);

    const awake = { state: 'pending', lane: 'account', source: 'bookings', sync: 'contacts', due: NOW };
    expect(await eventsOf(store)).toMatchObject([
      { ...awake, targetKey: 't1', priority: 1 },
      { ...awake, targetKey: 't2', key: 'c', priority: 1 },
    ]);
  });
});

describe('children', () => {
  test('that wait for the target go on when it is there', async () => {
    const store = await open();
    const waiting = { state: 'waiting', due: 90_000 } as const;
    await store.write((tables) =>
      tables.events.add(
        [
          anEvent({ key: 'a', ...waiting, waitsFor: TARGET }),
          anEvent({ key: 'b', ...waiting, waitsFor: 'another' }),
        ],
        1_000,
      ),
    );

    await settle(store, { events: [], targetKey: TARGET, link: aLink() }, NOW);
    const before = await eventsOf(store);
    await settle(store, { events: [], targetKey: TARGET, wakes: true }, NOW);

    expect(before.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect(await eventsOf(store)).toMatchObject([
      { key: 'a', state: 'pending', due: NOW },
      { key: 'b', state: 'waiting' },
    ]);
  });

  test('of a target that was created anew are taken up again, and no others', async () => {
    const store = await open();
    const child = (key: string, parentId: string, account = 'account') =>
      aLink({ targetKey: key, targetId: key, resource: 'note', parentId, account });
    await store.write(async (tables) => {
      for (const link of [
        child('n1', 'old'),
        child('n2', 'old'),
        child('n3', 'new'),
        child('n4', 'old', 'x'),
      ])
        await tables.links.put(link);
      const keys = ['n1', 'n2', 'n3', 'n4'];
      await tables.members.put(keys.map((key) => aMember({ key, targetKey: key })));
    });

    const orphans = { account: 'account', parentId: 'old', sourceOf };
    await settle(store, { events: [], targetKey: TARGET, orphans }, NOW);

    expect(await eventsOf(store)).toMatchObject([
      { key: 'n1', targetKey: 'n1', state: 'pending', due: NOW },
      { key: 'n2', targetKey: 'n2', state: 'pending', due: NOW },
    ]);
  });

  test('of what had the key before come to the target that is new to it, and to no other', async () => {
    const store = await open();
    await store.write(async (tables) => {
      await tables.lookups.put('account', leftBy(TARGET), 'old', 1_000);
      await tables.links.put(aLink({ targetKey: 'n1', targetId: 'n1', resource: 'note', parentId: 'old' }));
      const desired = { ...aMember().desired, parent: TARGET };
      await tables.members.put([aMember({ key: 'n1', targetKey: 'n1', desired })]);
    });

    await settle(store, { events: [], targetKey: TARGET, link: aLink() }, NOW);
    await settle(store, { events: [], targetKey: TARGET, calls: sourceOf }, NOW);
    const before = await eventsOf(store);
    await settle(store, { events: [], targetKey: TARGET, link: aLink(), calls: sourceOf }, NOW);

    expect(before).toEqual([]);
    expect(await eventsOf(store)).toMatchObject([{ targetKey: 'n1', state: 'pending', due: NOW }]);
  });
});

describe('a parent that somebody deleted by hand', () => {
  const lost = { account: 'account', targetKey: 'parent', sourceOf };
  const setUp = async () => {
    const store = await open();
    await store.write(async (tables) => {
      await tables.links.put(aLink({ targetKey: 'parent', targetId: 'p1' }));
      await tables.members.put([aMember({ key: 'its record', targetKey: 'parent' })]);
    });
    return store;
  };

  test('is gone, and taken up again', async () => {
    const store = await setUp();

    await settle(store, { events: [], targetKey: TARGET, lostParent: { ...lost, targetId: 'p1' } }, NOW);

    expect(await store.read.links.get('parent')).toMatchObject({ targetId: 'p1', gone: true });
    expect(await eventsOf(store)).toMatchObject([
      { key: 'its record', targetKey: 'parent', state: 'pending', due: NOW },
    ]);
  });

  test('and was created anew meanwhile is left alone', async () => {
    const store = await setUp();

    await settle(store, { events: [], targetKey: TARGET, lostParent: { ...lost, targetId: 'p0' } }, NOW);
    await settle(
      store,
      { events: [], targetKey: TARGET, lostParent: { ...lost, targetKey: 'nobody', targetId: 'p1' } },
      NOW,
    );

    expect(await store.read.links.get('parent')).toMatchObject({ gone: false });
    expect(await eventsOf(store)).toEqual([]);
  });
});
