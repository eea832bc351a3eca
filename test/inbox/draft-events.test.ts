import { describe, expect, test } from 'vitest';
import type { Destination } from '../../src/inbox/draft-events.ts';
import type { AcceptOptions } from '../../src/inbox/accept.ts';
import type { Member } from '../../src/model/desired.ts';
import { digestOf } from '../../src/model/digest.ts';
import { HELD_DUE } from '../../src/model/event.ts';
import type { StoredRecord } from '../../src/model/record.ts';
import { anAcceptance, toContact } from '../support/acceptance.ts';
import { manualClock } from '../support/clocks.ts';
import { aLink, aMember, anEvent } from '../support/rows.ts';
import { sqliteStores } from '../support/sqlite.ts';
import { prop } from '../support/syncs.ts';

const clock = manualClock();
const open = sqliteStores(clock);

/** The acceptance of a source whose records go where a test says. */
const goingTo = async (
  destinations: (key: string, record: StoredRecord) => readonly Partial<Destination>[],
) =>
  anAcceptance(await open(), clock, (_, { key, record }) =>
    Promise.resolve(destinations(key, record).map((wish) => toContact(key, wish))),
  );

describe('the events of a record', () => {
  test('are one for each sync that takes it', async () => {
    const to = (targetKey: string) => ({ type: 'to', targetKey }) as const;
    const { accept, events } = await goingTo(() => [{}, { sync: 'notes', lane: 'other', route: to('note') }]);

    expect(await accept([{ id: 1 }], { priority: 2 })).toMatchObject({ events: 2 });
    expect(await events()).toMatchObject([
      { sync: 'contacts', lane: 'account', targetKey: 'account|contact||1', priority: 2, state: 'pending' },
      { sync: 'notes', lane: 'other', targetKey: 'note', priority: 2, state: 'pending' },
    ]);
  });

  test('are none where no sync takes it; it is stored nevertheless', async () => {
    const { accept, store } = await goingTo(() => []);

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 0, unchanged: 0 });
    expect(await store.read.records.get('default', 'bookings', '1')).toMatchObject({ key: '1' });
  });

  test('are dead where a mapping fails, with its words, and supersede what is older', async () => {
    let route: Destination['route'] = { type: 'to', targetKey: 't' };
    const { accept, events } = await goingTo(() => [{ route }]);
    await accept([{ id: 1 }]);
    route = { type: 'dead', reason: 'odd', remedy: 'correct it' };

    const accepted = await accept([{ id: 1, a: 2 }]);

    expect(accepted.ended).toMatchObject([{ state: 'dead', reason: 'odd', remedy: 'correct it' }]);
    expect(await events()).toMatchObject([{ state: 'superseded' }, { state: 'dead', targetKey: '' }]);
  });

  test('are dead where the record has no key, wherever they would go', async () => {
    const store = await open();
    const { accept, events } = anAcceptance(store, clock, undefined, { key: prop('missing') });

    await accept([{ id: 1 }]);

    expect(await events()).toMatchObject([
      {
        state: 'dead',
        targetKey: '',
        reason: expect.stringContaining('no-key') as string,
        remedy: expect.stringContaining('sources.bookings.key') as string,
      },
    ]);
  });

  test('are one dead letter for a record without a key, though elements of it have targets', async () => {
    const whole = () => Promise.resolve([toContact('1', { element: '' })]);
    const { accept, store, events } = anAcceptance(await open(), clock, whole, { key: prop('missing') });
    const key = `no-key ${digestOf({ id: 1 })}`;
    await store.write((tables) => tables.members.put([aMember({ key, element: 'a' })]));

    await accept([{ id: 1 }]);

    expect(await events()).toMatchObject([{ key, element: '', state: 'dead' }]);
  });
});

