import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { operationsOf, worlds } from '../../support/world.ts';
import type { Runner, World } from '../../support/world.ts';

const aWorld = worlds();

const MARK = /\[bs:[\w-]{8}\]/;

/** A sync of children, with its fields. */
function config(to: string, fields: Record<string, unknown>, more: Record<string, unknown> = {}): ConfigWish {
  const children = { from: 'bookings', to, parent: 'contacts', quiet: '0ms', mark: true, fields, ...more };
  return { syncs: { children } };
}

/** What a runner needs that starts with an empty store: the old one is lost. */
function lost({ folder }: World, { top, ...config }: ConfigWish): ConfigWish {
  return { ...config, top: { store: `sqlite:${join(folder, 'another.db')}`, ...top } };
}

/** One pass with one life of the store, then another with an empty one and an edited mapping. */
async function passTwice(world: World, edited: ConfigWish): Promise<void> {
  const before = await world.start();
  await before.pass();
  await before.stop();
  const runner = await world.start({ config: lost(world, edited) });
  await runner.pass();
}

const title = { title: { value: 'Pack' }, dueDate: { value: '2026-05-01T10:00:00Z' } };
const edited = { title: { value: 'Pack all' }, dueDate: { value: '2026-06-01T10:00:00Z' } };

test('the store is lost and the mapping is edited: a marked task is found by its mark', async () => {
  const world = await aWorld(config('ghl.task', title));
  world.source.rows([aBooking({ id: 1 })]);

  await passTwice(world, config('ghl.task', edited));

  expect(world.ghl.tasks()).toEqual([
    expect.objectContaining({ title: 'Pack all', dueDate: '2026-06-01T10:00:00.000Z' }),
  ]);
});

test('without a mark the same leaves a twin: nothing is left to find it by', async () => {
  const world = await aWorld(config('ghl.task', title, { mark: false }));
  world.source.rows([aBooking({ id: 1 })]);

  await passTwice(world, config('ghl.task', edited, { mark: false }));

  expect(world.ghl.tasks()).toHaveLength(2);
});

test('a marked note whose whole text was edited is found by its mark, which stands in it once', async () => {
  const world = await aWorld(config('ghl.note', { body: { value: 'Old words' } }));
  world.source.rows([aBooking({ id: 1 })]);

  await passTwice(world, config('ghl.note', { body: { value: 'New words' } }));

  const [note, ...others] = world.ghl.notes();
  expect(others).toEqual([]);
  expect(note!.body).toMatch(/^New words \[bs:[\w-]{8}\]$/);
});

test('a marked appointment is found by its description, whatever became of title and time', async () => {
  const world = await aWorld();
  const appointment = (name: string, day: string) =>
    config('ghl.appointment', {
      calendarId: { value: world.ghl.calendarId },
      title: { value: name },
      startTime: { value: `2026-05-${day}T10:00:00Z` },
    });
  await world.writeConfig(appointment('Party', '01'));
  world.source.rows([aBooking({ id: 1 })]);

  await passTwice(world, appointment('Ball', '07'));

  const [booked, ...others] = world.ghl.appointments();
  expect(others).toEqual([]);
  expect(booked).toMatchObject({ title: 'Ball', description: expect.stringMatching(MARK) as string });
});

test('two records with the same words each find their own note again', async () => {
  const sync = config('ghl.note', { body: { value: 'Call back' } });
  const world = await aWorld(sync);
  world.source.rows([1, 2].map((id) => aBooking({ id, email: 'ann@example.com' })));
  const before = await world.start();
  await before.pass();
  const holders = await noteHolders(world, before);
  await before.stop();

  const runner = await world.start({ config: lost(world, sync) });
  await runner.pass();

  expect(await noteHolders(world, runner)).toEqual(holders);
  expect(holders).toHaveLength(2);
});

/** Which record each note is linked to, by its target key. */
function noteHolders({ ghl }: World, { engine, store }: Runner): Promise<(string | undefined)[]> {
  const { account } = engine.lanes[0]!;
  return Promise.all(ghl.notes().map(({ id }) => store.read.links.holder(account, 'note', id)));
}

test('a create in doubt is found by its mark, not made twice', async () => {
  const world = await aWorld({ ...config('ghl.task', title), ghl: { timeout: '3s' } });
  world.ghl.fail({ kind: 'reset-after', match: { operation: 'create-task' } });
  world.source.rows([aBooking({ id: 1 })]);
  const runner = await world.start({ clock: watchedClock(10) });

  await runner.pass();

  expect(world.ghl.tasks()).toHaveLength(1);
  expect(operationsOf(world.ghl).filter((operation) => operation === 'create-task')).toHaveLength(1);
});

test('an update keeps the mark, and an unchanged record costs no call', async () => {
  const world = await aWorld(config('ghl.note', { body: 'note' }));
  world.source.rows([aBooking({ id: 1, note: 'Old words' })]);
  const runner = await world.start();
  await runner.pass();
  const mark = MARK.exec(world.ghl.notes()[0]!.body)![0];
  await runner.webhook({
    type: 'booking.updated',
    data: aBooking({ id: 1, note: 'New words', updated_at: '2026-05-02T10:00:00Z' }),
  });
  await runner.idle();
  world.ghl.clear();

  await runner.webhook({
    type: 'booking.updated',
    data: aBooking({ id: 1, note: 'New words', other: 1, updated_at: '2026-05-03T10:00:00Z' }),
  });
  await runner.idle();

  expect(world.ghl.notes().map(({ body }) => body)).toEqual([`New words ${mark}`]);
  expect(world.ghl.calls).toEqual([]);
});

test('a text that the mapping leaves alone is never overwritten for the sake of a mark', async () => {
  const world = await aWorld(config('ghl.task', title, { mark: false }));
  world.source.rows([aBooking({ id: 1 })]);
  const before = await world.start();
  await before.pass();
  await before.stop();
  world.ghl.clear();

  const runner = await world.start({ config: config('ghl.task', title) });
  await runner.pass();

  expect(world.ghl.calls).toEqual([]);
  expect(world.ghl.tasks()[0]).not.toHaveProperty('body');
});

test('a note that was made without a mark gets it with one update', async () => {
  const world = await aWorld(config('ghl.note', { body: { value: 'Hi' } }, { mark: false }));
  world.source.rows([aBooking({ id: 1 })]);
  const before = await world.start();
  await before.pass();
  await before.stop();
  world.ghl.clear();

  const runner = await world.start({ config: config('ghl.note', { body: { value: 'Hi' } }) });
  await runner.pass();

  expect(operationsOf(world.ghl)).toEqual(['update-note']);
  expect(world.ghl.notes()[0]!.body).toMatch(MARK);
});

test('`match` says what a child is found by', async () => {
  const match = { mark: false, match: ['title'] };
  const world = await aWorld(config('ghl.task', title, match));
  world.source.rows([aBooking({ id: 1 })]);

  await passTwice(world, config('ghl.task', { ...edited, title: title.title }, match));

  expect(world.ghl.tasks()).toEqual([expect.objectContaining({ dueDate: '2026-06-01T10:00:00.000Z' })]);
});
