import { expect, test } from 'vitest';
import { readHeld } from '../../src/engine/guard/held.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command, commandJson, serving } from '../support/command.ts';
import { until } from '../support/wait.ts';
import { operationsOf, worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const rows = (ids: readonly number[]) => ids.map((id) => aBooking({ id }));
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

/** Ten contacts that go with their bookings. */
async function tenContacts(wish: ConfigWish = {}): Promise<World> {
  const world = await aWorld({ ...wish, sync: { onDelete: 'delete', ...wish.sync } });
  world.source.rows(rows(upTo(10)));
  expect((await commandJson(world, 'run')).code).toBe(0);
  world.ghl.clear();
  return world;
}

interface WithHeld {
  readonly held?: readonly { readonly place: string; readonly hash: string; readonly message: string }[];
}

async function run(world: World, ...args: string[]) {
  const { code, json } = await commandJson(world, 'run', ...args);
  return { code, held: (json as WithHeld).held ?? [] };
}

test('a full read that lost more than half deletes nothing, says what it would, and exits 1', async () => {
  const world = await tenContacts();
  world.source.rows([...rows([1, 2, 3, 4]), aBooking({ id: 11 })]);

  const { code, held } = await run(world, '--full');

  expect(code).toBe(1);
  expect(operationsOf(world.ghl)).toEqual(['create-contact']);
  expect(world.ghl.contacts()).toHaveLength(11);
  expect(held).toMatchObject([{ place: 'sources.bookings', records: 6 }]);
  expect(held[0]!.message).toContain('lacks 6 of 11 known ones (10, 5, 6, 7, 8, …)');
  const status = await command(world, 'status');
  expect(status.code).toBe(1);
  expect(status.stdout).toContain(`boothsync run --approve ${held[0]!.hash}`);
});

test('an approved hash deletes just those keys, and is over then', async () => {
  const world = await tenContacts();
  world.source.rows(rows([1, 2, 3, 4]));
  const { held } = await run(world, '--full');

  const approved = await run(world, '--approve', held[0]!.hash);

  expect(approved).toEqual({ code: 0, held: [] });
  expect(operationsOf(world.ghl)).toEqual(Array.from({ length: 6 }, () => 'delete-contact'));
  expect((await command(world, 'status')).code).toBe(0);
});

test('what has changed since is refused, with the hash of what would be deleted now', async () => {
  const world = await tenContacts();
  world.source.rows(rows([1, 2, 3, 4]));
  const { held } = await run(world, '--full');
  world.source.rows(rows([1, 2, 3]));

  const refused = await run(world, '--full', '--approve', held[0]!.hash);
  const again = await run(world, '--full', '--approve', refused.held[0]!.hash);

  expect(refused.code).toBe(1);
  expect(refused.held[0]!.hash).not.toBe(held[0]!.hash);
  expect(again).toEqual({ code: 0, held: [] });
  expect(world.ghl.contacts()).toHaveLength(3);
});

test('a read that is whole again is no case for anybody', async () => {
  const world = await tenContacts();
  world.source.rows([]);
  const empty = await run(world, '--full');
  world.source.rows(rows(upTo(10)));

  const whole = await run(world, '--full');

  expect(empty.code).toBe(1);
  expect(whole).toEqual({ code: 0, held: [] });
  expect(world.ghl.calls).toEqual([]);
});

test('a hash that nothing waits under is refused before anything is read', async () => {
  const world = await tenContacts();
  const calls = world.source.calls.length;

  const { code, stderr } = await command(world, 'run', '--approve', '0123456789abcdef');

  expect(code).toBe(1);
  expect(stderr).toContain('nothing of hash 0123456789abcdef waits for approval');
  expect(world.source.calls).toHaveLength(calls);
});

/** The same in this process. */
async function heldOf(wish: ConfigWish, lost: number) {
  const { source, ghl, start } = await aWorld(wish);
  const runner = await start();
  source.rows(rows(upTo(10)));
  await runner.pass();
  source.rows(rows(upTo(10).slice(lost)));
  await runner.pass({ full: true });
  return { held: await readHeld(runner.store), contacts: ghl.contacts().length };
}

test.each([
  { limit: 2, lost: 2, stops: false },
  { limit: 2, lost: 3, stops: true },
  { limit: '20%', lost: 2, stops: false },
  { limit: '20%', lost: 3, stops: true },
  { limit: '90%', lost: 9, stops: false },
  { limit: '100%', lost: 10, stops: true },
])(
  'guard delete $limit and $lost lost of ten records: it stops is $stops',
  async ({ limit, lost, stops }) => {
    const { held, contacts } = await heldOf({ sync: { onDelete: 'delete', guard: { delete: limit } } }, lost);

    expect(held).toHaveLength(stops ? 1 : 0);
    expect(contacts).toBe(stops ? 10 : 10 - lost);
  },
);

test('the strictest of the syncs that take a source counts', async () => {
  const fields = { body: '$string(id)' };
  const notes = { from: 'bookings', to: 'ghl.note', parent: 'contacts', fields, guard: { delete: 1 } };

  const { held } = await heldOf({ sync: { onDelete: 'delete' }, syncs: { notes } }, 2);

  expect(held).toMatchObject([{ records: 2 }]);
});

test('a running service goes on with what is approved beside it', async () => {
  const world = await tenContacts({ top: { server: { port: 0 } } });
  world.source.rows(rows([1, 2, 3]));
  const { held } = await run(world, '--full');
  const service = await serving(world);

  const approved = await command(world, 'run', '--approve', held[0]!.hash);

  expect(approved.code).toBe(0);
  await until(() => world.ghl.contacts().length === 3, 'the deletes');
  expect(await service.stop()).toBe(0);
});

test('whoever bears the token of a running service approves over HTTP, too', async () => {
  const world = await tenContacts({ top: { server: { port: 0, token: 'of-this-test' } } });
  world.source.rows(rows([1, 2, 3]));
  const { held } = await run(world, '--full');
  const service = await serving(world);
  const approve = (hash: string, token: string) =>
    fetch(`${service.url}/api/held/${hash}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });

  const stranger = await approve(held[0]!.hash, 'another');
  const unknown = await approve('0123456789abcdef', 'of-this-test');
  const approved = await approve(held[0]!.hash, 'of-this-test');

  expect(stranger.status).toBe(401);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ problems: [{ remedy: expect.any(String) as string }] });
  expect(await approved.json()).toEqual({ approved: ['sources.bookings'] });
  await until(() => world.ghl.contacts().length === 3, 'the deletes');
  expect(await service.stop()).toBe(0);
});
