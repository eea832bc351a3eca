import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { operationsOf, worlds, type Runner } from '../support/world.ts';

const aWorld = worlds();

const tasks = {
  from: 'bookings',
  to: 'ghl.task',
  parent: 'contacts',
  quiet: '0ms',
  fields: { title: 'first_name', dueDate: { value: '2026-05-01T10:00:00Z' } },
};
const call = { from: 'bookings', parent: 'contacts', initial: 'run' };
const complete = {
  ...call,
  call: 'ghl.update-task-completed',
  with: { taskId: '$result("tasks").id', completed: { value: true } },
};

let second = 0;
async function tell(runner: Runner, change: object = {}): Promise<void> {
  second += 1;
  const updated_at = new Date(Date.UTC(2026, 4, 1) + second * 1000).toISOString();
  await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, updated_at, ...change }) });
  await runner.idle();
}

test('a call gets the id of what another sync made for the same record, and waits for it', async () => {
  const { ghl, start } = await aWorld({ syncs: { tasks, complete } });
  const runner = await start();

  await tell(runner);

  expect(operationsOf(ghl)).toEqual(['create-contact', 'create-task', 'update-task-completed']);
  expect(ghl.tasks()).toEqual([expect.objectContaining({ title: 'Ann', completed: true })]);
});

test('what the API showed of it last is there, too', async () => {
  const told = { ...call, call: 'ghl.create-note', with: { body: '$result("tasks").title' } };
  const { ghl, start } = await aWorld({ syncs: { tasks, told } });
  const runner = await start();

  await tell(runner);
  await tell(runner, { first_name: 'Anna' });

  expect(ghl.notes().map(({ body }) => body)).toEqual(['Ann', 'Anna']);
});

test('a call gets the answer of an earlier call', async () => {
  const first = { ...call, call: 'ghl.create-note', with: { body: 'first_name' } };
  const told = {
    ...call,
    call: 'ghl.create-note',
    with: { body: { text: 'after {{ $result("first").note.body }}' } },
  };
  const { ghl, start } = await aWorld({ syncs: { first, told } });
  const runner = await start();

  await tell(runner);
  await tell(runner, { first_name: 'Anna' });
  await tell(runner, { first_name: 'Anna', other: 1 });

  expect(ghl.notes().map(({ body }) => body)).toEqual(['Ann', 'after Ann', 'Anna', 'after Anna']);
});

test('it waits as long as what it asks for is tried again', async () => {
  const { ghl, start } = await aWorld({ syncs: { tasks, complete } });
  ghl.fail({ kind: 'status', status: 422, match: { operation: 'create-task' } });
  const runner = await start();
  await tell(runner);
  const states = await runner.states();

  await tell(runner, { first_name: 'Anna' });

  expect(states.sort()).toEqual(['dead', 'done', 'waiting']);
  expect(ghl.tasks()).toEqual([expect.objectContaining({ title: 'Anna', completed: true })]);
});

test('what leaves the record out has no result: the call is skipped', async () => {
  const { ghl, start } = await aWorld({ syncs: { tasks: { ...tasks, when: 'paid' }, complete } });
  const runner = await start();

  await tell(runner);

  expect((await runner.events()).find(({ sync }) => sync === 'complete')).toMatchObject({
    state: 'skipped',
    reason: 'it wants the result of "tasks", which leaves this record out',
  });
  expect(operationsOf(ghl)).toEqual(['create-contact']);
});

test('what ran for an earlier state of the record has its result still', async () => {
  const first = { ...call, when: 'is_new', call: 'ghl.create-note', with: { body: 'first_name' } };
  const told = {
    ...call,
    when: '$not(is_new)',
    call: 'ghl.update-note',
    with: { id: '$result("first").note.id', body: { value: 'Changed' } },
  };
  const { ghl, start } = await aWorld({ syncs: { first, told } });
  const runner = await start();
  await tell(runner, { is_new: true });

  await tell(runner, { is_new: false });

  expect(ghl.notes().map(({ body }) => body)).toEqual(['Changed']);
});

test('each element gets the result of its own', async () => {
  const each = { each: 'extras', key: 'sku' };
  const { ghl, start } = await aWorld({
    syncs: {
      tasks: { ...tasks, ...each, fields: { ...tasks.fields, title: 'name' } },
      complete: { ...complete, ...each, when: 'packed' },
    },
  });
  const runner = await start();

  await tell(runner, {
    extras: [
      { sku: 1, name: 'Camera', packed: true },
      { sku: 2, name: 'Album' },
    ],
  });

  expect(
    ghl
      .tasks()
      .map(({ title, completed }) => [title, completed])
      .sort(),
  ).toEqual([
    ['Album', false],
    ['Camera', true],
  ]);
});

test('answers that no call asks for are not kept', async () => {
  const { start } = await aWorld({ syncs: { tasks, complete } });
  const runner = await start();

  await tell(runner);

  const keys = (await runner.events()).map(({ targetKey }) => targetKey);
  const links = await Promise.all(keys.map((key) => runner.store.read.links.get(key)));
  expect(links.map((link) => [link!.resource, link!.answer !== undefined]).sort()).toEqual([
    ['call update-task-completed', false],
    ['contact', false],
    ['task', true],
  ]);
});
