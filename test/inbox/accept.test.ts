import { describe, expect, test } from 'vitest';
import type { AcceptOptions } from '../../src/inbox/accept.ts';
import type { Arrival } from '../../src/inbox/arrival.ts';
import { digestOf } from '../../src/model/digest.ts';
import { HELD_DUE, type Priority } from '../../src/model/event.ts';
import type { Tables } from '../../src/store/tables.ts';
import { anAcceptance, toContact } from '../support/acceptance.ts';
import { manualClock } from '../support/clocks.ts';
import { aMember, anEvent, anIntent } from '../support/rows.ts';
import { sqliteStores } from '../support/sqlite.ts';
import { variable } from '../support/syncs.ts';

const clock = manualClock();
const open = sqliteStores(clock);
const setUp = async () => anAcceptance(await open(), clock);
/** Times that a source may write, in ms. */
const T = (day: number) => Date.parse('2026-05-01T00:00:00Z') + day * 86_400_000;
const arrival = (record: Arrival['record'], asOf: number): Arrival => ({ record, asOf, name: null });

describe('a record that is new', () => {
  test('is stored, with the event that it causes', async () => {
    const { acceptArrivals, events, store } = await setUp();
    const record = { id: 1, at: T(0) };

    const accepted = await acceptArrivals([{ record, asOf: 5_000, name: 'booking.created' }], {
      priority: 1,
    });

    expect(accepted).toMatchObject({ events: 1, unchanged: 0, stale: 0, superseded: 0, ended: [] });
    expect(accepted.identified).toMatchObject([{ key: '1', record, updatedMs: T(0) }]);
    expect(await store.read.records.get('default', 'bookings', '1')).toEqual({
      key: '1',
      body: record,
      digest: digestOf(record),
      updatedMs: T(0),
      asOf: 5_000,
      sequence: 1,
      gone: false,
      doubted: null,
    });
    const id = expect.any(Number) as number;
    expect(await events()).toEqual([
      {
        id,
        ...anEvent({ priority: 1, name: 'booking.created', due: clock.now(), createdAt: clock.now() }),
      },
    ]);
  });

  test('is told from the others by its sequence, which only rises', async () => {
    const { accept, store } = await setUp();

    await accept([{ id: 1 }, { id: 2 }]);
    await accept([{ id: 3 }, { id: 1, a: 2 }]);

    const records = await store.read.records.getMany('default', 'bookings', ['1', '2', '3']);
    expect([...records.values()].map(({ key, sequence }) => [key, sequence])).toEqual(
      expect.arrayContaining([
        ['2', 2],
        ['3', 3],
        ['1', 4],
      ]),
    );
  });

  test('leaves a stamp, below which none is given again', async () => {
    const { acceptArrivals, store } = await setUp();

    await acceptArrivals([arrival({ id: 1 }, 9_000), arrival({ id: 2 }, 7_000)]);

    expect(await store.read.records.lastStamp()).toBe(9_000);
  });
});

describe('a record that is known', () => {
  test('and unchanged is no event, and is no newer to its readers', async () => {
    const { accept, events, store } = await setUp();
    await accept([{ id: 1 }]);

    const again = await accept([{ id: 1 }]);

    expect(again).toMatchObject({ events: 0, unchanged: 1, stale: 0, superseded: 0 });
    expect(await events()).toHaveLength(1);
    expect(await store.read.records.currentSequence()).toBe(1);
  });

  test('and changed supersedes what waits of it, and nothing of others', async () => {
    const { accept, events, store } = await setUp();
    await accept([{ id: 1 }, { id: 2 }]);
    await store.write((tables) =>
      tables.events.add(
        [anEvent({ sync: 'notes' }), anEvent({ tenant: 'other' }), anEvent({ source: 'x', sync: 'x' })],
        1_000,
      ),
    );

    await accept([{ id: 1, a: 2 }]);

    expect((await events()).map(({ key, sync, tenant, state }) => [key, sync, tenant, state])).toEqual([
      ['1', 'contacts', 'default', 'superseded'],
      ['2', 'contacts', 'default', 'pending'],
      ['1', 'notes', 'default', 'pending'],
      ['1', 'contacts', 'other', 'pending'],
      ['1', 'x', 'default', 'pending'],
      ['1', 'contacts', 'default', 'pending'],
    ]);
  });

  test('and older than what was accepted is stale: nothing is changed by it', async () => {
    const { accept, events, store } = await setUp();
    await accept([{ id: 1, at: T(2), a: 'new' }]);

    const stale = await accept([{ id: 1, at: T(1), a: 'old' }]);

    expect(stale).toMatchObject({ events: 0, unchanged: 0, stale: 1 });
    expect(await events()).toMatchObject([{ state: 'pending' }]);
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { a: 'new' },
      doubted: null,
    });
  });
});

