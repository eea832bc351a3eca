import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { worlds } from '../../support/world.ts';
import type { World } from '../../support/world.ts';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';

const aWorld = worlds();

const create = { operation: 'create-contact' };
// Time runs ten times as fast: 300 ms of ours for a call, 200 ms until a create shows.
const config = {
  ghl: { timeout: '3s' },
  sync: { tags: ['boothbook', { when: 'vip', add: 'vip', else: 'remove' }] },
};
const fast = () => ({ clock: watchedClock(10) });
const creates = ({ ghl }: World) =>
  ghl.calls.filter(({ operation }) => operation === 'create-contact').length;

const faults: Readonly<Record<string, Fault>> = {
  'the connection breaks after it': { kind: 'reset-after', match: create },
  'the connection breaks before it': { kind: 'reset-before', match: create },
  'a gateway answers 502 after it': { kind: 'status-after', status: 502, match: create },
  'a gateway answers 502 before it': { kind: 'status', status: 502, match: create },
  'the answer never comes': { kind: 'hang-after', match: create },
  'it never arrives': { kind: 'hang', match: create },
  'it lands after its timeout': { kind: 'slow', delayMs: 400, match: create },
  'a page comes back with status 200': { kind: 'html', match: create },
};

describe.each([
  ['refuses duplicates', false],
  ['allows duplicates', true],
])('where the location %s', (_, allowDuplicateContact) => {
  test.for(Object.entries(faults))('a create in doubt never makes a twin: %s', async ([, fault]) => {
    const world = await aWorld(config);
    const { ghl, source, start } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail(fault);
    source.rows([aBooking({ id: 1, vip: true })]);
    const runner = await start(fast());

    await runner.pass();

    expect(ghl.contacts()).toHaveLength(1);
    expect([...ghl.contacts()[0]!.tags].sort()).toEqual(['boothbook', 'vip']);
    expect(await runner.states()).toEqual(['done']);
    expect(creates(world)).toBeLessThanOrEqual(2);
  });

  test('a 422 that created all the same is found and adopted', async () => {
    const world = await aWorld(config);
    const { ghl, source, start } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail({ kind: 'status-after', status: 422, match: create });
    source.rows([aBooking({ id: 1, vip: true })]);
    const runner = await start(fast());

    await runner.pass();

    expect(ghl.contacts()).toHaveLength(1);
    expect(await runner.states()).toEqual(['done']);
    expect(creates(world)).toBe(1);
  });

  test('a 422 that created nothing is a dead letter with the words of the API', async () => {
    const world = await aWorld(config);
    const { ghl, source, start } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail({ kind: 'status', status: 422, body: { message: ['phone is odd'] }, match: create });
    source.rows([aBooking({ id: 1 })]);
    const runner = await start(fast());

    await runner.pass();

    expect(await runner.events()).toMatchObject([
      { state: 'dead', reason: expect.stringContaining('phone is odd') as string },
    ]);
    expect(creates(world)).toBe(1);
  });

  test('kill -9 between the intent and the answer makes no twin, and the tags stay its own', async () => {
    const world = await aWorld(config);
    const { ghl, source, start, spawn } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail({ kind: 'slow', delayMs: 100, match: create });
    source.rows([aBooking({ id: 1, vip: true })]);
    const run = spawn('run');
    await until(() => creates(world) === 1);

    await run.kill();
    await until(() => ghl.contacts().length === 1);
    const runner = await start(fast());
    await runner.pass();
    source.rows([aBooking({ id: 1, vip: false, updated_at: '2026-05-01T11:00:00Z' })]);
    await runner.pass();

    expect(ghl.contacts()).toHaveLength(1);
    expect(ghl.contacts()[0]!.tags).toEqual(['boothbook']);
  });

  test('a newer state of the record meets the doubt of the older one', async () => {
    const world = await aWorld(config);
    const { ghl, start } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail({ kind: 'hang-after', match: create });
    const runner = await start(fast());
    await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
    await until(() => creates(world) === 1);

    await runner.webhook({
      type: 'booking.updated',
      data: aBooking({ id: 1, first_name: 'Anna', updated_at: '2026-05-01T11:00:00Z' }),
    });
    await runner.idle();

    expect(ghl.contacts()).toHaveLength(1);
    expect(ghl.contacts()[0]).toMatchObject({ firstName: 'Anna' });
  });
});

test('another record of the same target meets the doubt, too', async () => {
  const world = await aWorld(config);
  const { ghl, start } = world;
  ghl.changeLocation({ allowDuplicateContact: true });
  ghl.fail({ kind: 'status-after', status: 502, match: create });
  const runner = await start(fast());
  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1, email: 'ann@example.com' }) });
  await until(() => creates(world) === 1);

  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 2, email: 'ann@example.com' }) });
  await runner.idle();

  expect(ghl.contacts()).toHaveLength(1);
  expect(await runner.states()).toEqual(['done', 'done']);
});

test.each([false, true])(
  'what it has made for a record that left is known to be its work by the next of its key (twins: %s)',
  async (allowDuplicateContact) => {
    const world = await aWorld({ ...config, sync: { ...config.sync, when: 'booked' } });
    const { ghl, start } = world;
    ghl.changeLocation({ allowDuplicateContact });
    ghl.fail({ kind: 'status-after', status: 502, match: create });
    const runner = await start(fast());
    const tell = (wish: { readonly id: number } & Readonly<Record<string, unknown>>) =>
      runner.webhook({
        type: 'booking.updated',
        data: aBooking({ email: 'ann@example.com', vip: false, booked: true, ...wish }),
      });
    await tell({ id: 1, vip: true });
    await until(() => creates(world) === 1);
    await tell({ id: 1, booked: false, updated_at: '2026-05-01T11:00:00Z' });
    await runner.idle();

    await tell({ id: 2 });
    await runner.idle();

    expect(ghl.contacts()).toMatchObject([{ email: 'ann@example.com', tags: ['boothbook'] }]);
    expect(await runner.states()).not.toContain('dead');
  },
);

