import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds, type Runner } from '../../support/world.ts';

const aWorld = worlds();

/** Known by the email; by the phone while there is none. */
const sync = {
  key: '$lowercase(email ? email : phone)',
  tags: ['boothbook', { when: 'type', add: 'type:{{ type }}', else: 'remove' }],
};
const ANN = { phone: '+447700900123' };
let minute = 0;
const booking = (id: number, wish: object = {}) =>
  aBooking({
    id,
    email: null,
    ...ANN,
    updated_at: new Date(Date.UTC(2026, 4, 1, 10, minute++)).toISOString(),
    ...wish,
  });

async function tell(runner: Runner, data: unknown): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data });
  await runner.idle();
}

describe('a phone first, then an email', () => {
  test('of a record that is alone with its contact: one update, no second contact', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    await tell(runner, booking(1));
    const { id } = ghl.contacts()[0]!;

    await tell(runner, booking(1, { email: 'ann@example.com' }));

    expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact']);
    expect(ghl.contacts()).toMatchObject([{ id, email: 'ann@example.com', phone: ANN.phone }]);
  });

  test('and back again: still one contact', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    await tell(runner, booking(1));
    await tell(runner, booking(1, { email: 'ann@example.com' }));

    await tell(runner, booking(1, { first_name: 'Anna' }));
    await tell(runner, booking(1, { email: 'ann@example.com', first_name: 'Anne' }));

    expect(ghl.contacts()).toMatchObject([{ firstName: 'Anne', email: 'ann@example.com' }]);
    expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(1);
  });

  test('while the create is under way: one contact with both', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    ghl.fail({ kind: 'slow', delayMs: 150, match: { operation: 'create-contact' } });
    await runner.webhook({ type: 'booking.created', data: booking(1) });
    await until(() => operationsOf(ghl).includes('create-contact'));

    await tell(runner, booking(1, { email: 'ann@example.com' }));

    expect(ghl.contacts()).toMatchObject([{ email: 'ann@example.com', phone: ANN.phone }]);
  });

  test.each([false, true])(
    'while the create is in doubt: one contact with both, twins allowed: %s',
    async (twins) => {
      const { ghl, start } = await aWorld({ sync, ghl: { timeout: '300ms' } });
      ghl.changeLocation({ allowDuplicateContact: twins });
      const runner = await start();
      ghl.fail({ kind: 'hang-after', match: { operation: 'create-contact' } });
      await runner.webhook({ type: 'booking.created', data: booking(1) });
      await until(async () => (await runner.events()).some(({ reason }) => reason?.startsWith('in doubt')));

      await runner.webhook({ type: 'booking.updated', data: booking(1, { email: 'ann@example.com' }) });
      await until(async () =>
        (await runner.states()).every((state) => state === 'done' || state === 'superseded'),
      );

      expect(ghl.contacts()).toMatchObject([{ email: 'ann@example.com', phone: ANN.phone }]);
    },
  );

  test('its notes stay where they are, and go on being its own', async () => {
    const notes = {
      from: 'bookings',
      to: 'ghl.note',
      parent: 'contacts',
      quiet: '0ms',
      fields: { body: 'note' },
    };
    const { ghl, start } = await aWorld({ sync, syncs: { notes } });
    const runner = await start();
    await tell(runner, booking(1, { note: 'one' }));
    const { id } = ghl.notes()[0]!;

    await tell(runner, booking(1, { note: 'one', email: 'ann@example.com' }));
    await tell(runner, booking(1, { note: 'two', email: 'ann@example.com' }));

    expect(ghl.notes()).toMatchObject([{ id, body: 'two' }]);
    expect(operationsOf(ghl)).toEqual(['create-contact', 'create-note', 'update-contact', 'update-note']);
  });
});

/** Notes of a source of their own, which name their contact by its key. */
const memos = { connection: 'booth', key: 'id', webhook: { events: ['memo.*'], record: 'body.data' } };
const notes = {
  from: 'memos',
  to: 'ghl.note',
  parent: { sync: 'contacts', key: 'person' },
  quiet: '0ms',
  fields: { body: 'text' },
};

