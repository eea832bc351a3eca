import { describe, expect, test } from 'vitest';
import { explain } from '../../src/engine/inspect/inspect-record.ts';
import { loadConfig } from '../../src/config/load.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { operationsOf, worlds, type Runner, type World } from '../support/world.ts';

const aWorld = worlds();

const sync = {
  from: 'bookings',
  each: 'extras',
  when: '$not($exists(kept))',
  key: 'sku',
  to: 'ghl.task',
  parent: 'contacts',
  quiet: '0ms',
  onDelete: 'delete',
  onLeave: 'delete',
  fields: {
    title: { text: '{{ name }} for {{ $record.first_name }}' },
    dueDate: { value: '2026-05-01T10:00:00Z' },
  },
};
const config: ConfigWish = { syncs: { extras: sync } };
const camera = { sku: 'c', name: 'Camera' };
const album = { sku: 'a', name: 'Album' };

let second = 0;
async function tell(runner: Runner, change: object = {}): Promise<void> {
  second += 1;
  const updated_at = new Date(Date.UTC(2026, 4, 1) + second * 1000).toISOString();
  await runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, updated_at, ...change }) });
  await runner.idle();
}

const titles = ({ ghl }: World) =>
  ghl
    .tasks()
    .map(({ title }) => title)
    .sort();

test('each element has a target of its own, and sees its record', async () => {
  const world = await aWorld(config);
  const runner = await world.start();

  await tell(runner, { extras: [camera, album] });

  expect(titles(world)).toEqual(['Album for Ann', 'Camera for Ann']);
  expect(await runner.states()).toEqual(['done', 'done', 'done']);
});

test('of an edited record only what differs costs a call', async () => {
  const world = await aWorld(config);
  const runner = await world.start();
  await tell(runner, { extras: [camera, album] });
  world.ghl.clear();

  await tell(runner, { extras: [album, { ...camera, name: 'Two cameras' }] });
  await tell(runner, { extras: [{ ...camera, name: 'Two cameras' }, album], other: 1 });

  expect(operationsOf(world.ghl)).toEqual(['update-task']);
  expect(titles(world)).toEqual(['Album for Ann', 'Two cameras for Ann']);
});

test('what vanishes from the list is treated as deleted, and may come back', async () => {
  const world = await aWorld(config);
  const runner = await world.start();
  await tell(runner, { extras: [camera, album] });

  await tell(runner, { extras: [album] });
  const without = titles(world);
  await tell(runner, { extras: [album, camera] });

  expect(without).toEqual(['Album for Ann']);
  expect(titles(world)).toEqual(['Album for Ann', 'Camera for Ann']);
});

test.each([
  ['an empty list', { extras: [] }],
  ['no list', {}],
  ['a record that is gone', { extras: [camera, album], deleted: true }],
])('all targets go with %s', async (_, change) => {
  const world = await aWorld(config);
  const runner = await world.start();
  await tell(runner, { extras: [camera, album] });

  await tell(runner, change);

  expect(titles(world)).toEqual([]);
});

test('one value is a list of one', async () => {
  const world = await aWorld(config);
  const runner = await world.start();

  await tell(runner, { extras: camera });

  expect(titles(world)).toEqual(['Camera for Ann']);
});

test('texts are elements, too', async () => {
  const texts = { ...sync, when: undefined, key: '$', fields: { ...sync.fields, title: '$' } };
  const world = await aWorld({ syncs: { extras: texts } });
  const runner = await world.start();

  await tell(runner, { extras: ['Camera', 'Album'] });
  await tell(runner, { extras: ['Album'] });

  expect(titles(world)).toEqual(['Album']);
});

test('`when` sees the element: one that it leaves out has left', async () => {
  const world = await aWorld(config);
  const runner = await world.start();
  await tell(runner, { extras: [camera, album] });

  await tell(runner, { extras: [{ ...camera, kept: true }, album] });

  expect(titles(world)).toEqual(['Album for Ann']);
});

test('the same key in two records is two targets', async () => {
  const world = await aWorld(config);
  const runner = await world.start();

  await tell(runner, { id: 'x/1', extras: [{ ...camera, sku: '2' }] });
  await tell(runner, { id: 'x', extras: [{ ...album, sku: '1/2' }] });

  expect(titles(world)).toEqual(['Album for Ann', 'Camera for Ann']);
});

describe('elements that can not be told apart', () => {
  test('two with one key are one dead letter: their target stays as it was, the others go on', async () => {
    const world = await aWorld(config);
    const runner = await world.start();
    await tell(runner, { extras: [camera] });

    await tell(runner, { extras: [{ ...camera, name: 'A' }, { ...camera, name: 'B' }, album] });

    expect(titles(world)).toEqual(['Album for Ann', 'Camera for Ann']);
    expect((await runner.events()).filter(({ state }) => state === 'dead')).toMatchObject([
      { key: '1', element: 'c', reason: '2 elements of this record have the key "c"' },
    ]);
    await tell(runner, { extras: [camera, album] });
    expect((await runner.states()).includes('dead')).toBe(false);
  });

  test('one without a key is a dead letter, and nothing is taken for gone', async () => {
    const world = await aWorld(config);
    const runner = await world.start();
    await tell(runner, { extras: [camera, album] });

    await tell(runner, { extras: [{ name: 'Camera' }, { ...album, name: 'Book' }] });

    expect(titles(world)).toEqual(['Book for Ann', 'Camera for Ann']);
    expect((await runner.events()).filter(({ state }) => state === 'dead')).toMatchObject([
      { element: 'no-key 1', reason: expect.stringContaining('no-key') as string },
    ]);
    await tell(runner, { extras: [album] });
  });

  test('a list that fails is a dead letter, and the record may still be deleted', async () => {
    const each = { ...sync, each: 'broken ? $error("no list") : extras' };
    const world = await aWorld({ syncs: { extras: each } });
    const runner = await world.start();
    await tell(runner, { extras: [camera] });

    await tell(runner, { extras: [camera], broken: true });
    const dead = (await runner.events()).filter(({ state }) => state === 'dead');
    await tell(runner, { extras: [camera], broken: true, deleted: true });

    expect(dead).toHaveLength(1);
    expect(titles(world)).toEqual([]);
  });
});

