import { describe, expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../../support/a-config.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds, type World } from '../../support/world.ts';

const aWorld = worlds();

const child = (to: string, fields: object) => ({
  from: 'bookings',
  to: `ghl.${to}`,
  parent: 'contacts',
  quiet: '0ms',
  fields,
});
const notes = child('note', { body: 'note' });
const tasks = child('task', { title: 'title', body: 'note', dueDate: '$zoned(due)' });
const appointments = child('appointment', {
  calendarId: { value: 'SandboxCalendar00001' },
  title: 'title',
  startTime: '$zoned(start)',
  endTime: '$zoned(end)',
});
const booking = (wish: object = {}) =>
  aBooking({ id: 1, note: 'Call back', title: 'Booth', due: '2026-07-01 10:00', ...wish });

let lost = 0;

/** The same world, whose store was lost: a new, empty one. */
async function losesItsStore({ writeConfig, folder }: World, wish: ConfigWish): Promise<void> {
  await writeConfig({ ...wish, top: { ...wish.top, store: `sqlite:${folder}/after-${lost++}.db` } });
}

const count = ({ ghl }: World, operation: string) =>
  operationsOf(ghl).filter((name) => name === operation).length;

describe('after the store was lost', () => {
  test('children are found by what stays: nothing is created twice, and each list is asked for once', async () => {
    const wish = { syncs: { notes, tasks, others: { ...notes, fields: { body: '"Also: " & note' } } } };
    const world = await aWorld(wish);
    world.source.rows([booking(), booking({ id: 2, note: 'Other' })]);
    const before = await world.start();
    await before.pass();
    await before.stop();
    world.ghl.clear();

    await losesItsStore(world, wish);
    const runner = await world.start();
    await runner.pass();

    expect(world.ghl.contacts()).toHaveLength(2);
    expect(world.ghl.notes()).toHaveLength(4);
    expect(world.ghl.tasks()).toHaveLength(2);
    expect([count(world, 'create-note'), count(world, 'create-task')]).toEqual([0, 0]);
    expect([count(world, 'get-all-notes'), count(world, 'get-all-tasks')]).toEqual([2, 2]);
  });

  test('a task that people completed, moved on and described is found by title and due date', async () => {
    const wish = { syncs: { tasks } };
    const world = await aWorld(wish);
    world.source.rows([booking()]);
    const before = await world.start();
    await before.pass();
    await before.stop();
    const [task] = world.ghl.tasks();
    await fetch(`${world.ghl.url}/contacts/${task!.contactId}/tasks/${task!.id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${world.ghl.token}`,
        version: '2021-07-28',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ completed: true, body: 'by hand' }),
    });

    await losesItsStore(world, wish);
    const runner = await world.start();
    await runner.pass();

    expect(world.ghl.tasks().map(({ id }) => id)).toEqual([task!.id]);
  });

  test("an appointment is found though the list gives its time without an offset, in the location's zone", async () => {
    const wish = { top: { timezone: 'Europe/London' }, syncs: { appointments } };
    const world = await aWorld(wish, { timezone: 'America/New_York' });
    world.source.rows([booking({ start: '2026-07-01 18:00', end: '2026-07-01 22:00' })]);
    const before = await world.start();
    await before.pass();
    await before.stop();
    const [made] = world.ghl.appointments();

    await losesItsStore(world, wish);
    const runner = await world.start();
    await runner.pass();

    expect(world.ghl.appointments().map(({ id }) => id)).toEqual([made!.id]);
    expect((await runner.states()).every((state) => state === 'done')).toBe(true);
  });

  test('a block slot, which has no parent to tell of the loss, is found again', async () => {
    const { from, quiet, fields } = appointments;
    const setups = { from, to: 'ghl.block-slot', quiet, fields };
    const wish = { syncs: { setups } };
    const world = await aWorld(wish);
    world.source.rows([booking({ start: '2026-07-01 18:00', end: '2026-07-01 23:00' })]);
    const before = await world.start();
    await before.pass();
    await before.stop();

    await losesItsStore(world, wish);
    await (await world.start()).pass();

    expect(world.ghl.blockSlots()).toHaveLength(1);
  });

  test('two children with the same content stay two, and each is linked to one of them', async () => {
    const wish = {
      sync: { key: '"ann@example.com"', fields: { email: '"ann@example.com"' } },
      syncs: { notes },
    };
    const world = await aWorld(wish);
    world.source.rows([booking(), booking({ id: 2 })]);
    const before = await world.start();
    await before.pass();
    await before.stop();

    await losesItsStore(world, wish);
    const runner = await world.start();
    await runner.pass();
    world.source.rows([booking({ note: 'Done', updated_at: '2026-05-02T10:00:00Z' }), booking({ id: 2 })]);
    await runner.pass();

    expect(world.ghl.contacts()).toHaveLength(1);
    expect(
      world.ghl
        .notes()
        .map(({ body }) => body)
        .sort(),
    ).toEqual(['Call back', 'Done']);
  });
});

