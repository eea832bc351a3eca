import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking } from '../support/a-config.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

async function loseStore({ folder }: World): Promise<void> {
  for (const name of ['sync.db', 'sync.db-wal', 'sync.db-shm']) await rm(join(folder, name), { force: true });
}

const many = (count: number, wish: object) =>
  Array.from({ length: count }, (_, n) => aBooking({ id: n, word: `Number ${n}`, ...wish }));

/** Passes, loses the store and passes again; yields what there is after each. */
async function twice(world: World, rows: readonly object[], held: () => number): Promise<number[]> {
  world.source.rows(rows);
  const first = await world.start();
  await first.pass();
  const before = held();
  await first.stop();
  await loseStore(world);
  await (await world.start()).pass();
  return [before, held()];
}

test('of a hundred and five opportunities of one contact, each is found again', async () => {
  const deals = {
    from: 'bookings',
    to: 'ghl.opportunity',
    parent: 'contacts',
    quiet: '0ms',
    fields: {
      name: 'word',
      pipelineId: { value: seedIds.pipeline },
      pipelineStageId: { value: seedIds.stages[0] },
    },
  };
  const world = await aWorld({ ghl: { timeout: '60s' }, syncs: { deals } });

  const counts = await twice(
    world,
    many(105, { email: 'ann@example.com' }),
    () => world.ghl.opportunities().length,
  );

  expect(counts).toEqual([105, 105]);
});

test('of twenty-five notes of one appointment, each is found again', async () => {
  const visits = {
    from: 'bookings',
    when: 'id = 0',
    to: 'ghl.appointment',
    parent: 'contacts',
    fields: {
      calendarId: { value: seedIds.calendar },
      title: 'word',
      startTime: { value: '2027-05-01T10:00:00Z' },
      endTime: { value: '2027-05-01T11:00:00Z' },
    },
  };
  const remarks = {
    from: 'bookings',
    to: 'ghl.appointment-note',
    parent: { sync: 'visits', key: '"0"' },
    quiet: '0ms',
    fields: { body: 'word' },
  };
  const world = await aWorld({ ghl: { timeout: '60s' }, syncs: { visits, remarks } });
  const held = () =>
    world.ghl.calls.filter(
      ({ operation, status }) => operation === 'create-appointment-note' && Number(status) < 300,
    ).length;

  const counts = await twice(world, many(25, { email: 'ann@example.com' }), held);

  expect(counts).toEqual([25, 25]);
});

test('of a hundred and five businesses of a location, each is found again', async () => {
  const world = await aWorld({
    ghl: { timeout: '60s' },
    sync: { key: 'word', to: 'ghl.business', fields: { name: 'word' } },
  });
  const held = () =>
    world.ghl.calls.filter(({ operation, status }) => operation === 'create-business' && Number(status) < 300)
      .length;

  const counts = await twice(world, many(105, {}), held);

  expect(counts).toEqual([105, 105]);
});