describe('a record whose target is another than before', () => {
  test('names the one that it leaves', async () => {
    const { accept, store, events } = await goingTo(() => [{}]);
    await store.write((tables) =>
      tables.members.put([
        aMember({ key: '1', targetKey: 'before' }),
        aMember({ key: '2', targetKey: 'account|contact||2' }),
        aMember({ key: '3', targetKey: 'before', sync: 'notes' }),
      ]),
    );

    await accept([{ id: 1 }, { id: 2 }, { id: 3 }]);

    expect((await events()).map(({ key, targetKeyBefore }) => [key, targetKeyBefore])).toEqual([
      ['1', 'before'],
      ['2', null],
      ['3', null],
    ]);
  });

  test('is told apart by sync, also where names run into each other', async () => {
    const to = { type: 'to', targetKey: 't' } as const;
    const { accept, store, events } = await goingTo(() => [
      { sync: 'contacts', route: to },
      { sync: 'notes', route: to },
    ]);
    await store.write((tables) => tables.members.put([aMember({ sync: 'notes', targetKey: 'before' })]));

    await accept([{ id: 1 }]);

    expect((await events()).map(({ sync, targetKeyBefore }) => [sync, targetKeyBefore])).toEqual([
      ['contacts', null],
      ['notes', 'before'],
    ]);
  });
});

describe('when an event may go', () => {
  const dueAfter = async (writtenAt: number | undefined, quietMs: number) => {
    const { accept, store, events } = await goingTo(() => [{ quietMs }]);
    if (writtenAt !== undefined)
      await store.write((tables) => tables.links.put(aLink({ writtenAt: clock.now() + writtenAt })));
    await accept([{ id: 1 }]);
    return (await events())[0]!.due - clock.now();
  };

  test('is at once for a target that nobody has written to', async () => {
    expect(await dueAfter(undefined, 60_000)).toBe(0);
    expect(await dueAfter(-clock.now(), clock.now() + 60_000)).toBe(0);
  });

  test.for([
    [-10_000, 60_000, 50_000],
    [0, 60_000, 60_000],
    [-60_000, 60_000, 0],
    [-90_000, 60_000, 0],
    [-10_000, 0, 0],
  ])('written %i ms ago, with a quiet time of %i ms, is in %i ms', async ([written, quiet, due]) => {
    expect(await dueAfter(written, quiet!)).toBe(due);
  });

  test('is at once where the clock was set back since', async () => {
    expect(await dueAfter(86_400_000, 60_000)).toBe(0);
  });

  test('is no sooner for a record that leaves its target', async () => {
    const { accept, store, events } = await goingTo(() => [{ quietMs: 60_000, route: { type: 'left' } }]);
    const writtenAt = clock.now() - 10_000;
    await store.write(async (tables) => {
      await tables.members.put([aMember()]);
      await tables.links.put(aLink({ writtenAt }));
    });

    await accept([{ id: 1 }]);

    expect(await events()).toMatchObject([{ state: 'pending', due: writtenAt + 60_000 }]);
  });

  test('is told for each of very many targets', async () => {
    const syncs = ['a', 'b', 'c'];
    const { accept, store, events } = await goingTo((key) =>
      syncs.map((sync) => ({
        sync,
        quietMs: 60_000,
        route: { type: 'to', targetKey: `${sync} ${key}` },
      })),
    );
    const keys = Array.from({ length: 400 }, (_, at) => String(at));
    await store.write(async (tables) => {
      for (const key of keys)
        for (const sync of syncs) {
          const targetKey = `${sync} ${key}`;
          await tables.links.put(aLink({ targetKey, targetId: targetKey, writtenAt: clock.now() }));
        }
    });

    await accept(keys.map((id) => ({ id })));

    const due = (await events()).map((event) => event.due - clock.now());
    expect(due).toHaveLength(1_200);
    expect(new Set(due)).toEqual(new Set([60_000]));
  });
});

