import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';
import { aBooking, aConfig, type ConfigWish } from '../support/a-config.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

const contact = {
  from: 'bookings',
  key: '$lowercase(email)',
  to: 'ghl.contact',
  quiet: '0ms',
  fields: { firstName: 'first_name', email: '$lowercase(email)' },
  tags: [{ when: 'status = "Confirmed"', add: 'booked', else: 'remove' }],
};
const note = {
  from: 'bookings',
  to: 'ghl.note',
  quiet: '0ms',
  fields: { body: { text: 'Booking {{ id }}' } },
};
const welcome = {
  from: 'bookings',
  call: 'ghl.create-note',
  initial: 'run',
  with: { body: { value: 'Welcome' } },
};

/** The same three syncs under other names. */
function named(
  person: string,
  text: string,
  action: string,
  was?: readonly [string, string, string],
): ConfigWish {
  const old = (at: number) => (was ? { was: was[at] } : {});
  return {
    sync: { enabled: false },
    syncs: {
      [person]: { ...contact, ...old(0) },
      [text]: { ...note, parent: person, ...old(1) },
      [action]: { ...welcome, parent: person, ...old(2) },
    },
  };
}

const before = named('people', 'texts', 'hello');
const after = named('guests', 'notes', 'welcome', ['people', 'texts', 'hello']);
const booking = (wish: object = {}) => aBooking({ id: 1, status: 'Confirmed', ...wish });

test('a renamed sync keeps what it has written: nothing is created, changed or run again', async () => {
  const world = await aWorld(before);
  const first = await world.start();
  world.source.rows([booking(), booking({ id: 2, email: 'guest1@example.com' })]);
  await first.pass();
  await first.idle();
  await first.stop();
  world.ghl.clear();

  const runner = await world.start({ config: after });
  await runner.pass({ full: true });
  await runner.idle();

  expect(operationsOf(world.ghl)).toEqual([]);
  const names = new Set((await runner.events()).map(({ sync }) => sync));
  expect([...names].sort()).toEqual(['guests', 'notes', 'welcome']);
});

test('what the old name owned, the new one takes away', async () => {
  const world = await aWorld(before);
  const first = await world.start();
  world.source.rows([booking()]);
  await first.pass();
  await first.idle();
  await first.stop();
  world.ghl.clear();

  const runner = await world.start({ config: after });
  world.source.rows([booking({ status: 'Cancelled', updated_at: '2026-05-01T11:00:00Z' })]);
  await runner.pass();
  await runner.idle();

  expect(operationsOf(world.ghl)).toEqual(['remove-tags']);
  expect(world.ghl.contacts()[0]!.tags).toEqual([]);
});

test('a rename is done once: the line may stay', async () => {
  const world = await aWorld(before);
  const first = await world.start();
  world.source.rows([booking()]);
  await first.pass();
  await first.idle();
  await first.stop();
  const second = await world.start({ config: after });
  await second.idle();
  await second.stop();
  world.ghl.clear();

  const third = await world.start();
  await third.pass({ full: true });

  expect(operationsOf(world.ghl)).toEqual([]);
  expect(third.log.lines.filter(({ message }) => message.includes('renamed'))).toEqual([]);
});

test('a create in doubt is found under the new name', async () => {
  const world = await aWorld(before);
  const first = await world.start({ mayLeaveWork: true });
  world.ghl.fail({ kind: 'reset-after', match: { operation: 'create-note' } });
  await first.webhook({ type: 'booking.created', data: booking() });
  await until(() => operationsOf(world.ghl).includes('create-note'));
  await first.stop();

  const runner = await world.start({ config: after });
  await runner.idle();

  const bodies = world.ghl.calls
    .filter(({ operation }) => operation === 'create-note')
    .map(({ body }) => body);
  expect(bodies.filter((body) => JSON.stringify(body).includes('Booking'))).toHaveLength(1);
});

test.each([
  [
    'the old name is there still',
    { guests: { ...contact, was: 'contacts' } },
    'there is a sync "contacts" still',
  ],
  [
    'two syncs were the same one',
    { guests: { ...contact, was: 'people' }, others: { ...contact, was: 'people' } },
    'was "people" already',
  ],
])('%s: a mistake that validate finds', (_, syncs, words) => {
  const { problems } = checkText('sync.config.yaml', aConfig({ syncs }));

  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
});
