import { expect, test } from 'vitest';
import { DISCARDED } from '../../src/model/event.ts';
import type { Store } from '../../src/store/store.ts';
import { describeStores } from '../support/postgres.ts';
import { aDelivery, aLane, aLink, aMember, anEvent, anIntent, aRecord } from '../support/rows.ts';

const NOW = 1_700_000_000_000;

async function eventsOf(store: Store) {
  return (await store.read.events.list({ limit: 100 })).reverse();
}

describeStores('deliveries', (stores) => {
  test('a delivery id is stored once, nothing in place of one as often as it comes', async () => {
    const store = await stores.open();
    const add = (wish: Parameters<typeof aDelivery>[0]) =>
      store.write((tables) => tables.deliveries.add(aDelivery(wish)));

    const told = [
      await add({ deliveryId: 'a' }),
      await add({ deliveryId: 'a' }),
      await add({ deliveryId: 'a', connection: 'other' }),
      await add({}),
      await add({}),
    ];

    expect(told).toEqual([true, false, true, true, true]);
    expect(await store.read.deliveries.countReceived()).toBe(4);
  });

  test('they are unpacked in order, and keep why they could not be', async () => {
    const store = await stores.open();
    for (const raw of ['1', '2', '3'])
      await store.write((tables) => tables.deliveries.add(aDelivery({ raw, receivedAt: NOW })));
    const [first, second, third] = await store.read.deliveries.received(10);
    await store.write(async ({ deliveries }) => {
      await deliveries.settle(first!.id, 'accepted', null);
      await deliveries.settle(second!.id, 'dead', 'its record is 100% Ünreadable');
    });

    expect(first).toEqual({
      id: expect.any(Number) as number,
      tenant: 'default',
      connection: 'booth',
      name: 'booking.updated',
      raw: '1',
      receivedAt: NOW,
    });
    expect(await store.read.deliveries.received(10)).toEqual([third]);
    expect(await store.read.deliveries.received(10, third!.id)).toEqual([]);
    expect(await store.read.deliveries.dead(9, { reason: '100% ün' })).toHaveLength(
      stores.database === 'postgres' ? 1 : 0,
    );
    expect(await store.read.deliveries.dead(9, { reason: '00% Ü', since: NOW })).toHaveLength(1);
    expect(await store.read.deliveries.dead(9, { reason: '0_ Ü' })).toEqual([]);
    expect(await store.read.deliveries.dead(9, { since: NOW + 1 })).toEqual([]);
    expect(await store.read.deliveries.get(second!.id)).toMatchObject({ state: 'dead', raw: '2' });
    await store.write((tables) => tables.deliveries.receiveAgain(second!.id));
    await store.write((tables) => tables.deliveries.forgetBefore(NOW + 1));
    expect((await store.read.deliveries.received(10)).map(({ raw }) => raw)).toEqual(['2', '3']);
    expect(await store.read.deliveries.get(first!.id)).toBeUndefined();
  });
});