test('a newer state of the record supersedes what waits of its elements', async () => {
  const world = await aWorld({ ...config, ghl: { timeout: '300ms' } });
  const runner = await world.start({ random: () => 0.2 });
  await tell(runner, { extras: [] });
  world.ghl.fail({ kind: 'status', status: 503, times: 2, match: { operation: 'create-task' } });
  world.ghl.clear();

  await runner.webhook({
    type: 'booking.updated',
    data: aBooking({ id: 1, updated_at: '2026-07-01T10:00:00Z', extras: [camera] }),
  });
  await runner.webhook({
    type: 'booking.updated',
    data: aBooking({ id: 1, updated_at: '2026-07-02T10:00:00Z', extras: [album] }),
  });
  await runner.idle();

  expect(titles(world)).toEqual(['Album for Ann']);
});

test('guests become contacts by their own key, and their tasks are theirs', async () => {
  const guests = { from: 'bookings', each: 'guests', key: '$lowercase(email)', quiet: '0ms' };
  const world = await aWorld({
    syncs: {
      guests: {
        ...guests,
        to: 'ghl.contact',
        fields: { email: 'email' },
        tags: ['guest'],
        onDelete: { tag: 'left' },
      },
      gifts: { ...guests, to: 'ghl.task', parent: 'guests', fields: { ...sync.fields, title: 'gift' } },
    },
  });
  const runner = await world.start();
  const [bo, cy] = ['bo', 'cy'].map((name) => ({ email: `${name}@example.com`, gift: `for ${name}` }));

  await tell(runner, { guests: [bo, cy] });
  await tell(runner, { guests: [cy] });

  const ofBo = world.ghl.contactByEmail('bo@example.com')!;
  const ofCy = world.ghl.contactByEmail('cy@example.com')!;
  expect(world.ghl.tasks(ofBo.id).map(({ title }) => title)).toEqual(['for bo']);
  expect(world.ghl.tasks(ofCy.id).map(({ title }) => title)).toEqual(['for cy']);
  expect([ofBo.tags, ofCy.tags]).toEqual([['guest', 'left'], ['guest']]);
});

test('an action runs once for each element', async () => {
  const world = await aWorld();
  world.ghl.addWorkflow({ id: 'wf', name: 'Welcome', status: 'published', version: 1 } as never);
  const welcome = {
    from: 'bookings',
    each: 'extras',
    key: 'sku',
    call: 'ghl.create-note',
    parent: 'contacts',
    initial: 'run',
    with: { body: 'name' },
  };
  const runner = await world.start({ config: { syncs: { welcome } } });

  await tell(runner, { extras: [camera] });
  await tell(runner, { extras: [camera, album] });

  expect(
    world.ghl
      .notes()
      .map(({ body }) => body)
      .sort(),
  ).toEqual(['Album', 'Camera']);
});

test("a list that is edited out of the mapping leaves as its elements, and one that comes in takes the record's place", async () => {
  const whole = {
    ...sync,
    each: undefined,
    key: undefined,
    when: undefined,
    fields: { ...sync.fields, title: 'first_name' },
  };
  const world = await aWorld(config);
  world.source.rows([aBooking({ id: 1, extras: [camera, album] })]);
  const first = await world.start();
  await first.pass();
  await first.stop();
  const second = await world.start({ config: { syncs: { extras: whole } } });
  await second.pass();
  const asRecord = titles(world);
  await second.stop();

  const third = await world.start({ config });
  await third.pass();

  expect(asRecord).toEqual(['Ann']);
  expect(titles(world)).toEqual(['Album for Ann', 'Camera for Ann']);
});

test('a full read of what is there costs no call', async () => {
  const world = await aWorld(config);
  world.source.rows([aBooking({ id: 1, extras: [camera, album] })]);
  const runner = await world.start();
  await runner.pass();
  world.ghl.clear();

  await runner.pass({ full: true });

  expect(world.ghl.calls).toEqual([]);
});

test('explain tells of each element by itself', async () => {
  const world = await aWorld(config);
  const runner = await world.start();
  await tell(runner, { extras: [camera, album] });
  await tell(runner, { extras: [camera] });
  const { config: loaded } = await loadConfig(world.configPath, { env: world.env });

  const { records } = await explain({ config: loaded!, tenant: 'default', store: runner.store }, '1');

  const stories = records[0]!.syncs.filter((story) => story.sync === 'extras');
  expect(stories.map(({ element, mapping }) => [element, mapping?.type])).toEqual([
    ['c', 'target'],
    ['a', 'skipped'],
  ]);
});