describe('what a guard is to weigh first', () => {
  const dueOf = async (options: Partial<AcceptOptions>, wish: Partial<Destination> = {}) => {
    const { accept, events } = await goingTo(() => [{ guarded: true, ...wish }]);
    await accept([{ id: 1 }], options);
    return (await events())[0]!.due;
  };

  test('is held where a poll found it, together with what else it found', async () => {
    expect(await dueOf({ origin: 'poll' })).toBe(HELD_DUE);
    expect(await dueOf({ origin: 'poll', approved: false })).toBe(HELD_DUE);
  });

  test.for([
    ['what a webhook brings', { origin: 'webhook' }, {}],
    ['what a person approved', { origin: 'poll', approved: true }, {}],
    ['what no guard asks for', { origin: 'poll' }, { guarded: false }],
    ['what ends at once', { origin: 'poll' }, { route: { type: 'left' } }],
  ] as const)('is not %s', async ([, options, wish]) => {
    expect(await dueOf(options, wish)).toBe(clock.now());
  });
});

describe('an action', () => {
  const actions = () =>
    goingTo((key, record) => [
      {
        sync: 'welcome',
        action: true,
        route: record.gone ? { type: 'left' } : { type: 'to', targetKey: `welcome ${key}` },
      },
    ]);

  test('keeps the record as it was, and as it was before', async () => {
    const { accept, events } = await actions();

    await accept([{ id: 1, a: 1 }]);
    await accept([{ id: 1, a: 2 }]);

    expect((await events()).map(({ state, action }) => [state, action])).toEqual([
      ['pending', { record: { id: 1, a: 1 }, before: null, initial: false }],
      ['pending', { record: { id: 1, a: 2 }, before: { id: 1, a: 1 }, initial: false }],
    ]);
  });

  test('hears nothing of a record that is not for it, and meets one that comes back as new', async () => {
    const { accept, events } = await actions();
    await accept([{ id: 1, a: 1 }]);

    expect(await accept([{ id: 1, deleted: true }])).toMatchObject({ events: 0, ended: [] });
    await accept([{ id: 1, a: 2 }]);

    expect((await events()).map(({ action }) => action?.before)).toEqual([null, null]);
  });

  test('knows what was there at the first import', async () => {
    const { accept, events } = await actions();

    await accept([{ id: 1 }], { initial: true });
    await accept([{ id: 2 }], { initial: false });

    expect((await events()).map(({ action }) => action?.initial)).toEqual([true, false]);
  });

  test('alone has its own copy of the record', async () => {
    const { accept, events } = await goingTo(() => [{}]);

    await accept([{ id: 1 }], { initial: true });

    expect((await events())[0]).not.toHaveProperty('action');
  });
});