describeStores('records', (stores) => {
  test('a record is found as it was put, and the newest replaces it', async () => {
    const store = await stores.open();
    const record = aRecord({
      body: { name: 'Zoë 😀', deep: [null, { a: 1.5 }] },
      updatedMs: NOW,
      doubted: 'd',
      gone: true,
    });

    await store.write((tables) =>
      tables.records.put('default', 'bookings', [aRecord(), aRecord({ key: '2' })]),
    );
    await store.write((tables) => tables.records.put('default', 'bookings', [record]));

    expect(await store.read.records.get('default', 'bookings', '1')).toEqual(record);
    expect(await store.read.records.get('default', 'bookings', '3')).toBeUndefined();
    expect(await store.read.records.get('default', 'guests', '1')).toBeUndefined();
    const many = await store.read.records.getMany('default', 'bookings', ['1', '2', '3']);
    expect([...many.keys()].sort()).toEqual(['1', '2']);
    expect(await store.read.records.getMany('default', 'bookings', [])).toEqual(new Map());
    expect(await store.read.records.countLive('default', 'bookings')).toBe(1);
  });

  test('paging meets every live key once, whatever the alphabet', async () => {
    const store = await stores.open();
    const keys = [
      'b',
      'A',
      'a',
      'B',
      'é',
      'e',
      'ä-1',
      'ä1',
      'Z',
      '10',
      '9',
      ' x',
      '_',
      '😀',
      '中',
      'a\0b',
      'a',
    ];
    const unique = [...new Set(keys)];
    await store.write((tables) =>
      tables.records.put('default', 'bookings', [
        ...unique.map((key) => aRecord({ key })),
        aRecord({ key: 'gone', gone: true }),
        aRecord({ key: 'late', sequence: 2 }),
      ]),
    );

    const met: string[] = [];
    for (let after = ''; ;) {
      const page = await store.read.records.liveKeys('default', 'bookings', 1, after, 2);
      met.push(...page);
      if (page.length < 2) break;
      after = page.at(-1)!;
    }

    expect(met.toSorted()).toEqual(unique.toSorted());
  });

  test('sequence numbers are handed out once, also to those who ask together', async () => {
    const store = await stores.open();

    const firsts = await Promise.all(
      [3, 1, 2].map((count) => store.write((t) => t.records.nextSequence(count))),
    );

    expect(firsts).toEqual([1, 4, 5]);
    expect(await store.read.records.currentSequence()).toBe(6);
  });

  test('a doubt is noted and taken back', async () => {
    const store = await stores.open();
    await store.write((tables) => tables.records.put('default', 'bookings', [aRecord()]));
    await store.write((tables) => tables.records.doubt('default', 'bookings', '1', 'other'));

    expect((await store.read.records.get('default', 'bookings', '1'))?.doubted).toBe('other');
    await store.write((tables) => tables.records.doubt('default', 'bookings', '1', null));
    expect((await store.read.records.get('default', 'bookings', '1'))?.doubted).toBeNull();
  });

  test('500 wide records and their events fit into one transaction', async () => {
    const store = await stores.open();
    const keys = Array.from({ length: 500 }, (_, at) => `key ${at}`);
    const syncs = ['contacts', 'tasks', 'notes', 'calls', 'deals'];

    await store.write(async (tables) => {
      await tables.records.put(
        'default',
        'bookings',
        keys.map((key) => aRecord({ key })),
      );
      await tables.members.put(keys.map((key) => aMember({ key })));
      for (const sync of syncs) await tables.events.supersede('default', sync, keys, NOW);
      await tables.events.add(
        syncs.flatMap((sync) => keys.map((key) => anEvent({ sync, key }))),
        NOW,
      );
    });

    expect(await store.read.events.backlog()).toBe(2_500);
    expect(await store.read.members.ofRecords('default', 'contacts', keys)).toHaveLength(500);
  });
});

