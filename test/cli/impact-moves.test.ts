import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Impact } from '../../src/engine/plan/impact.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command, commandJson } from '../support/command.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const note = {
  from: 'bookings',
  to: 'ghl.note',
  parent: 'contacts',
  fields: { body: { text: 'Hello {{ first_name }}' } },
};
const extra = { ...note, each: 'extras', key: 'name', fields: { body: { text: '{{ name }}: {{ price }}' } } };

/** A world whose config is committed, with one record that has two extras. */
async function committed(syncs: NonNullable<ConfigWish['syncs']>): Promise<World> {
  const world = await aWorld({ syncs });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: world.folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', 'sync.config.yaml');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '-m', 'one');
  const extras = [
    { name: 'Props', price: 40 },
    { name: 'Album', price: 60 },
  ];
  world.source.rows([{ ...aBooking({ id: 1 }), ref: 'r1', extras }]);
  const runner = await world.start();
  await runner.pass();
  await runner.stop();
  return world;
}

async function impactOf(world: World, edited: ConfigWish): Promise<Impact> {
  await world.writeConfig(edited);
  const { json } = await commandJson(world, 'impact', '--against', 'HEAD');
  return json as Impact;
}

test('of a sync with each, elements are told: what they see is theirs, not the record’s', async () => {
  const world = await committed({ extras: extra });
  const fields = { body: { text: '{{ name = "Album" ? "Book" : name }}: {{ price }}' } };

  const { syncs } = await impactOf(world, { syncs: { extras: { ...extra, fields } } });

  expect(syncs).toMatchObject([
    { sync: 'extras', changed: 1, unchanged: 1, fields: { body: { changed: 1 } } },
  ]);
});

test('an element that is left out from now on leaves, and the others stay', async () => {
  const world = await committed({ extras: extra });

  const { syncs } = await impactOf(world, { syncs: { extras: { ...extra, when: 'price > 50' } } });

  expect(syncs).toMatchObject([{ sync: 'extras', changed: 1, unchanged: 1, leaves: 1 }]);
});

test('a sync that was renamed with `was` keeps what it has written: nothing changes, for its children neither', async () => {
  const world = await committed({ notes: note });
  const people = {
    was: 'contacts',
    from: 'bookings',
    key: '$lowercase(email)',
    to: 'ghl.contact',
    fields: { firstName: 'first_name', email: '$lowercase(email)', phone: 'phone' },
  };

  const { syncs } = await impactOf(world, {
    syncs: { contacts: undefined, people, notes: { ...note, parent: 'people' } },
  });

  expect(syncs).toEqual([]);
});

test('another key is another target, and the example says so', async () => {
  const world = await committed({ notes: note });
  await world.writeConfig({ sync: { key: 'first_name' }, syncs: { notes: note } });

  const { stdout } = await command(world, 'impact', '--against', 'HEAD');

  expect(stdout).toMatch(/1 get another target or parent\n {2}e\.g\. \S+ another target\n/);
  expect(stdout).toMatch(/e\.g\. \S+ another parent\n/);
});

test('another key of the source is another target for what is known by it, and for nothing else', async () => {
  const world = await committed({ notes: note });

  const { syncs } = await impactOf(world, { source: { key: 'ref' }, syncs: { notes: note } });

  expect(syncs).toMatchObject([{ sync: 'notes', changed: 1, moves: 1 }]);
});