test('a note that names its parent by the key comes to the contact that has the key next', async () => {
  const { ghl, start } = await aWorld({ sync, sources: { memos }, syncs: { notes } });
  const runner = await start();
  await tell(runner, booking(1));
  const data = { id: 1, person: ANN.phone, text: 'Call back' };
  await runner.webhook({ type: 'memo.created', data });
  await runner.idle();
  await tell(runner, booking(1, { email: 'joe@example.com', phone: '+447700900456' }));

  await tell(runner, booking(2));

  const { id } = ghl.contactByPhone(ANN.phone)!;
  expect(ghl.contacts()).toHaveLength(2);
  expect(ghl.notes()).toMatchObject([{ body: 'Call back', contactId: id }]);
});

test('the identity of a contact that was deleted is free: a record that gets it takes its own contact along, and the notes come', async () => {
  const leaving = { ...sync, when: 'booked', onLeave: 'delete' };
  const { ghl, start } = await aWorld({ sync: leaving, sources: { memos }, syncs: { notes } });
  const runner = await start();
  const bob = { email: 'bob@example.com', phone: '+447700900456', booked: true };
  await tell(runner, booking(1, { booked: true }));
  await runner.webhook({ type: 'memo.created', data: { id: 1, person: ANN.phone, text: 'Call back' } });
  await runner.idle();
  await tell(runner, booking(1, { booked: false }));
  await tell(runner, booking(2, bob));
  const { id } = ghl.contacts()[0]!;
  ghl.clear();

  await tell(runner, booking(2, { booked: true }));

  expect(ghl.contacts()).toMatchObject([{ id, phone: ANN.phone }]);
  expect(ghl.notes()).toMatchObject([{ body: 'Call back', contactId: id }]);
  expect(operationsOf(ghl)).not.toContain('create-contact');
});

describe('a record that shares its contact', () => {
  test('leaves it to the others and joins the contact of its new identity', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    await tell(runner, [booking(1, { type: 'a' }), booking(2, { type: 'b' })]);
    await tell(runner, booking(3, { email: 'joe@example.com', phone: '+447700900456', type: 'c' }));

    await tell(runner, booking(2, { email: 'joe@example.com', phone: '+447700900456', type: 'b' }));

    expect(ghl.contacts()).toHaveLength(2);
    expect([...ghl.contactByPhone(ANN.phone)!.tags].sort()).toEqual(['boothbook', 'type:a']);
    expect([...ghl.contactByEmail('joe@example.com')!.tags].sort()).toEqual([
      'boothbook',
      'type:b',
      'type:c',
    ]);
  });

  test('takes no contact with it: the one that stays keeps it, fields and all', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    await tell(runner, booking(1, { first_name: 'Ann' }));
    await tell(runner, booking(2, { first_name: 'Newest' }));
    const { id } = ghl.contacts()[0]!;

    await tell(runner, booking(2, { email: 'joe@example.com', phone: '+447700900456', first_name: 'Joe' }));

    expect(ghl.contact(id)).toMatchObject({ phone: ANN.phone, firstName: 'Ann' });
    expect(ghl.contactByEmail('joe@example.com')).toMatchObject({ firstName: 'Joe' });
  });

  test('joins a contact that is there, though it was alone before: its old one is left to people', async () => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start();
    await tell(runner, booking(1));
    await tell(runner, booking(2, { email: 'joe@example.com', phone: '+447700900456' }));

    await tell(runner, booking(1, { email: 'joe@example.com', phone: '+447700900456', first_name: 'Joe' }));

    expect(ghl.contacts()).toHaveLength(2);
    expect(ghl.contactByEmail('joe@example.com')).toMatchObject({ firstName: 'Joe' });
  });
});