describeStores('events', (stores) => {
  test('an event is found as it was added, an action with its own record', async () => {
    const store = await stores.open();
    const event = anEvent({
      targetKeyBefore: 'before',
      remedy: 'r',
      name: 'n',
      createdAt: NOW,
      due: NOW,
      tries: 2,
    });
    const action = anEvent({
      action: { record: { id: 'x' }, before: { id: null }, initial: true },
      sync: 'calls',
    });

    await store.write((tables) =>
      tables.events.add([event, action, anEvent({ sync: 's', state: 'skipped' })], NOW),
    );

    const [first, second, third] = await eventsOf(store);
    expect(first).toEqual({ ...event, id: expect.any(Number) as number });
    expect(second).toMatchObject(action);
    expect((await store.read.events.find({ ids: [third!.id] }, 1))[0]?.settledAt).toBe(NOW);
    expect((await store.read.events.find({ since: NOW }, 9)).map(({ id }) => id)).toEqual(
      [third!.id, first!.id].sort((a, b) => b - a),
    );
    await expect(store.write((tables) => tables.events.add([], NOW))).resolves.toBeUndefined();
  });

  test('a record has one event that waits: a second one is refused, by an index that knows the states', async () => {
    const store = await stores.open();
    await store.write((tables) => tables.events.add([anEvent()], NOW));

    await expect(store.write((tables) => tables.events.add([anEvent()], NOW))).rejects.toThrow(/unique/i);
    await store.write((tables) => tables.events.wake(anEvent()));
    const action = { record: {}, before: null, initial: false };
    await store.write((tables) => tables.events.add([anEvent({ action }), anEvent({ action })], NOW));
    await store.write(async ({ events }) => {
      await events.supersede('default', 'contacts', ['1'], NOW);
      await events.supersede('default', 'contacts', [], NOW);
      await events.add([anEvent()], NOW);
    });

    const states = (await eventsOf(store)).map(({ state }) => state);
    expect(states).toEqual(['superseded', 'pending', 'pending', 'pending']);
  });

  test('what is due goes in order of urgency, then of time; busy targets are left out', async () => {
    const store = await stores.open();
    const add = (key: string, wish: Parameters<typeof anEvent>[0]) =>
      anEvent({ key, targetKey: key, ...wish });
    await store.write((tables) =>
      tables.events.add(
        [
          add('bulk', { priority: 2, due: 1 }),
          add('later', { priority: 1, due: 20 }),
          add('sooner', { priority: 1, due: 10 }),
          add('live', { priority: 0, due: 30 }),
          add('not yet', { priority: 0, due: 99 }),
          add('elsewhere', { lane: 'other' }),
        ],
        NOW,
      ),
    );
    const { events } = store.read;

    expect(await events.due('account', 50, 10, [], true)).toEqual(['live', 'sooner', 'later', 'bulk']);
    expect(await events.due('account', 50, 2, [], true)).toEqual(['live', 'sooner']);
    expect(await events.due('account', 50, 10, ['live', 'bulk'], true)).toEqual(['sooner', 'later']);
    expect(await events.due('account', 50, 10, [], false)).toEqual(['live']);
    expect(await events.nextDue('account')).toBe(1);
    expect(await events.nextDue('nobody')).toBeUndefined();
  });

  test('a target takes all of its due events together, oldest first, and gives them back', async () => {
    const store = await stores.open();
    const target = { targetKey: 't' };
    await store.write((tables) =>
      tables.events.add(
        ['3', '1', '2'].map((key) => anEvent({ ...target, key, due: key === '2' ? 99 : 1 })),
        NOW,
      ),
    );

    const taken = await store.write((tables) => tables.events.take('t', 50));

    expect(taken.map(({ key, state }) => [key, state])).toEqual([
      ['3', 'sending'],
      ['1', 'sending'],
    ]);
    expect(await store.read.events.sendingTargets('default', 'contacts', ['1', '2'])).toEqual([
      { key: '1', element: '', targetKey: 't' },
    ]);
    await store.write((tables) =>
      tables.events.settle([taken[0]!.id], { state: 'done', reason: 'created' }, NOW),
    );
    await store.write((tables) => tables.events.release('t', 60, 'the store was away'));
    const after = (await eventsOf(store)).map(({ key, state, due, reason }) => ({ key, state, due, reason }));
    expect(after).toEqual([
      { key: '3', state: 'done', due: 1, reason: 'created' },
      { key: '1', state: 'pending', due: 60, reason: 'the store was away' },
      { key: '2', state: 'pending', due: 99, reason: null },
    ]);
  });

  test('what comes back after a newer one arrived is superseded; a crash gives back what was on its way', async () => {
    const store = await stores.open();
    await store.write((tables) => tables.events.add([anEvent(), anEvent({ key: '2' })], NOW));
    for (const key of ['1', '2']) await store.write((t) => t.events.take(`account|contact||${key}`, NOW));
    await store.write((tables) => tables.events.add([anEvent()], NOW));

    const released = await store.write((tables) => tables.events.releaseSending(NOW));

    expect(released).toBe(2);
    const events = await eventsOf(store);
    expect(events.map(({ key, state }) => [key, state])).toEqual([
      ['1', 'superseded'],
      ['2', 'pending'],
      ['1', 'pending'],
    ]);
    // What was superseded has just ended: it is not to be forgotten as if that were long ago.
    expect((await store.read.events.find({ ids: [events[0]!.id] }, 1))[0]?.settledAt).toBe(NOW);
    await store.write((tables) => tables.events.postpone([], 1, 'nothing', 1));
  });

  test('a child waits for its parent, lends it its urgency, and is woken or expires', async () => {
    const store = await stores.open();
    const parent = anEvent({ key: 'p', targetKey: 'parent', priority: 2 });
    const child = (key: string) =>
      anEvent({ key, sync: 'tasks', targetKey: key, priority: 0, state: 'sending' });
    await store.write((tables) => tables.events.add([parent, child('a'), child('b')], NOW));
    const [, a, b] = await eventsOf(store);

    await store.write((tables) => tables.events.wait([a!.id], { parent: 'parent', until: 70 }, 50));
    await store.write((tables) => tables.events.wait([b!.id], { parent: 'parent', until: 90 }, 50));

    expect((await eventsOf(store)).map(({ state, priority }) => [state, priority])).toEqual([
      ['pending', 0],
      ['waiting', 0],
      ['waiting', 0],
    ]);
    expect(await store.read.events.nextExpiry('account')).toBe(70);
    expect(await store.write((tables) => tables.events.expireWaiting('account', 80))).toBe(1);
    await store.write(async ({ links, events }) => {
      await links.put(aLink({ targetKey: 'parent' }));
      await events.wakeWaiting('parent', 85);
    });
    expect((await eventsOf(store)).map(({ state, due }) => [state, due])).toEqual([
      ['pending', 1_000],
      ['dead', 70],
      ['pending', 85],
    ]);
    expect(await store.read.events.nextExpiry('account')).toBeUndefined();
  });

  test('a child whose parent came in the meantime does not wait', async () => {
    const store = await stores.open();
    await store.write((tables) => tables.links.put(aLink({ targetKey: 'parent' })));
    await store.write((tables) => tables.events.add([anEvent({ state: 'sending' })], NOW));
    const [event] = await eventsOf(store);

    await store.write((tables) => tables.events.wait([event!.id], { parent: 'parent', until: 70 }, 50));

    expect((await eventsOf(store))[0]).toMatchObject({ state: 'pending', due: 50 });
  });

  test('people find dead letters, retry and discard them', async () => {
    const store = await stores.open();
    const dead = (key: string) =>
      anEvent({ key, state: 'dead', reason: '422: phone is invalid', remedy: 'fix it' });
    await store.write((tables) =>
      tables.events.add([dead('1'), dead('2'), dead('3'), anEvent({ key: '3' })], NOW),
    );
    const [one, two, three] = await eventsOf(store);
    const { events } = store.read;
    expect(await events.ids({ states: ['dead'], reason: 'PHONE' })).toEqual([three!.id, two!.id, one!.id]);
    expect(await events.ids({ ids: [] })).toEqual([]);
    expect(await events.ids({ states: [] })).toEqual([]);
    expect(await events.countStates({ sync: 'contacts' })).toEqual([
      { state: 'dead', count: 3 },
      { state: 'pending', count: 1 },
    ]);
    expect(await events.deadKeys('default', 'bookings', ['1', '4'])).toEqual(new Set(['1']));

    const aim = { lane: 'account', targetKey: 'new' };
    expect(await store.write((t) => t.events.retry(one!, aim, NOW))).toBe('pending');
    expect(await store.write((t) => t.events.retry(one!, aim, NOW))).toBeUndefined();
    expect(await store.write((t) => t.events.retry(three!, aim, NOW))).toBe('superseded');
    expect(await store.write((t) => t.events.discard(two!.id, NOW))).toBe(true);
    expect(await store.write((t) => t.events.discard(two!.id, NOW))).toBe(false);

    expect((await eventsOf(store))[1]).toMatchObject({ state: 'skipped', reason: DISCARDED });
    expect(await events.counts()).toHaveLength(3);
  });

  test('what ended long ago is forgotten, dead letters are not', async () => {
    const store = await stores.open();
    const states = ['done', 'skipped', 'superseded', 'dead', 'pending'] as const;
    await store.write((t) =>
      t.events.add(
        states.map((state) => anEvent({ key: state, state })),
        10,
      ),
    );

    await store.write((tables) => tables.events.forgetBefore(11));

    expect((await eventsOf(store)).map(({ state }) => state)).toEqual(['dead', 'pending']);
  });

  test('what a create in doubt was for is not forgotten, as it tells whose it is', async () => {
    const store = await stores.open();
    const { targetKey } = anIntent();
    const events = [
      anEvent({ key: '1', state: 'superseded', targetKey }),
      anEvent({ key: '2', state: 'superseded', targetKey: 'other', targetKeyBefore: targetKey }),
      anEvent({ key: '3', state: 'superseded', targetKey: 'other', targetKeyBefore: 'third' }),
    ];
    await store.write(async (tables) => {
      await tables.intents.put(anIntent());
      await tables.events.add(events, 10);
    });

    await store.write((tables) => tables.events.forgetBefore(11));

    expect((await eventsOf(store)).map(({ key }) => key)).toEqual(['1', '2']);
  });
});