test('what it has made, and another record took over after its own got another key, has the tags of the other', async () => {
  const world = await aWorld(config);
  const { ghl, start } = world;
  ghl.changeLocation({ allowDuplicateContact: true });
  ghl.fail({ kind: 'hang-after', match: create });
  const runner = await start(fast());
  const tell = (wish: { readonly id: number } & Readonly<Record<string, unknown>>) =>
    runner.webhook({ type: 'booking.updated', data: aBooking(wish) });
  await tell({ id: 1, email: 'ann@example.com', vip: true });
  await until(() => ghl.contacts().length === 1);
  await tell({ id: 1, email: 'joe@example.com', vip: true, updated_at: '2026-05-01T11:00:00Z' });
  // Where the first was answered for before the second came, there is no doubt to share; what must come of it is the same.
  const isTriedOrDone = async () => (await runner.events()).at(-1)!.reason !== null;
  await until(isTriedOrDone);

  await tell({ id: 2, email: 'ann@example.com', vip: false });
  await runner.idle();

  expect(ghl.contacts()).toHaveLength(2);
  expect(ghl.contactByEmail('ann@example.com')!.tags).toEqual(['boothbook']);
  expect(ghl.contactByEmail('joe@example.com')!.tags).toEqual(['boothbook', 'vip']);
  expect(await runner.states()).not.toContain('dead');
});

test('what the first of two tries has made is known to be its work, and loses what was wanted only then', async () => {
  const world = await aWorld(config);
  const { ghl, start } = world;
  ghl.changeLocation({ allowDuplicateContact: false });
  ghl.fail({ kind: 'status-after', status: 502, match: create });
  ghl.fail({ kind: 'reset-before', match: create });
  const runner = await start(fast());
  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1, vip: true }) });
  await until(() => ghl.contacts().length === 1);

  await runner.webhook({
    type: 'booking.updated',
    data: aBooking({ id: 1, vip: false, updated_at: '2026-05-01T11:00:00Z' }),
  });
  await runner.idle();

  expect(creates(world)).toBe(3);
  expect(ghl.contacts().map(({ tags }) => tags)).toEqual([['boothbook']]);
});

test('a 429 and a 401 leave no doubt: the create is sent again without a look', async () => {
  const world = await aWorld(config);
  const { ghl, source, start } = world;
  ghl.changeLocation({ allowDuplicateContact: true });
  ghl.fail({ kind: 'status', status: 429, headers: { 'Retry-After': '1' }, match: create });
  source.rows([aBooking({ id: 1 })]);
  const runner = await start(fast());

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(await runner.store.read.intents.get('')).toBeUndefined();
});

test('a child that was found, and is not wanted any more before its update came through, goes', async () => {
  const notes = {
    from: 'bookings',
    when: 'note',
    to: 'ghl.note',
    parent: 'contacts',
    quiet: '0ms',
    fields: { body: 'note' },
    onLeave: 'delete',
  };
  const { ghl, start } = await aWorld({ ...config, syncs: { notes } });
  const update = { operation: 'update-note' };
  ghl.fail({ kind: 'status-after', status: 502, match: { operation: 'create-note' } });
  ghl.fail({ kind: 'status', status: 503, times: Infinity, match: update });
  const runner = await start(fast());
  const tell = (wish: object) =>
    runner.webhook({ type: 'booking.updated', data: aBooking({ id: 1, ...wish }) });
  await tell({ note: 'Wants confetti' });
  await until(() => ghl.calls.some(({ operation }) => operation === update.operation));
  const found = ghl.notes();

  await tell({ note: null, updated_at: '2026-05-01T11:00:00Z' });
  ghl.clearFaults();
  await runner.idle();

  expect(found).toHaveLength(1);
  expect(ghl.notes()).toEqual([]);
});

test('children of the same words that are in doubt at the same time are each found once', async () => {
  const notes = {
    from: 'bookings',
    to: 'ghl.note',
    parent: 'contacts',
    quiet: '0ms',
    fields: { body: { value: 'Call back' } },
  };
  const { ghl, source, start, spawn, storeUrl } = await aWorld({
    ...config,
    ghl: { timeout: '10s' },
    syncs: { notes },
  });
  const callsOf = (name: string) => ghl.calls.filter(({ operation }) => operation === name).length;
  ghl.fail({ kind: 'slow', delayMs: 100, times: Infinity, match: { operation: 'create-note' } });
  ghl.fail({ kind: 'slow', delayMs: 500, times: 3, match: { operation: 'get-all-notes' } });
  source.rows([1, 2, 3].map((id) => aBooking({ id, email: 'ann@example.com' })));
  const run = spawn('run');
  await until(() => callsOf('create-note') === 3);
  await run.kill();
  await until(() => ghl.notes().length === 3);

  // No look is settled before all three have seen what is there.
  const allLooked = until(() => callsOf('get-all-notes') >= 3).then(() => setTimeout(700));
  const runner = await start({
    ...fast(),
    openStore: async (_, clock) => {
      const store = await openStore(storeUrl, { clock, owner: true });
      const write: Store['write'] = async (act) => {
        if (callsOf('get-all-notes') >= 3) await allLooked;
        return store.write(act);
      };
      return { ...store, write };
    },
  });
  await runner.pass();

  expect(ghl.notes()).toHaveLength(3);
  expect(new Set(await runner.states())).toEqual(new Set(['done']));
});
