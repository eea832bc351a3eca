import { expect, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { command, commandJson } from '../support/command.ts';
import { operationsOf, worlds } from '../support/world.ts';

const aWorld = worlds();

const notes = {
  from: 'bookings',
  to: 'ghl.note',
  parent: 'contacts',
  quiet: '0ms',
  fields: { body: 'first_name' },
};

test('with --key only what is for that record is applied, and its contact by its own key', async () => {
  const world = await aWorld({ syncs: { notes } });
  world.source.rows([1, 2, 3].map((id) => aBooking({ id })));

  const one = await commandJson(world, 'run', '--key', '2');
  const sent = operationsOf(world.ghl);
  const two = await commandJson(world, 'run', '--key', 'guest3@example.com');

  expect(one).toMatchObject({ code: 0, json: { events: { done: 2, waiting: 4 } } });
  expect(sent).toEqual(['create-contact', 'create-note']);
  expect(two).toMatchObject({ code: 0, json: { events: { done: 1 } } });
  expect(world.ghl.contacts().map(({ email }) => email)).toEqual([
    'guest2@example.com',
    'guest3@example.com',
  ]);
});

test('a key that nothing has is told, one that nothing is due for is not', async () => {
  const world = await aWorld();
  world.source.rows([aBooking({ id: 1 })]);

  const unknown = await command(world, 'run', '--key', '11', '--log-level', 'error');
  const known = await command(world, 'run', '--key', '1', '--log-level', 'error');
  const again = await command(world, 'run', '--key', '1', '--log-level', 'error');

  expect(unknown.code).toBe(0);
  expect(unknown.stderr).toContain('nothing is known of key "11"');
  expect(`${known.stderr}${again.stderr}`).not.toContain('nothing is known');
});

test('with --limit at most so many targets are touched, and the next run goes on', async () => {
  const world = await aWorld();
  world.source.rows([1, 2, 3, 4, 5].map((id) => aBooking({ id })));

  const first = await commandJson(world, 'run', '--limit', '2');
  const created = world.ghl.contacts().length;
  const rest = await commandJson(world, 'run');

  expect(first).toMatchObject({ code: 0, json: { events: { done: 2, waiting: 3 } } });
  expect(created).toBe(2);
  expect(rest).toMatchObject({ code: 0, json: { events: { done: 3, waiting: 0 } } });
});

test.each<{ readonly args: readonly string[] }>([
  { args: ['--limit', '0'] },
  { args: ['--limit', 'many'] },
  { args: ['--limit', '1', '--approve', 'p-0123456789abcdef'] },
])('run $args is wrong usage', async ({ args }) => {
  const world = await aWorld();

  expect((await command(world, 'run', ...args)).code).toBe(2);
});