describe('the last record that leaves a contact for one that is there', () => {
  const ann = { email: 'ann@example.com', phone: '+447700900123', type: 'a' };
  const joe = { email: 'joe@example.com', phone: '+447700900456' };
  const leaving = async (wish: object = {}, fault?: Fault) => {
    const { ghl, start } = await aWorld({ sync: { ...sync, ...wish } });
    const runner = await start({ clock: watchedClock(20) });
    await tell(runner, booking(1, ann));
    await tell(runner, booking(2, joe));
    const hers = ghl.contactByEmail(ann.email)!.id;
    ghl.setTags(hers, [...ghl.contact(hers)!.tags, 'vip']);
    ghl.clear();
    if (fault) ghl.fail(fault);
    await tell(runner, booking(1, { ...joe, type: 'a' }));
    await until(() => noneOpen(runner));
    return { ghl, runner, hers: ghl.contact(hers) };
  };

  test('takes along the tags that rules own, and leaves what people gave it', async () => {
    const { ghl, hers } = await leaving();

    expect([...hers!.tags].sort()).toEqual(['boothbook', 'vip']);
    expect([...ghl.contactByEmail(joe.email)!.tags].sort()).toEqual(['boothbook', 'type:a']);
  });

  test('tells it farewell as `onLeave` says: a tag', async () => {
    const { ghl, hers } = await leaving({ onLeave: { tag: 'left' } });

    expect([...hers!.tags].sort()).toEqual(['boothbook', 'left', 'vip']);
    expect(ghl.contactByEmail(joe.email)!.tags).not.toContain('left');
  });

  test('tells it farewell as `onLeave` says: it goes', async () => {
    const { ghl, hers } = await leaving({ onLeave: 'delete' });

    expect(hers).toBeUndefined();
    expect(ghl.contacts()).toMatchObject([{ email: joe.email }]);
  });

  test('comes to the other once the farewell has come through', async () => {
    const { ghl, runner, hers } = await leaving({}, { kind: 'status', status: 503, times: 2 });

    expect(hers!.tags).not.toContain('type:a');
    expect(ghl.contactByEmail(joe.email)!.tags).toContain('type:a');
    expect((await runner.states()).every((state) => state === 'done')).toBe(true);
  });

  test('and that was deleted by hand meanwhile, comes to the other all the same', async () => {
    const { ghl, start } = await aWorld({ sync: { ...sync, onMissing: 'skip' } });
    const runner = await start();
    await tell(runner, booking(1, ann));
    await tell(runner, booking(2, joe));
    ghl.deleteContact(ghl.contactByEmail(ann.email)!.id);

    await tell(runner, booking(1, { ...joe, type: 'a' }));

    expect(ghl.contacts()).toHaveLength(1);
    expect(ghl.contacts()[0]!.tags).toContain('type:a');
  });
});

const noneOpen = async (runner: Runner) =>
  !(await runner.states()).some((state) => ['pending', 'sending', 'waiting'].includes(state));

describe('a contact whose new identity is on its way, and a record that has its old one', () => {
  const ann = { email: 'ann@example.com', phone: '+447700900123' };
  const bob = { email: 'bob@example.com', phone: '+447700900456' };
  const crossing = async (failure: { readonly status: number; readonly body?: object }) => {
    const { ghl, start } = await aWorld({ sync });
    const runner = await start({ clock: watchedClock(20) });
    await tell(runner, booking(1, ann));
    const moving = ghl.fail({
      ...failure,
      kind: 'status',
      times: Infinity,
      match: { operation: 'update-contact' },
    });
    await runner.webhook({ type: 'booking.updated', data: booking(1, bob) });
    await until(() => moving.used() > 0);
    await runner.webhook({ type: 'booking.created', data: booking(2, { ...ann, first_name: 'Joe' }) });
    return { ghl, runner, moving };
  };

  test('wait for each other: the second is created when the first has moved', async () => {
    const { ghl, runner, moving } = await crossing({ status: 503 });
    await until(() => moving.used() > 2);
    const during = await runner.events();
    moving.remove();
    await until(() => noneOpen(runner), 'the end');

    expect(await runner.states()).toEqual(['done', 'done', 'done']);
    expect(during.map(({ state }) => state)).not.toContain('dead');
    expect(ghl.contacts()).toHaveLength(2);
    expect(ghl.contactByEmail(bob.email)).toMatchObject({ firstName: 'Ann' });
    expect(ghl.contactByEmail(ann.email)).toMatchObject({ firstName: 'Joe', phone: ann.phone });
  });

  test('wait for each other no longer where the first can never move: the contact stays who it was', async () => {
    const { ghl, runner, moving } = await crossing({ status: 422, body: { message: 'no' } });
    await until(async () => (await runner.states()).includes('dead'), 'the first is dead');
    moving.remove();
    await until(async () => (await runner.states()).length === 3 && (await noneOpen(runner)), 'the end');

    expect((await runner.events()).map(({ key, state }) => [key, state])).toEqual([
      ['1', 'done'],
      ['1', 'dead'],
      ['2', 'done'],
    ]);
    expect(ghl.contacts()).toMatchObject([{ email: ann.email, firstName: 'Joe', phone: ann.phone }]);
    expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(1);
  });

  test('costs the one that waits no call', async () => {
    const { ghl, runner, moving } = await crossing({ status: 503 });
    await until(() => moving.used() > 3);
    const during = operationsOf(ghl);
    moving.remove();
    await until(() => noneOpen(runner), 'the end');

    expect(during.filter((operation) => operation !== 'update-contact')).toEqual(['create-contact']);
    expect(operationsOf(ghl).filter((operation) => operation === 'create-contact')).toHaveLength(2);
    expect(await runner.states()).toEqual(['done', 'done', 'done']);
  });
});