describeStores('links, intents, members', (stores) => {
  test('a link is found by its key, its target and its parent; one live link holds a target', async () => {
    const store = await stores.open();
    const link = aLink({ parentId: 'p', writtenAt: NOW });
    await store.write((tables) => tables.links.put(aLink()));
    await store.write((tables) => tables.links.put(link));
    const { links } = store.read;

    expect(await links.get(link.targetKey)).toEqual(link);
    expect(await links.holder('account', 'contact', 'c1')).toBe(link.targetKey);
    expect(await links.childrenOf('account', 'p')).toEqual([link.targetKey]);
    expect(await links.written([link.targetKey, 'x'])).toEqual(new Map([[link.targetKey, NOW]]));
    expect(await links.written([])).toEqual(new Map());
    await expect(store.write((t) => t.links.put(aLink({ targetKey: 'second' })))).rejects.toThrow(/unique/i);
    await store.write((tables) => tables.links.put({ ...link, gone: true }));
    await store.write((tables) => tables.links.put(aLink({ targetKey: 'second' })));
    expect(await links.holder('account', 'contact', 'c1')).toBe('second');
    await store.write((tables) => tables.links.rekey('second', 'third'));
    await store.write((tables) => tables.links.remove(link.targetKey));
    expect(await links.count()).toBe(1);
    expect((await links.get('third'))?.targetId).toBe('c1');
  });

  test('an intent outlives its writer and keeps how it failed', async () => {
    const store = await stores.open();
    const failed = anIntent({ failure: { status: 502, message: 'bad\0gateway' }, sentAt: NOW });
    await store.write((tables) => tables.intents.put(anIntent()));
    await store.write((tables) => tables.intents.put(failed));

    expect(await store.read.intents.get(failed.targetKey)).toEqual(failed);
    await store.write((tables) => tables.intents.rekey(failed.targetKey, 'new'));
    expect((await store.read.intents.get('new'))?.failure?.status).toBe(502);
    await store.write((tables) => tables.intents.clear('new'));
    expect(await store.read.intents.get('new')).toBeUndefined();
  });

  test('whose a create in doubt is, its event tells also when it was sent on to another target', async () => {
    const store = await stores.open();
    const { targetKey } = anIntent();
    await store.write(async (tables) => {
      await tables.events.add([anEvent({ targetKey }), anEvent({ key: '2', targetKey })], NOW);
      await tables.intents.put(anIntent());
      const [first] = await tables.events.take(targetKey, NOW);
      await tables.events.retarget(first!.id, 'second');
      await tables.events.retarget(first!.id, 'third');
    });

    expect(await store.read.events.doubtfulTargets('default', 'contacts', ['1', '3'])).toEqual([
      { key: '1', element: '', targetKey },
    ]);
  });

  test('members come and go with their target, and people find them by what they want', async () => {
    const store = await stores.open();
    const always = { email: 'Ann "A" O’Neill%@example.com' };
    const ann = aMember({ desired: { ...aMember().desired, always } });
    await store.write((tables) => tables.members.put([ann, aMember({ key: '2', targetKey: 'other' })]));
    await store.write((tables) => tables.members.put([]));
    await store.write((tables) => tables.links.put(aLink()));

    expect(await store.read.members.of(ann.targetKey)).toEqual([ann]);
    expect(await store.read.members.get(ann)).toEqual(ann);
    expect(await store.read.search.membersWanting('default', 'ann "a" o’neill%@', 5)).toEqual([
      { sync: 'contacts', key: '1' },
    ]);
    expect(await store.read.search.membersOfTarget('default', 'c1', 5)).toEqual([
      { sync: 'contacts', key: '1' },
    ]);
    const called = { ...aMember().desired, always: { phone: '+44 (7700) 900-123' } };
    await store.write((tables) =>
      tables.members.put([aMember({ key: '3', targetKey: 'third', desired: called })]),
    );
    expect(await store.read.search.membersWanting('default', { digits: '7700900123' }, 5)).toEqual([
      { sync: 'contacts', key: '3' },
    ]);
    await store.write((tables) => tables.members.remove([ann]));
    expect(await store.read.members.get(ann)).toBeUndefined();
    await store.write((tables) =>
      tables.records.put('default', 'bookings', [aRecord({ body: { a: 'Zoë\0😀' } })]),
    );
    expect(await store.read.search.recordsWith('default', 'Zoë\0😀', 5)).toEqual([
      { source: 'bookings', key: '1' },
    ]);
  });
});