describe('several states of one record at once', () => {
  test('are one event: the newest counts, in whatever order they come', async () => {
    const { acceptArrivals, events, store } = await setUp();
    const states = [
      arrival({ id: 1, a: 'newest' }, 3_000),
      arrival({ id: 1, a: 'oldest' }, 1_000),
      arrival({ id: 1, a: 'middle' }, 2_000),
    ];

    const accepted = await acceptArrivals([...states, arrival({ id: 2 }, 1_000)]);

    expect(accepted).toMatchObject({ events: 2, superseded: 2 });
    expect(accepted.identified).toHaveLength(4);
    expect(await events()).toHaveLength(2);
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { a: 'newest' },
    });
  });

  test('are each an event of its own where each is an occasion', async () => {
    const { acceptArrivals, store } = await setUp();
    const states = [1, 2, 3].map((a) => arrival({ id: 1, a }, a * 1_000));

    const accepted = await acceptArrivals([...states, arrival({ id: 2 }, 1_000)], { eachState: true });

    expect(accepted).toMatchObject({ events: 4, superseded: 0, unchanged: 0, stale: 0 });
    expect(accepted.identified.map(({ key }) => key)).toEqual(['1', '2', '1', '1']);
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { a: 3 },
      sequence: 4,
    });
  });

  test('are counted over all of them', async () => {
    const { acceptArrivals } = await setUp();
    const one = arrival({ id: 1 }, 2_000);
    const states = [one, one, arrival({ id: 1, a: 'old' }, 1_000), arrival({ id: 1 }, 3_000)];

    expect(await acceptArrivals(states, { eachState: true })).toMatchObject({
      events: 1,
      unchanged: 2,
      stale: 1,
      ended: [],
    });
  });
});