test('a record whose phone another contact is about to give up is refused once, and costs no call until that has changed', async () => {
  const { ghl, start } = await aWorld({ sync });
  ghl.changeLocation({ allowDuplicateContact: false });
  const runner = await start({ clock: watchedClock(20) });
  const ann = { email: 'ann@example.com', phone: '+447700900123' };
  await tell(runner, booking(1, ann));
  const changing = ghl.fail({
    kind: 'status',
    status: 503,
    times: Infinity,
    match: { operation: 'update-contact' },
  });
  const tries = () => operationsOf(ghl).filter((operation) => operation === 'create-contact').length;
  await runner.webhook({ type: 'booking.updated', data: booking(1, { ...ann, phone: '+447700900456' }) });
  await until(() => changing.used() > 0);
  await runner.webhook({
    type: 'booking.created',
    data: booking(2, { email: 'joe@example.com', phone: ann.phone }),
  });
  await until(() => tries() === 2);
  const usedBefore = changing.used();
  await until(() => changing.used() >= usedBefore + 3);
  const triesMeanwhile = tries();
  changing.remove();
  await until(() => noneOpen(runner), 'the end');

  expect(triesMeanwhile).toBe(2);
  expect(tries()).toBe(3);
  expect(ghl.contacts()).toHaveLength(2);
  expect(await runner.states()).not.toContain('dead');
});

test('a contact that was found on its way to a new identity, and left before it came there, is whose identity it bears', async () => {
  const { ghl, start } = await aWorld({ sync: { ...sync, onDelete: { tag: 'gone' } } });
  const runner = await start({ clock: watchedClock(20) });
  ghl.fail({ kind: 'reset-after', match: { operation: 'create-contact' } });
  const moving = ghl.fail({
    kind: 'status',
    status: 503,
    times: Infinity,
    match: { operation: 'update-contact' },
  });
  const [ann, bea] = [{ email: 'ann@example.com' }, { email: 'bea@example.com' }];
  await runner.webhook({ type: 'booking.created', data: booking(1, ann) });
  await until(() => ghl.contacts().length === 1);
  await runner.webhook({ type: 'booking.updated', data: booking(1, bea) });
  await until(() => moving.used() > 0);
  await runner.webhook({ type: 'booking.deleted', data: booking(1, { ...bea, deleted: true }) });
  await until(() => ghl.contacts()[0]!.tags.includes('gone'));
  await until(() => noneOpen(runner));
  moving.remove();

  await runner.webhook({ type: 'booking.created', data: booking(2, { ...ann, first_name: 'Anna' }) });
  await until(() => ghl.contacts()[0]!.firstName === 'Anna');
  await until(() => noneOpen(runner), 'the end');

  expect(ghl.contacts()).toMatchObject([{ ...ann, firstName: 'Anna' }]);
  expect(await runner.states()).not.toContain('dead');
});

