import { expect, test } from 'vitest';
import { readHeld } from '../../../src/engine/guard/held.ts';
import { aBooking, type ConfigWish } from '../../support/a-config.ts';
import { command, commandJson, serving } from '../../support/command.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds, type Runner, type World } from '../../support/world.ts';

const aWorld = worlds();

const GUARDED: ConfigWish = { sync: { guard: { change: '30%', delete: 2 }, onDelete: 'delete' } };
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
const edited = (id: number) =>
  aBooking({ id, first_name: `Edited ${id}`, updated_at: '2026-05-02T10:00:00Z' });
const rows = (changed: number) => upTo(10).map((id) => (id <= changed ? edited(id) : aBooking({ id })));

/** Ten contacts, made within their guard: what is new changes nothing that was there. */
async function tenContacts(wish: ConfigWish = GUARDED): Promise<{ world: World; runner: Runner }> {
  const world = await aWorld(wish);
  const runner = await world.start({ mayLeaveWork: true });
  world.source.rows(rows(0));
  await runner.pass();
  expect(world.ghl.contacts()).toHaveLength(10);
  world.ghl.clear();
  return { world, runner };
}

test('a poll within the guard goes on, one beyond it changes nothing of that sync', async () => {
  const { world, runner } = await tenContacts();
  world.source.rows(rows(3));
  await runner.pass();
  const within = operationsOf(world.ghl).length;
  world.source.rows(
    upTo(10).map((id) => aBooking({ id, first_name: 'All', updated_at: '2026-05-03T10:00:00Z' })),
  );

  await runner.pass();

  expect(within).toBe(3);
  expect(operationsOf(world.ghl)).toHaveLength(3);
  expect(await readHeld(runner.store)).toMatchObject([
    { place: 'syncs.contacts', records: 10, approved: false },
  ]);
});

test('other syncs of the same records go on meanwhile', async () => {
  const notes = {
    from: 'bookings',
    to: 'ghl.note',
    parent: 'contacts',
    quiet: '0ms',
    fields: { body: 'first_name' },
  };
  const { world, runner } = await tenContacts({ ...GUARDED, syncs: { notes } });
  world.source.rows(rows(10));

  await runner.pass();

  expect(new Set(operationsOf(world.ghl))).toEqual(new Set(['update-note']));
});

test('what does not change anything is not counted, however much of it comes', async () => {
  const { world, runner } = await tenContacts();
  world.source.rows(rows(0).map((row) => ({ ...row, irrelevant: true, updated_at: '2026-05-02T10:00:00Z' })));

  await runner.pass();

  expect(await readHeld(runner.store)).toEqual([]);
  expect(await runner.states()).not.toContain('pending');
});

test('deletes count by themselves, also those that a poll names', async () => {
  const { world, runner } = await tenContacts();
  const gone = (id: number) => aBooking({ id, deleted: true, updated_at: '2026-05-02T10:00:00Z' });
  world.source.rows(upTo(10).map((id) => (id <= 3 ? gone(id) : aBooking({ id }))));

  await runner.pass();

  expect(world.ghl.contacts()).toHaveLength(10);
  const [held] = await readHeld(runner.store);
  expect(held?.message).toContain('contacts would change 0 and delete 3 of 10 records (1, 2, 3)');
});

test('an edited mapping that changes too many waits; taken back, it is over', async () => {
  const { world, runner } = await tenContacts();
  await runner.stop();
  const wish = { ...GUARDED, sync: { ...GUARDED.sync, tags: ['boothbook'] } };
  const second = await world.start({ config: wish, mayLeaveWork: true });
  await second.pass();
  const held = await readHeld(second.store);
  await second.stop();

  const third = await world.start({ config: GUARDED });
  await third.pass();

  expect(held).toMatchObject([{ place: 'syncs.contacts', records: 10 }]);
  expect(await readHeld(third.store)).toEqual([]);
  expect(operationsOf(world.ghl)).toEqual([]);
});

test('a mapping that lets a field go, or fills one only at a create, changes nothing that is there', async () => {
  const { world, runner } = await tenContacts({ sync: { ...GUARDED.sync, tags: ['boothbook'] } });
  await runner.stop();
  const fields = { email: 'email', lastName: { expr: 'last_name', on: 'create' } };

  const second = await world.start({ config: { sync: { ...GUARDED.sync, fields, tags: [] } } });
  await second.pass();

  expect(await readHeld(second.store)).toEqual([]);
  expect(await second.states()).not.toContain('pending');
  expect(operationsOf(world.ghl)).toEqual([]);
});

test('a tag that a rule owns and no longer yields counts as a change', async () => {
  const owned = [{ add: 'boothbook', else: 'remove' }];
  const { world, runner } = await tenContacts({ sync: { ...GUARDED.sync, tags: owned } });
  await runner.stop();

  const second = await world.start({
    config: { sync: { ...GUARDED.sync, tags: [] } },
    mayLeaveWork: true,
  });
  await second.pass();

  expect(await readHeld(second.store)).toMatchObject([{ place: 'syncs.contacts', records: 10 }]);
});

test('webhooks that trickle in are no mass change, also for a record that is held', async () => {
  const { world, runner } = await tenContacts();
  world.source.rows(rows(10));
  await runner.pass();

  const data = aBooking({ id: 4, first_name: 'Live', updated_at: '2026-05-04T10:00:00Z' });
  await runner.webhook({ type: 'booking.updated', data });
  await runner.idle();

  expect(world.ghl.calls.map(({ body }) => body)).toEqual([{ firstName: 'Live' }]);
});

test.each([
  ['a guard that allows it', { guard: { change: '100%' } }],
  ['no guard any more', { guard: undefined }],
])('what waited goes on with %s', async (_, sync) => {
  const { world, runner } = await tenContacts();
  world.source.rows(rows(10));
  await runner.pass();
  const before = operationsOf(world.ghl).length;
  await runner.stop();

  const next = await world.start({ config: { sync: { ...GUARDED.sync, ...sync } } });
  await next.pass();

  expect(before).toBe(0);
  expect(operationsOf(world.ghl)).toHaveLength(10);
  expect(await readHeld(next.store)).toEqual([]);
});

test('approved by its hash it goes on, and a plan of it is the same', async () => {
  const { world, runner } = await tenContacts();
  await runner.stop();
  world.source.rows(rows(10));
  const held = await commandJson(world, 'run');
  const [hold] = (held.json as { held: { hash: string }[] }).held;

  const plan = await commandJson(world, 'plan');
  const approved = await command(world, 'run', '--approve', hold!.hash);

  expect(held.code).toBe(1);
  expect(plan.json).toMatchObject({ summary: { update: 10 }, held: [expect.stringContaining('change 10')] });
  expect(approved.code).toBe(0);
  expect(operationsOf(world.ghl)).toEqual(upTo(10).map(() => 'update-contact'));
});

test('a running service holds it, shows it, and goes on once it is approved beside it', async () => {
  const { world, runner } = await tenContacts({ ...GUARDED, top: { server: { port: 0 } } });
  await runner.stop();
  world.source.rows(rows(10));
  const service = await serving(world);
  const held = async () => ((await commandJson(world, 'status')).json as { held: { hash: string }[] }).held;
  await until(async () => (await held()).length === 1, 'the hold');
  const [hold] = await held();

  const approved = await command(world, 'run', '--approve', hold!.hash);

  expect(approved.code).toBe(0);
  await until(() => operationsOf(world.ghl).length === 10, 'the changes');
  expect(await service.stop()).toBe(0);
});
