import { expect, onTestFinished, test } from 'vitest';
import type { Explanation } from '../../src/engine/inspect/inspect-record.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { command, commandJson, serving } from '../support/command.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const tagged: ConfigWish = {
  sync: {
    fields: {
      firstName: 'first_name',
      email: '$lowercase(email)',
      phone: '$e164(phone)',
      city: '$string($number(size))',
    },
    tags: [{ add: 'booth' }, { when: 'vip', add: 'vip', else: 'remove' }],
  },
  syncs: {
    vips: {
      from: 'bookings',
      when: 'vip',
      key: '$lowercase(email)',
      to: 'ghl.contact',
      fields: { lastName: '"Vip"' },
    },
  },
};

async function ran(world: World, rows: readonly object[]): Promise<void> {
  world.source.rows(rows);
  await command(world, 'run');
}

async function explained(world: World, word: string): Promise<Explanation> {
  const { code, json } = await commandJson(world, 'explain', word);
  expect(code).toBe(0);
  return json as Explanation;
}

const found = ({ records }: Explanation) => records.map(({ key, found }) => `${key} by ${found}`);

test('one record’s whole story: its syncs, target, events and all that happened, in order', async () => {
  const world = await aWorld(tagged);
  await ran(world, [aBooking({ id: 'A1', vip: true, note: world.ghl.token })]);
  world.ghl.fail({
    kind: 'status',
    status: 422,
    body: { message: 'no such name' },
    // For both syncs, whichever comes first.
    times: Infinity,
    match: { operation: 'update-contact' },
  });
  const edited = {
    id: 'A1',
    vip: false,
    first_name: 'Bo',
    note: world.ghl.token,
    updated_at: '2026-05-02T10:00:00Z',
  };
  await ran(world, [aBooking(edited)]);

  const story = await explained(world, 'A1');
  const { stdout, code } = await command(world, 'explain', 'A1');

  expect(found(story)).toEqual(['A1 by key']);
  const [record] = story.records;
  expect(record).toMatchObject({
    source: 'bookings',
    key: 'A1',
    record: { gone: false, body: { first_name: 'Bo', note: '***' } },
  });
  const [contacts, vips] = record!.syncs;
  expect(contacts).toMatchObject({
    sync: 'contacts',
    mapping: {
      type: 'target',
      desired: { always: { firstName: 'Bo' }, tags: { sticky: ['booth'], remove: [] } },
    },
    target: {
      link: {
        id: world.ghl.contacts()[0]!.id,
        applied: { fields: { lastName: 'Vip' }, owned: { contacts: ['vip'] } },
      },
      members: [
        { sync: 'contacts', key: 'A1' },
        { sync: 'vips', key: 'A1' },
      ],
      intent: null,
    },
    events: [{ state: 'dead', reason: expect.stringContaining('no such name') as string }, { state: 'done' }],
  });
  expect(vips).toMatchObject({ sync: 'vips' });
  const happened = record!.timeline.map(({ what }) => what).join('\n');
  expect(happened).toMatch(
    /came[^]*create \(.*\): status 201[^]*done: created[^]*update \(firstName\).*no such name[^]*dead: /,
  );
  expect([...record!.timeline.map(({ at }) => at)].sort()).toEqual(record!.timeline.map(({ at }) => at));
  expect(code).toBe(0);
  for (const part of [
    'record A1 of bookings',
    'sync contacts',
    'sync vips',
    'what happened',
    'no such name',
    '→',
  ])
    expect(stdout).toContain(part);
  expect(stdout + JSON.stringify(story)).not.toContain(world.ghl.token);
});

test('a record is found by key, event, email, phone, target id or any text in it', async () => {
  const world = await aWorld(tagged);
  const couple = { email: 'Ann@Example.com', phone: '07700 900123' };
  await ran(world, [
    aBooking({ id: 'A1', ...couple }),
    aBooking({ id: 'A2', email: 'other@example.com', venue: 'The "Old" Barn 100%', size: 'big' }),
    aBooking({ id: 'A3', ...couple, updated_at: '2026-05-01T09:00:00Z' }),
  ]);
  const { id } = world.ghl.contacts()[0]!;

  expect(found(await explained(world, 'ann@example.com')).sort()).toEqual([
    'A1 by target key',
    'A3 by target key',
  ]);
  expect(found(await explained(world, 'ANN@EXAMPLE.COM')).sort()).toEqual([
    'A1 by target key',
    'A3 by target key',
  ]);
  expect(found(await explained(world, '+44 (7700) 900-123')).sort()).toEqual(['A1 by text', 'A3 by text']);
  expect(found(await explained(world, id)).sort()).toEqual(['A1 by target id', 'A3 by target id']);
  expect(found(await explained(world, '"old" barn 100%'))).toEqual(['A2 by text']);
  expect(found(await explained(world, '1'))).toEqual([expect.stringContaining('by event')]);
  expect(found(await explained(world, 'event:1'))).toEqual(found(await explained(world, '1')));
  const dead = await explained(world, 'A2');
  expect(dead.records[0]!.syncs[0]).toMatchObject({ mapping: { type: 'dead' }, events: [{ state: 'dead' }] });
  expect(dead.records[0]!.syncs[1]).toMatchObject({ mapping: { type: 'skipped' } });
});

test('a number that is a key is the key; `event:<n>` is the event', async () => {
  const world = await aWorld();
  await ran(world, [aBooking({ id: 2 }), aBooking({ id: 1 })]);

  const byKey = await explained(world, '1');
  const byEvent = await explained(world, 'event:1');

  expect(found(byKey)).toEqual(['1 by key']);
  expect(found(byEvent)).toEqual(['2 by event']);
});

test('works beside a running serve', async () => {
  const world = await aWorld({ top: { server: { port: 0 } } });
  await ran(world, [aBooking({ id: 1 })]);
  const server = await serving(world);
  onTestFinished(async () => {
    await server.stop();
  });

  const story = await explained(world, 'guest1@example.com');

  expect(found(story)).toEqual(['1 by target key']);
  expect(await server.stop()).toBe(0);
});

test('what nothing is known of is a problem with a remedy, before and after something ran', async () => {
  const world = await aWorld();

  const before = await command(world, 'explain', 'nobody@example.com');
  await ran(world, [aBooking({ id: 1 })]);
  const after = await commandJson(world, 'explain', 'nobody@example.com');
  const none = await command(world, 'explain');

  expect([before.code, after.code, none.code]).toEqual([1, 1, 2]);
  expect(after.json).toMatchObject({ problems: [{ remedy: expect.stringContaining('email') as string }] });
  expect(before.stderr).not.toContain('    at ');
});