test('a record that could not take its contact to a new identity, and has its old one again, finds it there', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  const [ann, bob] = [{ email: 'ann@example.com' }, { email: 'bob@example.com' }];
  await tell(runner, booking(1, ann));
  const { id } = ghl.contacts()[0]!;
  ghl.fail({ kind: 'status', status: 422, body: { message: 'no' }, match: { operation: 'update-contact' } });
  await tell(runner, booking(1, bob));

  await tell(runner, booking(1, { ...ann, first_name: 'Anna' }));

  expect(ghl.contacts()).toMatchObject([{ id, email: ann.email, firstName: 'Anna' }]);
  expect(operationsOf(ghl)).toEqual(['create-contact', 'update-contact', 'update-contact']);
});

test('a record that goes after it could not take its contact to a new identity is told farewell there', async () => {
  const { ghl, start } = await aWorld({ sync: { ...sync, onDelete: 'delete' } });
  const runner = await start();
  await tell(runner, booking(1, { email: 'ann@example.com' }));
  ghl.fail({ kind: 'status', status: 422, body: { message: 'no' }, match: { operation: 'update-contact' } });
  await tell(runner, booking(1, { email: 'bob@example.com' }));

  await runner.webhook({
    type: 'booking.updated',
    data: booking(1, { email: 'bob@example.com', deleted: true }),
  });
  await runner.idle();

  expect(ghl.contacts()).toEqual([]);
});

test('two records that change places end each with the other contact, and none is made', async () => {
  const { ghl, start } = await aWorld({ sync });
  const runner = await start();
  const at = (email: string, phone: string) => ({ email, phone });
  const ann = at('ann@example.com', '+447700900123');
  const joe = at('joe@example.com', '+447700900456');
  await tell(runner, [booking(1, { ...ann, type: 'a' }), booking(2, { ...joe, type: 'b' })]);

  await tell(runner, [booking(1, { ...joe, type: 'a' }), booking(2, { ...ann, type: 'b' })]);

  expect(ghl.contacts()).toHaveLength(2);
  expect(ghl.contactByEmail('ann@example.com')!.tags).toContain('type:b');
  expect(ghl.contactByEmail('joe@example.com')!.tags).toContain('type:a');
  expect((await runner.states()).every((state) => state === 'done')).toBe(true);
});

test('many records that change identities back and forth at once leave one contact for each identity', async () => {
  const { ghl, start } = await aWorld({ sync }, { latencyMs: 5 });
  const runner = await start();
  const people = [0, 1, 2].map((n) => ({ email: `p${n}@example.com`, phone: `+44770090010${n}` }));

  for (let round = 0; round < 6; round++)
    await runner.webhook({
      type: 'booking.updated',
      data: [1, 2, 3, 4].map((id) => booking(id, people[(id + round) % 3])),
    });
  await runner.idle();

  const emails = ghl.contacts().map(({ email }) => email);
  expect(new Set(emails).size).toBe(emails.length);
  expect(new Set(await runner.states())).toEqual(
    new Set((await runner.states()).filter((state) => state === 'done' || state === 'superseded')),
  );
});

test('a record that leaves while an older state of it moves to another contact leaves that one', async () => {
  const { ghl, start } = await aWorld({ sync: { ...sync, when: 'booked' } });
  const runner = await start();
  const at = (id: number, name: string, wish: object = {}) =>
    booking(id, { phone: null, email: `${name}@example.com`, first_name: `of ${id}`, booked: true, ...wish });
  await tell(runner, [at(1, 'ann'), at(2, 'joe')]);
  ghl.fail({ kind: 'slow', delayMs: 150, match: { operation: 'update-contact' } });
  await runner.webhook({ type: 'booking.updated', data: at(1, 'joe', { type: 'a' }) });
  await until(() => operationsOf(ghl).includes('update-contact'));

  await tell(runner, at(1, 'joe', { type: 'a', booked: false }));

  expect(ghl.contactByEmail('joe@example.com')).toMatchObject({ firstName: 'of 2', tags: ['boothbook'] });
});