describeStores('lanes, cursors, journal, lookups', (stores) => {
  test('each is found as it was put, and replaced by the next', async () => {
    const store = await stores.open();
    const lane = aLane({
      owner: 'process 1',
      slots: [NOW, NOW + 1],
      dayCalls: 5,
      heartbeat: NOW,
      paused: { reason: 'r', remedy: 'm', until: NOW, since: 1 },
    });
    const cursor = { time: { ms: NOW, form: { type: 'epoch', unit: 's' } as never }, completeAt: NOW };
    await store.write(async ({ lanes, cursors, journal, lookups }) => {
      await lanes.put(aLane());
      await lanes.put(lane);
      await cursors.put('default', 'bookings', {}, 1);
      await cursors.put('default', 'bookings', cursor, NOW);
      await journal.add({ event: 7, step: { type: 'create' }, answer: { id: 'c1' }, at: 1 });
      await journal.add({ event: 7, step: { type: 'update' }, answer: null, at: NOW });
      await lookups.put('account', 'custom-fields', ['a'], 1);
      await lookups.put('account', 'custom-fields', ['b'], NOW);
    });
    const { read } = store;

    expect(await read.lanes.get('account')).toEqual(lane);
    expect(await read.lanes.all()).toEqual([lane]);
    expect(await read.cursors.get('default', 'bookings')).toEqual(cursor);
    expect(await read.cursors.get('default', 'guests')).toEqual({});
    expect(await read.cursors.all()).toEqual([
      { tenant: 'default', source: 'bookings', cursor, readAt: NOW },
    ]);
    expect((await read.journal.of(7)).map(({ step }) => step)).toEqual([
      { type: 'create' },
      { type: 'update' },
    ]);
    expect(await read.lookups.get('account', 'custom-fields')).toEqual({ value: ['b'], at: NOW });
    expect(await read.lookups.get('account', 'settings')).toBeUndefined();
    await store.write((tables) => tables.journal.forgetBefore(NOW));
    expect(await read.journal.of(7)).toHaveLength(1);
  });
});

