import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { seedIds } from '../../../src/sandbox/ghl/seed-location.ts';
import { operationsOf, worlds, type Runner } from '../../support/world.ts';

const aWorld = worlds();

const DAY = 86_400_000;
const note = { to: 'ghl.note', quiet: '0ms', fields: { body: 'note' } };
const notes = { ...note, from: 'bookings', when: 'note', parent: 'contacts' };
/** Memos name the booking that they belong to. */
const memos = {
  sources: {
    memos: {
      connection: 'booth',
      key: 'id',
      webhook: { events: ['memo.*'], record: 'body.data' },
    },
  },
  syncs: { memos: { ...note, from: 'memos', parent: { sync: 'contacts', key: 'person' } } },
};
const memo = (wish: object = {}) => ({
  type: 'memo.created',
  data: { id: 'm1', person: 'guest1@example.com', note: 'From the memo', ...wish },
});
const told = (data: object) => ({ type: 'booking.updated', data });
const stateOf = async (runner: Runner, sync: string) =>
  (await runner.events()).filter((event) => event.sync === sync).at(-1);

test('a child waits for its parent and is taken up the moment that it settles', async () => {
  const { ghl, start } = await aWorld(memos);
  const runner = await start();
  await runner.webhook(memo());
  await until(async () => (await stateOf(runner, 'memos'))?.state === 'waiting');
  const before = operationsOf(ghl);

  await runner.webhook(told(aBooking({ id: 1 })));
  await runner.idle();

  expect(before).toEqual([]);
  expect(operationsOf(ghl)).toEqual(['create-contact', 'create-note']);
  expect(ghl.notes()).toMatchObject([{ contactId: ghl.contacts()[0]!.id, body: 'From the memo' }]);
});

test('however the two come together, none is left waiting', async () => {
  const { ghl, start } = await aWorld(memos, { latencyMs: 2 });
  const runner = await start();
  const count = 60;

  await Promise.all(
    Array.from({ length: count }, (_, id) => id).flatMap((id) => [
      runner.webhook(memo({ id: `m${id}`, person: `guest${id}@example.com` })),
      runner.webhook(told(aBooking({ id }))),
    ]),
  );
  await runner.idle();

  expect(new Set(await runner.states())).toEqual(new Set(['done']));
  expect(ghl.notes()).toHaveLength(count);
});

describe('a parent that does not come', () => {
  test('after `timeout`, a day unless told: a dead letter that says so; with the parent there, a retry works', async () => {
    let ahead = 0;
    const { start } = await aWorld(memos);
    const runner = await start({ clock: watchedClock(1, () => ahead) });
    await runner.webhook(memo());
    await until(async () => (await stateOf(runner, 'memos'))?.state === 'waiting');

    ahead = DAY - 60_000;
    runner.engine.lanes.forEach((lane) => lane.wake());
    await runner.idle();
    const before = await stateOf(runner, 'memos');
    ahead = DAY + 60_000;
    runner.engine.lanes.forEach((lane) => lane.wake());
    await until(async () => (await stateOf(runner, 'memos'))?.state === 'dead');

    expect(before).toMatchObject({ state: 'waiting', reason: 'its parent is not there yet' });
    expect(await stateOf(runner, 'memos')).toMatchObject({
      reason: 'its parent did not come in time',
      remedy: expect.stringContaining('retry') as string,
    });
  });

  test('a shorter `timeout` counts from when the child came', async () => {
    let ahead = 0;
    const parent = { sync: 'contacts', key: 'person', timeout: '10m' };
    const { start } = await aWorld({ ...memos, syncs: { memos: { ...memos.syncs.memos, parent } } });
    const runner = await start({ clock: watchedClock(1, () => ahead) });
    await runner.webhook(memo());
    await until(async () => (await stateOf(runner, 'memos'))?.state === 'waiting');

    ahead = 11 * 60_000;
    runner.engine.lanes.forEach((lane) => lane.wake());

    await until(async () => (await stateOf(runner, 'memos'))?.state === 'dead');
  });
});

describe('a call whose record is gone', () => {
  const GONE = { deleted: true, updated_at: '2026-05-02T10:00:00Z' };
  const welcome = {
    from: 'bookings',
    call: 'ghl.add-contact-to-workflow',
    parent: 'contacts',
    with: { workflowId: '"w1"' },
  };
  const setup = { sync: { onDelete: 'delete' }, syncs: { welcome } };

  test('and whose contact went with it before it was called, waits for nobody', async () => {
    const { ghl, start } = await aWorld(setup);
    const runner = await start();
    // The call is answered once the contact is gone.
    ghl.fail({ kind: 'slow', delayMs: 200, match: { operation: 'add-contact-to-workflow' } });
    await runner.webhook(told(aBooking({ id: 1 })));
    await runner.webhook(told(aBooking({ id: 1, ...GONE })));
    await runner.idle();

    expect(ghl.contacts()).toEqual([]);
    expect(await stateOf(runner, 'welcome')).toMatchObject({
      state: 'skipped',
      reason: 'its record is gone, and so is its parent',
    });
  });

  test('before its contact could be made, waits for nobody', async () => {
    const { ghl, start } = await aWorld(setup);
    const runner = await start({ clock: watchedClock(20) });
    const asking = ghl.fail({
      kind: 'status',
      status: 503,
      times: Infinity,
      match: { operation: 'get-location' },
    });
    await runner.webhook(told(aBooking({ id: 1 })));
    await until(() => asking.used() > 0);
    await runner.webhook(told(aBooking({ id: 1, ...GONE })));
    asking.remove();
    await until(async () => (await stateOf(runner, 'welcome'))?.state === 'skipped', 'the end');

    expect(ghl.contacts()).toEqual([]);
    expect((await stateOf(runner, 'welcome'))?.reason).toBe('its record is gone, and so is its parent');
  });

  test('but whose contact another record brings, runs', async () => {
    const { ghl, start } = await aWorld(setup);
    ghl.addWorkflow({ id: 'w1', name: 'w1' });
    const runner = await start();
    await runner.webhook(told(aBooking({ id: 1, email: 'ann@example.com' })));
    await runner.webhook(told(aBooking({ id: 1, email: 'ann@example.com', ...GONE })));
    await runner.webhook(told(aBooking({ id: 2, email: 'ann@example.com' })));
    await runner.idle();

    expect(ghl.workflowRuns()).toHaveLength(2);
  });
});