describe('the parts that webhooks of a partial source hold', () => {
  const partial = async () => anAcceptance(await open(), clock, undefined, { partial: true });

  test('are merged, older first, over what is known', async () => {
    const { acceptArrivals, accept, store } = await partial();
    await accept([{ id: 1, a: 1, b: 1, c: 1 }]);

    const accepted = await acceptArrivals([
      arrival({ id: 1, b: 3, c: 3 }, 9_000),
      arrival({ id: 1, a: 2, b: 2 }, 8_000),
    ]);

    expect(accepted).toMatchObject({ events: 1, superseded: 1 });
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { id: 1, a: 2, b: 3, c: 3 },
      asOf: 9_000,
    });
  });

  test('are merged without those that are older than what is known', async () => {
    const { acceptArrivals, store } = await partial();
    await acceptArrivals([arrival({ id: 1, a: 'known', b: 1 }, 5_000)]);

    await acceptArrivals([
      arrival({ id: 1, a: 'stale' }, 4_999),
      arrival({ id: 1, b: 2 }, 5_000),
      arrival({ id: 1, c: 3 }, 6_000),
    ]);

    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { a: 'known', b: 2, c: 3 },
    });
  });

  test('of a record that nobody knows are merged into one', async () => {
    const { acceptArrivals, store } = await partial();

    await acceptArrivals([arrival({ id: 1, a: 1 }, 1_000), arrival({ id: 1, b: 2 }, 2_000)]);

    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { id: 1, a: 1, b: 2 },
    });
  });

  test('that are all stale change nothing', async () => {
    const { acceptArrivals, store } = await partial();
    await acceptArrivals([arrival({ id: 1, a: 1 }, 5_000)]);

    expect(await acceptArrivals([arrival({ id: 1, a: 0 }, 4_000)])).toMatchObject({ stale: 1, events: 0 });
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({ body: { a: 1 } });
  });

  test('are not merged where a poll read the whole, nor of a source that sends the whole', async () => {
    const whole = await setUp();
    const parts = await partial();
    const both = [arrival({ id: 1, a: 1 }, 1_000), arrival({ id: 1, b: 2 }, 2_000)];

    await whole.acceptArrivals(both);
    await parts.acceptArrivals([arrival({ id: 1, a: 1 }, 1_000)]);
    await parts.acceptArrivals(both, { origin: 'poll' });

    for (const { store } of [whole, parts])
      expect((await store.read.records.get('default', 'bookings', '1'))?.body).toEqual({ id: 1, b: 2 });
  });
});