describeStores('text', (stores) => {
  const odd = [
    'a\0b',
    'a',
    '\uD800',
    '\uD801',
    '\u001A',
    '\u001A0000',
    "'; drop table events; --",
    '\\0',
    '😀',
    'é',
    'e\u0301',
  ];

  test('keys that differ stay different, whatever they hold', async () => {
    const store = await stores.open();

    await store.write(async (tables) => {
      await tables.records.put(
        'default',
        'bookings',
        odd.map((key) => aRecord({ key, body: { key } })),
      );
      await tables.events.add(
        odd.map((key) => anEvent({ key, reason: key })),
        NOW,
      );
    });
    for (const key of odd)
      await store.write((tables) => tables.deliveries.add(aDelivery({ deliveryId: key, name: key })));

    for (const key of odd) {
      expect(await store.read.records.get('default', 'bookings', key)).toMatchObject({ key, body: { key } });
      expect(await store.read.events.list({ key, limit: 9 })).toMatchObject([{ key, reason: key }]);
    }
    expect((await store.read.deliveries.received(99)).map(({ name }) => name)).toEqual(odd);
  });
});

describeStores('holds', (stores) => {
  const hold = {
    tenant: 'default',
    place: 'sources.bookings',
    hash: 'aa',
    keys: ['1', '2'],
    message: 'two are gone',
    at: NOW,
    approved: false,
  };

  test('one waits for each place; only its very hash approves it', async () => {
    const store = await stores.open();
    await store.write(({ holds }) => holds.put({ ...hold, hash: 'old' }));
    await store.write(({ holds }) => holds.put(hold));

    const wrong = await store.write(({ holds }) => holds.approve('default', 'old'));
    const right = await store.write(({ holds }) => holds.approve('default', 'aa'));

    expect([wrong, right]).toEqual([[], ['sources.bookings']]);
    expect(await store.read.holds.all()).toEqual([{ ...hold, approved: true }]);
    await store.write(({ holds }) => holds.remove('default', 'sources.bookings'));
    expect(await store.read.holds.get('default', 'sources.bookings')).toBeUndefined();
  });
});