test('a contact that this store created has no unknown children: none is looked for', async () => {
  const world = await aWorld({ syncs: { notes, tasks } });
  world.source.rows([booking(), booking({ id: 2 })]);
  const runner = await world.start();

  await runner.pass();

  expect(operationsOf(world.ghl).sort()).toEqual([
    'create-contact',
    'create-contact',
    'create-note',
    'create-note',
    'create-task',
    'create-task',
  ]);
});

test('a contact that was there: a child that a person wrote in the same words is taken over, one in others is not', async () => {
  const world = await aWorld({ syncs: { notes } });
  const wish = { booking: booking() };
  const { id } = world.ghl.addContact({ email: 'guest1@example.com' });
  for (const body of ['Call back', 'Something else'])
    await fetch(`${world.ghl.url}/contacts/${id}/notes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.ghl.token}`,
        version: '2021-07-28',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ body }),
    });
  world.source.rows([wish.booking]);
  const runner = await world.start();

  await runner.pass();

  expect(
    world.ghl
      .notes()
      .map(({ body }) => body)
      .sort(),
  ).toEqual(['Call back', 'Something else']);
});

test('a deploy is a kill and a new mapping: a create in doubt is found by what it sent then', async () => {
  const world = await aWorld({ syncs: { notes }, ghl: { timeout: '400ms' } });
  world.source.rows([booking()]);
  world.ghl.fail({ kind: 'slow', delayMs: 150, match: { operation: 'create-note' } });
  const run = world.spawn('run');
  await until(() => count(world, 'create-note') === 1);

  await run.kill();
  await until(() => world.ghl.notes().length === 1);
  const edited = { ...notes, fields: { body: '"Customer: " & note' } };
  const runner = await world.start({ config: { syncs: { notes: edited }, ghl: { timeout: '400ms' } } });
  await runner.pass();

  expect(world.ghl.notes().map(({ body }) => body)).toEqual(['Customer: Call back']);
  expect(count(world, 'create-note')).toBe(1);
});

describe('`run --rebuild` on an empty store against a full location', () => {
  test('links what is there, creates what is not, creates nothing twice, and costs nothing afterwards', async () => {
    const wish = { syncs: { notes, tasks } };
    const world = await aWorld(wish);
    world.source.rows([1, 2, 3].map((id) => booking({ id })));
    const before = await world.start();
    await before.pass();
    await before.stop();
    world.ghl.deleteNote(world.ghl.notes()[0]!.id);

    await losesItsStore(world, wish);
    const rebuild = world.spawn('run', '--rebuild', '--json');
    const { code } = await rebuild.ended;
    world.ghl.clear();
    const runner = await world.start();
    await runner.pass();
    await runner.pass({ full: true });

    expect(code, rebuild.output()).toBe(0);
    expect(world.ghl.contacts()).toHaveLength(3);
    expect(world.ghl.notes()).toHaveLength(3);
    expect(world.ghl.tasks()).toHaveLength(3);
    expect(operationsOf(world.ghl)).toEqual([]);
  });

  test('looks for the children of contacts that were there, and not of those that it creates', async () => {
    const wish = { syncs: { notes } };
    const world = await aWorld(wish);
    world.source.rows([booking({ id: 1 })]);
    const before = await world.start();
    await before.pass();
    await before.stop();

    await losesItsStore(world, wish);
    world.source.rows([1, 2].map((id) => booking({ id })));
    world.ghl.clear();
    const { code } = await world.spawn('run', '--rebuild').ended;

    expect(code).toBe(0);
    expect(world.ghl.notes()).toHaveLength(2);
    expect(count(world, 'create-contact')).toBe(1);
    expect(count(world, 'get-all-notes')).toBe(1);
  });
});