describe('a sync that takes records apart', () => {
  const elements = (...present: readonly string[]): readonly Partial<Destination>[] => [
    { route: { type: 'elements', present } },
    ...present.map((element) => ({ element, route: { type: 'to', targetKey: `t ${element}` } as const })),
  ];
  const member = (element: string, wish: Partial<Member> = {}) =>
    aMember({ element, targetKey: `t ${element}`, ...wish });

  test('makes an event of each element, and of each that its record no longer has', async () => {
    const { accept, store, events } = await goingTo(() => elements('a', 'b'));
    await store.write((tables) =>
      tables.members.put([member('b', { targetKey: 'before' }), member('c'), member('d', { key: '2' })]),
    );

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 3, ended: [] });
    expect(
      (await events()).map((one) => [one.element, one.targetKey, one.targetKeyBefore, one.state]),
    ).toEqual([
      ['a', 't a', null, 'pending'],
      ['b', 't b', 'before', 'pending'],
      ['c', 't c', null, 'pending'],
    ]);
  });

  test('makes none of an element that never had a target', async () => {
    const { accept, events } = await goingTo(() => elements());

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 0 });
    expect(await events()).toEqual([]);
  });

  test('supersedes what waits of all elements, those that are gone, too', async () => {
    let present = ['a', 'b'];
    const { accept, events } = await goingTo(() => elements(...present));
    await accept([{ id: 1 }]);
    present = ['a'];

    await accept([{ id: 1, a: 2 }]);

    expect((await events()).map(({ element, state }) => [element, state])).toEqual([
      ['a', 'superseded'],
      ['b', 'superseded'],
      ['a', 'pending'],
    ]);
  });

  test('weighs those that are gone where it has a guard and a poll found it', async () => {
    const dueOf = async (origin: 'poll' | 'webhook', guarded: boolean) => {
      const { accept, store, events } = await goingTo(() => elements().map((one) => ({ ...one, guarded })));
      await store.write((tables) => tables.members.put([member('c')]));
      await accept([{ id: 1 }], { origin });
      return (await events())[0]!.due;
    };

    expect(await dueOf('poll', true)).toBe(HELD_DUE);
    expect(await dueOf('poll', false)).toBe(clock.now());
    expect(await dueOf('webhook', true)).toBe(clock.now());
  });

  test('takes back what is gone of each record, and of each sync, for itself', async () => {
    const route = { type: 'elements', present: ['a'] } as const;
    const { accept, store, events } = await goingTo(() => [{ route }, { sync: 'notes', route }]);
    await store.write((tables) =>
      tables.members.put([member('c'), member('d', { key: '2' }), member('e', { sync: 'notes' })]),
    );

    await accept([{ id: 1 }, { id: 2 }]);

    expect((await events()).map(({ sync, key, element }) => [sync, key, element])).toEqual([
      ['contacts', '1', 'c'],
      ['contacts', '2', 'd'],
      ['notes', '1', 'e'],
    ]);
  });

  test('sends an element where it belongs now, though another one of its record leaves what it had', async () => {
    const { accept, store, events } = await goingTo(() => [
      { element: 'a', route: { type: 'left' } },
      { element: 'b', route: { type: 'to', targetKey: 'now' } },
    ]);
    const sending = { element: 'a', targetKey: 'on its way', state: 'sending' } as const;
    await store.write(async (tables) => {
      await tables.events.add([anEvent(sending)], 1_000);
      await tables.members.put([member('b', { targetKey: 'before' })]);
    });

    await accept([{ id: 1 }]);

    expect((await events()).slice(1)).toMatchObject([
      { element: 'a', targetKey: 'on its way', state: 'pending' },
      { element: 'b', targetKey: 'now', targetKeyBefore: 'before', state: 'pending' },
    ]);
  });

  test('leaves the targets of all elements when it no longer takes them apart', async () => {
    const { accept, store, events } = await goingTo((key) => [
      { element: '' },
      { sync: 'notes', element: '', route: { type: 'to', targetKey: `note ${key}` } },
    ]);
    await store.write((tables) =>
      tables.members.put([
        member('', { targetKey: 'account|contact||1' }),
        member('c'),
        member('d', { key: '2' }),
        member('e', { sync: 'notes' }),
      ]),
    );

    await accept([{ id: 1 }, { id: 2 }]);

    expect(
      (await events()).map(({ sync, key, element, targetKey }) => [sync, key, element, targetKey]),
    ).toEqual([
      ['contacts', '1', '', 'account|contact||1'],
      ['contacts', '1', 'c', 't c'],
      ['notes', '1', '', 'note 1'],
      ['notes', '1', 'e', 't e'],
      ['contacts', '2', '', 'account|contact||2'],
      ['contacts', '2', 'd', 't d'],
      ['notes', '2', '', 'note 2'],
    ]);
  });

  test('and is an action now does nothing for elements that it had', async () => {
    const { accept, store } = await goingTo(() => [{ action: true, element: '' }]);
    await store.write((tables) => tables.members.put([member('c')]));

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 1 });
  });

  test('of an action tells nothing of elements that are gone', async () => {
    const { accept, store } = await goingTo(() => [
      { action: true, route: { type: 'elements', present: [] } },
    ]);
    await store.write((tables) => tables.members.put([member('c')]));

    expect(await accept([{ id: 1 }])).toMatchObject({ events: 0 });
  });
});
