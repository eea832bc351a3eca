import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { operationsOf, worlds, type Runner, type World } from '../support/world.ts';

const aWorld = worlds();

const config: ConfigWish = {
  sync: {
    fields: {
      firstName: 'first_name',
      email: '$lowercase(email)',
      city: { expr: 'town', on: 'empty' },
      customFields: { size: { expr: 'size', on: 'empty' } },
    },
  },
};

async function aWorldWithSize(wish = config): Promise<World> {
  const world = await aWorld(wish);
  world.ghl.addCustomField({ name: 'size', dataType: 'TEXT' });
  return world;
}

let clock = 0;
async function tell(runner: Runner, change: object = {}): Promise<void> {
  clock += 1;
  const updated_at = new Date(Date.UTC(2026, 4, 1) + clock * 1000).toISOString();
  await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, updated_at, ...change }) });
  await runner.idle();
}

const sizeOf = ({ ghl }: World): unknown =>
  ghl.contacts()[0]!.customFields.find(({ id }) => id === ghl.customFieldId('size'))?.value;

test('a create sends it, and people own it from then on', async () => {
  const world = await aWorldWithSize();
  const runner = await world.start();
  await tell(runner, { town: 'Leeds', size: 'L' });
  const { id, city } = world.ghl.contacts()[0]!;
  const size = sizeOf(world);
  world.ghl.changeContact(id, { city: '' });
  world.ghl.clear();

  await tell(runner, { town: 'York', size: 'S' });

  expect([city, size]).toEqual(['Leeds', 'L']);
  expect(world.ghl.calls).toEqual([]);
});

test('what the target has nothing for is filled: one look, one update, whatever else changed', async () => {
  const world = await aWorldWithSize();
  const runner = await world.start();
  await tell(runner);
  world.ghl.clear();

  await tell(runner, { first_name: 'Anna', town: 'Leeds', size: 'L' });

  expect(operationsOf(world.ghl)).toEqual(['get-contact', 'update-contact']);
  expect(world.ghl.contacts()[0]).toMatchObject({ firstName: 'Anna', city: 'Leeds' });
  expect(sizeOf(world)).toBe('L');
});

test('what a person filled meanwhile stays, and is asked for once', async () => {
  const world = await aWorldWithSize();
  const runner = await world.start();
  await tell(runner);
  world.ghl.changeContact(world.ghl.contacts()[0]!.id, { city: 'Hull' });
  world.ghl.clear();

  await tell(runner, { town: 'Leeds' });
  await tell(runner, { town: 'York' });

  expect(operationsOf(world.ghl)).toEqual(['get-contact']);
  expect(world.ghl.contacts()[0]).toMatchObject({ city: 'Hull' });
});

test('a contact that was there before is read once: what it has stays, what it lacks is filled', async () => {
  const world = await aWorldWithSize();
  world.ghl.addContact({ email: 'guest1@example.com', city: 'Hull' });
  const runner = await world.start();

  await tell(runner, { town: 'Leeds', size: 'L' });
  await tell(runner, { town: 'York', size: 'S' });

  expect(operationsOf(world.ghl).filter((operation) => operation === 'get-contact')).toHaveLength(1);
  expect(world.ghl.contacts()[0]).toMatchObject({ city: 'Hull' });
  expect(sizeOf(world)).toBe('L');
});

test('a record that yields nothing for it costs no look', async () => {
  const world = await aWorldWithSize();
  const runner = await world.start();
  await tell(runner);
  world.ghl.clear();

  await tell(runner, { first_name: 'Anna' });

  expect(operationsOf(world.ghl)).toEqual(['update-contact']);
});

test('what was seen empty is looked at again before a later try: a person may have filled it in between', async () => {
  const world = await aWorldWithSize();
  const runner = await world.start({ random: () => 0.1 });
  await tell(runner);
  world.ghl.clear();
  world.ghl.fail({ kind: 'status', status: 503, match: { operation: 'update-contact' } });

  await tell(runner, { town: 'Leeds' });

  expect(operationsOf(world.ghl)).toEqual(['get-contact', 'update-contact', 'get-contact', 'update-contact']);
  expect(world.ghl.contacts()[0]).toMatchObject({ city: 'Leeds' });
});

test('false is something', async () => {
  const fields = { email: 'email', dnd: { expr: 'quiet', on: 'empty' } };
  const world = await aWorld({ sync: { fields } });
  const runner = await world.start();
  await tell(runner);

  await tell(runner, { quiet: true });

  expect(world.ghl.contacts()[0]).toMatchObject({ dnd: false });
});

test('a name counts as filled where first and last name are', async () => {
  const fields = { email: 'email', firstName: 'first_name', name: { expr: 'whole', on: 'empty' } };
  const world = await aWorld({ sync: { fields } });
  const runner = await world.start();
  await tell(runner);

  await tell(runner, { whole: 'Somebody Else' });

  expect(world.ghl.contacts()[0]).toMatchObject({ firstName: 'Ann' });
});