test.each([false, true])(
  'who comes to an identity that another contact is about to give up waits for that (twins: %s)',
  async (allowDuplicateContact) => {
    const { ghl, start } = await aWorld({ sync });
    ghl.changeLocation({ allowDuplicateContact });
    const runner = await start({ clock: watchedClock(10) });
    const at = (id: number, name: string) => booking(id, { phone: null, email: `${name}@example.com` });
    await tell(runner, at(1, 'ann'));
    const down = { kind: 'status', status: 503, headers: { 'retry-after': '5' } } as const;
    ghl.fail({ ...down, match: { operation: 'update-contact' } });
    await runner.webhook({ type: 'booking.updated', data: at(1, 'joe') });
    await until(() => operationsOf(ghl).includes('update-contact'));

    await tell(runner, at(2, 'ann'));

    expect(ghl.contacts().map(({ email }) => email)).toEqual(['joe@example.com', 'ann@example.com']);
    expect((await runner.states()).every((state) => state === 'done')).toBe(true);
  },
);

test('a create in doubt of a record that left a contact it shares, and has another identity again: what it has made comes along', async () => {
  const { ghl, start } = await aWorld({ ghl: { timeout: '3s' }, sync });
  ghl.changeLocation({ allowDuplicateContact: true });
  const runner = await start({ clock: watchedClock(10) });
  await tell(runner, [booking(1, { email: 'ann@example.com' }), booking(2, { email: 'ann@example.com' })]);
  ghl.fail({ kind: 'status-after', status: 502, match: { operation: 'create-contact' } });
  await runner.webhook({
    type: 'booking.updated',
    data: booking(1, { email: 'bob@example.com', phone: '+447700900456' }),
  });
  await until(() => ghl.contacts().length === 2);

  await tell(runner, booking(1, { email: 'cyd@example.com', phone: '+447700900456' }));

  expect(
    ghl
      .contacts()
      .map(({ email }) => email)
      .sort(),
  ).toEqual(['ann@example.com', 'cyd@example.com']);
});

test.each([
  ['goes', { deleted: true }],
  ['is not for the sync any more', { skip: true }],
])(
  'a record that %s while a create of its new identity is in doubt leaves both contacts',
  async (_, wish) => {
    const leaving = { ...sync, when: '$not(skip = true)', onLeave: 'delete', onDelete: 'delete' };
    const { ghl, start } = await aWorld({ ghl: { timeout: '3s' }, sync: leaving });
    const runner = await start({ clock: watchedClock(10) });
    const bob = { email: 'bob@example.com', phone: '+447700900456' };
    await tell(runner, [booking(1, { email: 'ann@example.com' }), booking(2, { email: 'ann@example.com' })]);
    ghl.fail({ kind: 'status-after', status: 502, match: { operation: 'create-contact' } });
    await runner.webhook({ type: 'booking.updated', data: booking(1, bob) });
    await until(() => ghl.contacts().length === 2);

    await tell(runner, booking(1, { ...bob, ...wish }));
    await until(
      async () => !(await runner.states()).some((state) => state === 'pending' || state === 'sending'),
      'the end',
    );

    expect(ghl.contacts().map(({ email }) => email)).toEqual(['ann@example.com']);
  },
);

describe('a record that goes elsewhere before its change of a shared contact was heard of', () => {
  const config = { ghl: { timeout: '3s' }, sync };
  const ann = { email: 'ann@example.com' };

  async function tried(wish: object) {
    const { ghl, start } = await aWorld(config);
    const runner = await start({ clock: watchedClock(10) });
    await tell(runner, booking(1, { ...ann, first_name: 'Ann' }));
    ghl.fail({ kind: 'status-after', status: 502, match: { operation: 'update-contact' } });
    await runner.webhook({
      type: 'booking.updated',
      data: booking(2, { ...ann, first_name: 'Joe', type: 'a' }),
    });
    await until(() => ghl.contacts()[0]!.firstName === 'Joe');

    await tell(runner, booking(2, { first_name: 'Joe', ...wish }));

    return ghl.contacts().find(({ email }) => email === ann.email);
  }

  test('to another contact: it goes back to what the others want', async () => {
    const contact = await tried({ email: 'joe@example.com', phone: '+447700900456' });

    expect(contact).toMatchObject({ firstName: 'Ann', tags: ['boothbook'] });
  });

  test('and is gone: it goes back to what the others want', async () => {
    const contact = await tried({ ...ann, deleted: true });

    expect(contact).toMatchObject({ firstName: 'Ann', tags: ['boothbook'] });
  });
});