describe('a parent that is skipped', () => {
  test('skips its child at once: nothing waits for a day', async () => {
    const { ghl, start } = await aWorld({
      sync: { when: 'status = "Confirmed"' },
      syncs: { notes },
    });
    const runner = await start();

    await runner.webhook(told(aBooking({ id: 1, note: 'n', status: 'Draft' })));
    await runner.idle();

    expect(await runner.states()).toEqual(['skipped', 'skipped']);
    expect(ghl.calls).toEqual([]);
  });

  test('skips the children of its children too', async () => {
    const ofBooking = { from: 'bookings', quiet: '0ms' };
    const appointments = {
      ...ofBooking,
      to: 'ghl.appointment',
      parent: 'contacts',
      fields: { calendarId: { value: seedIds.calendar }, title: 'note', startTime: 'start', endTime: 'end' },
    };
    const remarks = {
      ...ofBooking,
      to: 'ghl.appointment-note',
      parent: 'appointments',
      fields: { body: 'note' },
    };
    const { ghl, start } = await aWorld({
      sync: { when: 'status = "Confirmed"' },
      syncs: { appointments, remarks },
    });
    const runner = await start();
    const times = { start: '2027-01-01T10:00:00Z', end: '2027-01-01T11:00:00Z' };

    await runner.webhook(told(aBooking({ id: 1, note: 'n', status: 'Draft', ...times })));
    await runner.idle();

    expect(await runner.states()).toEqual(['skipped', 'skipped', 'skipped']);
    expect(ghl.calls).toEqual([]);
  });

  test('and comes later brings its child with it', async () => {
    const { ghl, start } = await aWorld({ sync: { when: 'status = "Confirmed"' }, syncs: { notes } });
    const runner = await start();
    await runner.webhook(told(aBooking({ id: 1, note: 'n', status: 'Draft' })));
    await runner.idle();

    await runner.webhook(
      told(aBooking({ id: 1, note: 'n', status: 'Confirmed', updated_at: '2026-05-02T10:00:00Z' })),
    );
    await runner.idle();

    expect(ghl.notes()).toHaveLength(1);
  });
});

describe('a live child behind a parent of a bulk import', () => {
  const slow = { ghl: { rateLimit: { requests: 2, per: '60ms' } } };
  const import_ = Array.from({ length: 60 }, (_, id) => aBooking({ id }));
  /** How many contacts were created before the one that the memo waits for. */
  const before = (emails: readonly (string | undefined)[]) => emails.indexOf('guest55@example.com');

  test('lends it its urgency', async () => {
    const { ghl, source, start } = await aWorld({ ...memos, ...slow });
    source.rows(import_);
    const runner = await start();
    const pass = runner.pass();
    await until(() => ghl.contacts().length > 0);

    await runner.webhook(memo({ person: 'guest55@example.com' }));
    await until(() => ghl.notes().length === 1, 'the note');
    const created = ghl.contacts().length;
    await pass;

    expect(created).toBeLessThan(50);
  });

  test('also where the child came before its parent', async () => {
    const { ghl, source, start } = await aWorld({ ...memos, ...slow });
    source.rows(import_);
    const runner = await start();
    await runner.webhook(memo({ person: 'guest55@example.com' }));
    await until(async () => (await stateOf(runner, 'memos'))?.state === 'waiting');

    await runner.pass();

    expect(before(ghl.contacts().map(({ email }) => email))).toBeLessThan(10);
    expect(ghl.notes()).toHaveLength(1);
  });

  test('also over a parent that waits itself', async () => {
    const appointment = {
      from: 'stays',
      to: 'ghl.appointment',
      parent: { sync: 'contacts', key: 'person' },
      quiet: '0ms',
      fields: {
        calendarId: { value: 'SandboxCalendar00001' },
        startTime: { value: '2026-07-01T18:00:00+01:00' },
        endTime: { value: '2026-07-01T20:00:00+01:00' },
      },
    };
    const webhookOf = (name: string) => ({
      connection: 'booth',
      key: 'id',
      webhook: { events: [`${name}.*`], record: 'body.data' },
    });
    const { ghl, source, start } = await aWorld({
      ...slow,
      sources: { stays: webhookOf('stay'), memos: webhookOf('memo') },
      syncs: {
        stays: appointment,
        memos: {
          from: 'memos',
          to: 'ghl.appointment-note',
          parent: { sync: 'stays', key: 'stay' },
          quiet: '0ms',
          fields: { body: 'note' },
        },
      },
    });
    source.rows(import_);
    const runner = await start();
    await runner.webhook({ type: 'memo.created', data: { id: 'm1', stay: 's1', note: 'n' } });
    await runner.webhook({ type: 'stay.created', data: { id: 's1', person: 'guest55@example.com' } });
    await until(async () => (await runner.events()).filter(({ state }) => state === 'waiting').length === 2);

    await runner.pass();

    expect(before(ghl.contacts().map(({ email }) => email))).toBeLessThan(10);
    expect(ghl.appointments()).toHaveLength(1);
  });
});
