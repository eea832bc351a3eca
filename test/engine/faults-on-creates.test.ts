import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/http/fault.ts';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { watchedClock } from '../support/clocks.ts';
import { restToken, startRestApi, type RestApi, type RestFault } from '../support/rest-api.ts';
import { until } from '../support/wait.ts';
import { worlds, type Runner, type World } from '../support/world.ts';

const aWorld = worlds();

/** All that can befall a create: one record each. */
const FAULTS: readonly Fault[] = [
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'status', status: 502 },
  { kind: 'status-after', status: 502 },
  { kind: 'status', status: 500 },
  { kind: 'hang' },
  { kind: 'hang-after' },
  { kind: 'slow', delayMs: 350 },
  { kind: 'status', status: 429 },
  { kind: 'status-after', status: 422 },
  { kind: 'html' },
];

// Time runs ten times as fast: a call has 300 ms of ours.
const SPEED = 10;
const TIMEOUT = '3s';

const day = (n: number) => `2027-03-${String(n + 1).padStart(2, '0')}`;
/** Of each fault, a record; its words name it, so that the fault finds its create. */
const words = (n: number, version: string) => `Record ${n} ${version}`;
const rows = (version: string, updated_at: string) =>
  FAULTS.map((_, n) => aBooking({ id: n, title: words(n, version), day: day(n), updated_at }));
const wanted = (version: string) => FAULTS.map((_, n) => words(n, version)).sort();

interface Kind {
  readonly operation: string;
  readonly fields: object;
  readonly held: (world: World) => readonly string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  task: {
    operation: 'create-task',
    fields: { title: 'title', dueDate: 'day & "T10:00:00Z"', completed: { value: false } },
    held: ({ ghl }) => ghl.tasks().map(({ title }) => title),
  },
  note: {
    operation: 'create-note',
    fields: { body: 'title' },
    held: ({ ghl }) => ghl.notes().map(({ body }) => body),
  },
  appointment: {
    operation: 'create-appointment',
    fields: {
      calendarId: { value: seedIds.calendar },
      title: 'title',
      startTime: 'day & "T10:00:00Z"',
      endTime: 'day & "T11:00:00Z"',
    },
    held: ({ ghl }) => ghl.appointments().map(({ title }) => title),
  },
  opportunity: {
    operation: 'create-opportunity',
    fields: {
      name: 'title',
      pipelineId: { value: seedIds.pipeline },
      pipelineStageId: { value: seedIds.stages[0] },
    },
    held: ({ ghl }) => ghl.opportunities().map(({ name }) => name),
  },
};

const done = async (runner: Runner) => (await runner.states()).every((state) => state === 'done');

/** Reads and delivers until nothing is left to do, as cron would. */
async function settle(runner: Runner, full = false): Promise<void> {
  await runner.pass({ full });
  await until(() => done(runner), 'the end of all', 40_000);
}

/** The source's clock was set back: what two polls in a row read is believed. */
async function editUnderAClockSetBack(world: World, runner: Runner): Promise<void> {
  world.source.rows(rows('edited', '2026-04-01T10:00:00Z'));
  await runner.pass();
  await settle(runner);
}

describe.each(Object.entries(KINDS))('each %s', (resource, { operation, fields, held }) => {
  const config: ConfigWish = {
    ghl: { timeout: TIMEOUT },
    syncs: {
      children: {
        from: 'bookings',
        to: `ghl.${resource}`,
        parent: 'contacts',
        quiet: '0ms',
        fields,
      },
    },
  };

  test('is there once, whatever befalls its create, its store and its source’s clock', async () => {
    const world = await aWorld(config);
    const { ghl, source, start, folder } = world;
    const struck = FAULTS.map((fault, n) =>
      ghl.fail({ ...fault, match: { operation, bodyIncludes: words(n, 'new') } }),
    );
    source.rows(rows('new', '2026-05-01T10:00:00Z'));
    const runner = await start({ clock: watchedClock(SPEED) });

    await settle(runner);
    const created = [...held(world)].sort();
    const calls = ghl.calls.length;
    await settle(runner, true);
    const again = ghl.calls.length - calls;
    await editUnderAClockSetBack(world, runner);
    const edited = [...held(world)].sort();
    await runner.stop();
    for (const name of ['sync.db', 'sync.db-wal', 'sync.db-shm'])
      await rm(join(folder, name), { force: true });
    const reborn = await start({ clock: watchedClock(SPEED) });
    await settle(reborn);

    expect(struck.map(({ used }) => used())).toEqual(FAULTS.map(() => 1));
    expect(created).toEqual(wanted('new'));
    expect(again).toBe(0);
    expect(edited).toEqual(wanted('edited'));
    expect([...held(world)].sort()).toEqual(wanted('edited'));
    expect(ghl.contacts()).toHaveLength(FAULTS.length);
  });
});

describe('a resource of any other API', () => {
  let crm: RestApi;
  beforeEach(async () => void (crm = await startRestApi()));
  afterEach(() => crm.close());

  const REST_FAULTS: readonly Omit<RestFault, 'method' | 'bodyIncludes'>[] = [
    { kind: 'reset-before' },
    { kind: 'lost' },
    { kind: 'status', status: 502 },
    { kind: 'status-after', status: 502 },
    { kind: 'status', status: 500 },
    { kind: 'hang' },
    { kind: 'hang-after' },
    { kind: 'status', status: 429 },
    { kind: 'status-after', status: 422 },
  ];
  const customer = {
    create: { method: 'POST', path: '/customers', id: 'data.id' },
    update: { method: 'PUT', path: '/customers/{id}' },
    find: { path: '/customers', query: { email: '{{ email }}' }, records: 'data', id: 'id' },
  };

  test('is there once, whatever befalls its create, its store and its source’s clock', async () => {
    const world = await aWorld({
      connections: {
        crm: {
          type: 'http',
          baseUrl: crm.url,
          auth: { type: 'bearer', token: restToken },
          timeout: TIMEOUT,
          resources: { customer },
        },
      },
      sync: { enabled: false },
      syncs: {
        customers: {
          from: 'bookings',
          key: '$lowercase(email)',
          to: 'crm.customer',
          quiet: '0ms',
          fields: { name: 'title', email: '$lowercase(email)' },
        },
      },
    });
    const people = (version: string, updated_at: string) =>
      rows(version, updated_at).slice(0, REST_FAULTS.length);
    REST_FAULTS.forEach((fault, n) => crm.fail({ ...fault, method: 'POST', bodyIncludes: words(n, 'new') }));
    world.source.rows(people('new', '2026-05-01T10:00:00Z'));
    const runner = await world.start({ clock: watchedClock(SPEED) });

    await settle(runner);
    const created = crm.customers().map(({ name }) => name);
    world.source.rows(people('edited', '2026-04-01T10:00:00Z'));
    await runner.pass();
    await settle(runner);
    await runner.stop();
    for (const name of ['sync.db', 'sync.db-wal', 'sync.db-shm'])
      await rm(join(world.folder, name), { force: true });
    await settle(await world.start({ clock: watchedClock(SPEED) }));

    const names = (version: string) => wanted(version).filter((_, n) => n < REST_FAULTS.length);
    expect([...created].sort()).toHaveLength(names('new').length);
    expect(new Set(created).size).toBe(REST_FAULTS.length);
    expect(
      crm
        .customers()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(REST_FAULTS.map((_, n) => words(n, 'edited')).sort());
  });
});