describe('a poll that reads what is older than what is known', () => {
  const older = { id: 1, at: T(1), a: 'older' };
  const known = { id: 1, at: T(2), a: 'known' };
  const poll = { origin: 'poll' } as const;

  test('is believed when the next one reads the same', async () => {
    const { accept, store } = await setUp();
    await accept([known]);

    const first = await accept([older], poll);
    const second = await accept([older], poll);

    expect([first.stale, second.events]).toEqual([1, 1]);
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: older,
      doubted: null,
    });
  });

  test('is not believed where another one came in between, nor what reads otherwise', async () => {
    const { accept } = await setUp();
    await accept([known]);

    const told = [
      await accept([older], poll),
      await accept([known], poll),
      await accept([older], poll),
      await accept([{ ...older, a: 'else' }], poll),
    ];

    expect(told.map(({ stale, unchanged }) => [stale, unchanged])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  test('is believed from the second time that it reads a thing, whatever it read before', async () => {
    const { accept } = await setUp();
    const other = { ...older, a: 'other' };
    await accept([known]);

    const told = [await accept([older], poll), await accept([other], poll), await accept([other], poll)];

    expect(told.map(({ stale, events }) => [stale, events])).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  test('stays in doubt whatever webhooks tell', async () => {
    const { accept, acceptArrivals } = await setUp();
    await accept([known]);

    await accept([older], poll);
    await accept([known]);
    await acceptArrivals([arrival(known, 1)]);
    await accept([{ ...older, a: 'else' }]);

    expect(await accept([older], poll)).toMatchObject({ events: 1 });
  });
});

describe('what a poll is to read once more', () => {
  const doubted = async (records: readonly object[], options: Partial<AcceptOptions>) => {
    const { accept } = await setUp();
    await accept([1, 2, 3].map((id) => ({ id, at: T(5) })));
    return (await accept(records, options)).doubtedMs;
  };
  const records = [
    { id: 1, at: T(3) },
    { id: 2, at: T(1) },
    { id: 3, at: T(2), a: 1 },
    { id: 4, at: T(0) },
  ];

  test('begins with the oldest that it does not believe yet', async () => {
    expect(await doubted(records, { origin: 'poll' })).toBe(T(1));
    expect(await doubted(records.slice(2), { origin: 'poll' })).toBe(T(2));
    expect(await doubted([...records, { id: 1, at: T(4) }], { origin: 'poll', eachState: true })).toBe(T(1));
  });

  test('is nothing where it doubts nothing, and of a webhook', async () => {
    expect(await doubted(records.slice(3), { origin: 'poll' })).toBe(Infinity);
    expect(await doubted(records, { origin: 'webhook' })).toBe(Infinity);
  });

  test('is nothing where the source does not say when a record changed', async () => {
    const { acceptArrivals } = await setUp();
    await acceptArrivals([arrival({ id: 1 }, 5_000)]);

    expect(await acceptArrivals([arrival({ id: 1, a: 1 }, 4_000)], { origin: 'poll' })).toMatchObject({
      stale: 1,
      doubtedMs: Infinity,
    });
  });
});

describe('a webhook that tells what is known', () => {
  test('anew makes it as new as that: what was sent before it is stale', async () => {
    const { acceptArrivals, store } = await setUp();
    await acceptArrivals([arrival({ id: 1, a: 'on' }, 1_000)]);
    await acceptArrivals([arrival({ id: 1, a: 'on' }, 5_000)]);

    expect(await acceptArrivals([arrival({ id: 1, a: 'off' }, 4_000)])).toMatchObject({ stale: 1 });
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({
      body: { a: 'on' },
      sequence: 1,
      asOf: 5_000,
    });
  });

  test('keeps how new the source said it was, or tells it better', async () => {
    const updatedAt = { updatedAt: variable('event') };
    const { acceptArrivals, store } = anAcceptance(await open(), clock, undefined, updatedAt);
    const told = async (asOf: number, name: string | null) => {
      await acceptArrivals([{ record: { id: 1 }, asOf, name }]);
      return (await store.read.records.get('default', 'bookings', '1'))?.updatedMs;
    };

    expect(await told(1_000, '2026-05-01')).toBe(T(0));
    expect(await told(2_000, null)).toBe(T(0));
    expect(await told(3_000, '2026-05-02')).toBe(T(1));
  });

  test('as a poll does changes nothing of it', async () => {
    const { acceptArrivals, store } = await setUp();
    await acceptArrivals([arrival({ id: 1 }, 1_000)]);

    await acceptArrivals([arrival({ id: 1 }, 5_000)], { origin: 'poll' });

    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({ asOf: 1_000 });
  });
});

describe('a record whose event ended dead', () => {
  const deadOne = async () => {
    const one = await setUp();
    await one.accept([{ id: 1 }, { id: 2 }]);
    const [event] = await one.events();
    const verdict = { state: 'dead', reason: 'odd' } as const;
    await one.store.write((tables) => tables.events.settle([event!.id], verdict, 1_000));
    return one;
  };

  test('is taken up again by a full read, unchanged as it is', async () => {
    const { accept, events } = await deadOne();

    expect(await accept([{ id: 1 }, { id: 2 }], { origin: 'poll', full: true })).toMatchObject({
      events: 1,
      unchanged: 1,
    });
    expect((await events()).map(({ key, state }) => [key, state])).toEqual([
      ['1', 'superseded'],
      ['2', 'pending'],
      ['1', 'pending'],
    ]);
  });

  test('is left alone by any other', async () => {
    const { accept } = await deadOne();

    expect(await accept([{ id: 1 }], { origin: 'poll' })).toMatchObject({ events: 0, unchanged: 1 });
  });
});

describe('a record that is gone', () => {
  const gone = { id: 1, deleted: true };

  test('without a target is skipped, in words, and its tombstone is kept', async () => {
    const { accept, store } = await setUp();

    const accepted = await accept([gone, { id: 2 }]);

    expect(accepted.events).toBe(2);
    expect(accepted.ended).toMatchObject([
      { key: '1', state: 'skipped', reason: expect.stringContaining('gone') as string },
    ]);
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({ gone: true });
  });

  test('leaves the target that it is a member of', async () => {
    const { accept, store, events } = await setUp();
    await store.write((tables) => tables.members.put([aMember({ targetKey: 'its target' })]));

    expect(await accept([gone])).toMatchObject({ events: 1, ended: [] });
    expect(await events()).toMatchObject([{ state: 'pending', targetKey: 'its target', due: clock.now() }]);
  });

  test('leaves the target that it joined while it was judged', async () => {
    const store = await open();
    const joining = {
      ...store,
      write: async <T>(work: (tables: Tables) => Promise<T>) => {
        await store.write((tables) => tables.members.put([aMember({ targetKey: 'joined just now' })]));
        return store.write(work);
      },
    };
    const { accept, events } = anAcceptance(joining, clock);

    await accept([gone, { id: 2, deleted: true }]);

    expect(await events()).toMatchObject([
      { key: '1', state: 'pending', targetKey: 'joined just now' },
      { key: '2', state: 'skipped', targetKey: '' },
    ]);
  });

  test('is not mistaken for a member of another sync, tenant or key', async () => {
    const { accept, store, events } = await setUp();
    await store.write((tables) =>
      tables.members.put([aMember({ sync: 'notes' }), aMember({ tenant: 'other' }), aMember({ key: '2' })]),
    );

    await accept([gone]);

    expect(await events()).toMatchObject([{ state: 'skipped', targetKey: '' }]);
  });

  test.for(['sending', 'in doubt'] as const)(
    'while an older state of it is %s follows it to its target',
    async (state) => {
      const { accept, store, events } = await setUp();
      const targetKey = 'on its way';
      await store.write(async (tables) => {
        const older = state === 'sending' ? { state } : { state: 'pending' as const };
        await tables.events.add([anEvent({ targetKey, ...older })], 1_000);
        if (state === 'in doubt') await tables.intents.put(anIntent({ targetKey }));
      });

      await accept([gone, { id: 2, deleted: true }]);

      expect(await events()).toMatchObject([
        { key: '1', targetKey },
        { key: '1', state: 'pending', targetKey, reason: null, due: clock.now() },
        { key: '2', state: 'skipped', targetKey: '' },
      ]);
    },
  );

  test('follows it there no sooner than its sync’s guard has weighed that, where it has one and a poll brought it', async () => {
    const left = { route: { type: 'left' } } as const;
    const { accept, store, events } = anAcceptance(await open(), clock, () =>
      Promise.resolve([
        toContact('1', { ...left, guarded: true }),
        toContact('1', { ...left, sync: 'notes' }),
      ]),
    );
    const sending = { targetKey: 'on its way', state: 'sending' } as const;
    await store.write((tables) =>
      tables.events.add([anEvent(sending), anEvent({ ...sending, sync: 'notes' })], 1_000),
    );

    await accept([gone], { origin: 'poll' });

    expect((await events()).slice(2)).toMatchObject([
      { sync: 'contacts', state: 'pending', due: HELD_DUE },
      { sync: 'notes', state: 'pending', due: clock.now() },
    ]);
  });

  test('and comes back is an event, though it is what it was', async () => {
    const { accept } = await setUp();
    await accept([{ id: 1 }]);
    await accept([gone]);

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 1, unchanged: 0, stale: 0 });
  });
});

test('an event for a target that others wait for is as urgent as they are', async () => {
  const { accept, events, store } = await setUp();
  const waiting = (key: string, priority: Priority, target: string) =>
    anEvent({ sync: 'notes', key, priority, state: 'waiting', waitsFor: `account|contact||${target}` });
  await store.write((tables) =>
    tables.events.add([waiting('a', 0, '1'), waiting('b', 1, '1'), waiting('c', 1, '2')], 1_000),
  );

  await accept([{ id: 1 }, { id: 2 }, { id: 3 }], { priority: 2 });

  expect((await events()).slice(3).map(({ key, priority }) => [key, priority])).toEqual([
    ['1', 0],
    ['2', 1],
    ['3', 2],
  ]);
});

test('a batch that changes nothing costs no sequence number', async () => {
  const { accept, store } = await setUp();

  expect(await accept([])).toMatchObject({ identified: [], events: 0, superseded: 0 });
  expect(await store.read.records.currentSequence()).toBe(0);
});
