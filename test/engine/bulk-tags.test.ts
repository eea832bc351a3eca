import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { operationsOf, worlds, type Runner, type World } from '../support/world.ts';

const aWorld = worlds();

const bulk = { operation: 'create-association' };
const plain = { tags: ['boothbook'] };
const more = { tags: ['boothbook', 'newsletter'] };
const bookings = (count: number) =>
  Array.from({ length: count }, (_, n) => aBooking({ id: n + 1, first_name: `Guest ${n + 1}` }));

/** So many contacts in the target, and the runner stopped: what follows is an edit of the mapping. */
async function stored(world: World, count: number): Promise<void> {
  const runner = await world.start({ config: { sync: plain } });
  world.source.rows(bookings(count));
  await runner.pass();
  await runner.stop();
  world.ghl.clear();
}

async function edited(world: World, wish: Parameters<World['writeConfig']>[0]): Promise<Runner> {
  const runner = await world.start({ config: wish });
  await runner.idle();
  return runner;
}

test('a tag that an edit adds to 500 stored contacts costs ten calls', async () => {
  const world = await aWorld();
  await stored(world, 500);

  const runner = await edited(world, { sync: more });

  expect(operationsOf(world.ghl)).toEqual(Array.from({ length: 10 }, () => 'create-association'));
  expect(world.ghl.contacts().filter(({ tags }) => tags.includes('newsletter'))).toHaveLength(500);
  expect(runner.engine.calls()).toBe(10);
});

test('a slow lane gathers as many as a fast one', async () => {
  const world = await aWorld();
  await stored(world, 120);

  await edited(world, { sync: more, ghl: { rateLimit: { requests: 2, per: '50ms' } } });

  expect(world.ghl.calls.map(({ body }) => (body as { contacts: string[] }).contacts.length).sort()).toEqual([
    20, 50, 50,
  ]);
});

test('tags that a rule no longer yields go in one call, too', async () => {
  const rule = (tag: string) => ({ tags: [{ when: 'true', add: tag, else: 'remove' }] });
  const world = await aWorld({ sync: rule('old') });
  const before = await world.start();
  world.source.rows(bookings(3));
  await before.pass();
  await before.stop();
  world.ghl.clear();

  await edited(world, { sync: rule('new') });

  expect(world.ghl.calls.map(({ path }) => path)).toEqual([
    '/contacts/bulk/tags/update/add',
    '/contacts/bulk/tags/update/remove',
  ]);
  expect(world.ghl.contacts().map(({ tags }) => tags)).toEqual([['new'], ['new'], ['new']]);
});

test('each target has its own journal and its own link: the next pass costs nothing', async () => {
  const world = await aWorld();
  await stored(world, 3);

  const runner = await edited(world, { sync: more });
  await runner.pass({ full: true });

  expect(world.ghl.calls).toHaveLength(1);
  const shared = { step: { type: 'add-tags', tags: ['newsletter'] }, answer: { status: 201, targets: 3 } };
  const events = (await runner.events()).slice(3, 6);
  const entries = await Promise.all(events.map(({ id }) => runner.store.read.journal.of(id)));
  expect(entries).toMatchObject([[shared], [shared], [shared]]);
});

test('one that the bulk call reports an error for goes by a call of its own', async () => {
  const world = await aWorld();
  await stored(world, 3);
  world.ghl.deleteContact(world.ghl.contacts().find(({ firstName }) => firstName === 'Guest 2')!.id);
  world.ghl.clear();

  await edited(world, { sync: more });

  expect(operationsOf(world.ghl)).toEqual(['create-association', 'add-tags', 'create-contact']);
  expect(world.ghl.contacts().map(({ tags }) => tags)).toEqual(
    Array.from({ length: 3 }, () => ['boothbook', 'newsletter']),
  );
});

test('a bulk call that is refused costs nobody anything but that call', async () => {
  const world = await aWorld();
  await stored(world, 3);
  world.ghl.fail({ kind: 'status', status: 422, match: bulk });

  const runner = await edited(world, { sync: more });

  expect(operationsOf(world.ghl)).toEqual(['create-association', 'add-tags', 'add-tags', 'add-tags']);
  expect(new Set(await runner.states())).toEqual(new Set(['done']));
});

test('a token that may not change in bulk is asked once', async () => {
  const world = await aWorld();
  await stored(world, 20);
  world.ghl.fail({ kind: 'status', status: 403, match: bulk, times: Infinity });

  await edited(world, { sync: more, ghl: { bulk: { tags: 5 } } });

  const inBulk = operationsOf(world.ghl).filter((operation) => operation === bulk.operation);
  expect(inBulk.length).toBeLessThanOrEqual(4);
  expect(world.ghl.contacts().filter(({ tags }) => tags.includes('newsletter'))).toHaveLength(20);
});

test('a lost answer is made up for: every contact ends with its tag, once', async () => {
  const world = await aWorld();
  await stored(world, 4);
  world.ghl.fail({ kind: 'reset-after', match: bulk });

  const runner = await edited(world, { sync: more });

  expect(world.ghl.contacts().map(({ tags }) => tags)).toEqual(
    Array.from({ length: 4 }, () => ['boothbook', 'newsletter']),
  );
  expect(new Set(await runner.states())).toEqual(new Set(['done']));
  expect(runner.engine.lanes.map((lane) => lane.paused())).toEqual([null]);
});

test('without others a change of tags is a single call', async () => {
  const world = await aWorld();
  await stored(world, 1);

  await edited(world, { sync: more });

  expect(operationsOf(world.ghl)).toEqual(['add-tags']);
});

test.each([0, 1])('bulk: { tags: %i } sends each by itself', async (tags) => {
  const world = await aWorld();
  await stored(world, 3);

  await edited(world, { sync: more, ghl: { bulk: { tags } } });

  expect(operationsOf(world.ghl)).toEqual(['add-tags', 'add-tags', 'add-tags']);
});

test('no call holds more than the config says', async () => {
  const world = await aWorld();
  await stored(world, 7);

  await edited(world, { sync: more, ghl: { bulk: { tags: 3 } } });

  expect(operationsOf(world.ghl).sort()).toEqual(['add-tags', 'create-association', 'create-association']);
});

test('live changes that wait for their turn share it', async () => {
  const world = await aWorld({ sync: plain });
  const limit = { rateLimit: { requests: 1, per: '300ms' } };
  const before = await world.start();
  world.source.rows(bookings(12));
  await before.pass();
  await before.stop();
  world.ghl.clear();
  const confirmed = { tags: ['boothbook', { when: 'status = "Confirmed"', add: 'booked' }] };
  const runner = await edited(world, { sync: confirmed, ghl: limit });

  for (const booking of bookings(12)) {
    const data = { ...booking, status: 'Confirmed', updated_at: '2026-05-01T11:00:00Z' };
    await runner.webhook({ type: 'booking.updated', data });
  }
  await runner.idle();

  expect(world.ghl.calls.length).toBeLessThanOrEqual(3);
  expect(world.ghl.contacts().every(({ tags }) => tags.includes('booked'))).toBe(true);
});
