import { discard, retry } from '../../../src/engine/dead-letters.ts';
import { replay } from '../../../src/engine/intake/replay.ts';
import { describe, expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { watchedClock } from '../../support/clocks.ts';
import { until } from '../../support/wait.ts';
import { operationsOf, worlds, type Runner, type World } from '../../support/world.ts';

const aWorld = worlds();

type Block = Readonly<Record<string, unknown>>;

const CALL = 'add-contact-to-workflow';
const welcome = (wish: object = {}) => ({
  from: 'bookings',
  call: `ghl.${CALL}`,
  parent: 'contacts',
  when: 'status = "Confirmed"',
  with: { workflowId: 'flow ? flow : "w1"' },
  ...wish,
});
const aWelcome = (wish: object = {}, sync: Block = {}, ghl: Block = {}) => ({
  ghl: { timeout: '2m', ...ghl },
  sync,
  syncs: { welcome: welcome(wish) },
});
const booking = (wish: object = {}) => aBooking({ id: 1, status: 'Confirmed', ...wish });

/** A location with the workflows that these tests start. */
async function aLocation(wish?: object, sync?: Block, ghl?: Block): Promise<World> {
  const world = await aWorld(aWelcome(wish, sync, ghl));
  for (const id of ['w1', 'w2', 'w3']) world.ghl.addWorkflow({ id, name: id });
  return world;
}

const runs = ({ ghl }: World) => ghl.workflowRuns().length;

async function tell(runner: Runner, wish: object = {}): Promise<void> {
  await runner.webhook({ type: 'booking.updated', data: booking(wish) });
  await runner.idle();
}

describe('what ran does not run again', () => {
  test('by an edited tag rule, an edited `with`, or `run --full`, however often', async () => {
    const world = await aLocation();
    world.source.rows([]);
    const before = await world.start();
    await before.pass();
    world.source.rows([booking(), booking({ id: 2, email: 'b@example.com' })]);
    await before.pass();
    await before.stop();

    const runner = await world.start({
      config: aWelcome({ with: { workflowId: '"w2"' } }, { tags: ['new', { when: 'vip', add: 'vip' }] }),
    });
    await runner.pass();
    await runner.pass({ full: true });
    await runner.pass({ full: true });

    expect(runs(world)).toBe(2);
    expect(world.ghl.contacts().map(({ tags }) => tags)).toEqual([['new'], ['new']]);
  });

  test('by a newer state of the record with the same `with`', async () => {
    const world = await aLocation();
    const runner = await world.start();
    await tell(runner);

    await tell(runner, { first_name: 'Anna', updated_at: '2026-05-02T10:00:00Z' });

    expect(runs(world)).toBe(1);
    expect((await runner.events()).at(-1)).toMatchObject({ sync: 'welcome', state: 'skipped' });
  });

  test('but by a `with` that is new for the key, and never back for one that ran before', async () => {
    const world = await aLocation();
    const runner = await world.start();
    for (const [at, flow] of ['w1', 'w2', 'w1', 'w2', 'w3'].entries())
      await tell(runner, { flow, updated_at: `2026-05-0${at + 1}T10:00:00Z` });

    expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2', 'w3']);
  });

  test('at all, where it is `once: per-key`', async () => {
    const world = await aLocation({ once: 'per-key' });
    const runner = await world.start();
    for (const [at, flow] of ['w1', 'w2', 'w3'].entries())
      await tell(runner, { flow, updated_at: `2026-05-0${at + 1}T10:00:00Z` });

    expect(runs(world)).toBe(1);
  });

  test('by a redelivery of the same webhook', async () => {
    const world = await aLocation();
    const runner = await world.start();
    const body = { type: 'booking.updated', id: 'd1', data: booking() };

    await runner.webhook(body);
    await runner.webhook(body);
    await runner.webhook({ ...body, id: 'd2' });
    await runner.idle();

    expect(runs(world)).toBe(1);
  });
});

describe('what is there at the first import', () => {
  const rows = [1, 2, 3].map((id) => booking({ id }));

  test('starts no action, and what comes later does', async () => {
    const world = await aLocation();
    world.source.rows(rows);
    const runner = await world.start();
    await runner.pass();
    const first = runs(world);

    world.source.rows([...rows, booking({ id: 4 })]);
    await runner.pass();

    expect([first, runs(world)]).toEqual([0, 1]);
  });

  test('with `initial: run` starts one each, once', async () => {
    const world = await aLocation({ initial: 'run' });
    world.source.rows(rows);
    const runner = await world.start();

    await runner.pass();
    await runner.pass({ full: true });

    expect(runs(world)).toBe(3);
  });

  test('with `initial: run` and a contact that is there already: the actions wait for a person', async () => {
    const world = await aLocation({ initial: 'run' });
    for (const { email } of rows) world.ghl.addContact({ email: String(email) });
    world.source.rows(rows);
    const runner = await world.start();

    await runner.pass();

    expect(runs(world)).toBe(0);
    const asked = (await runner.events()).filter(({ sync }) => sync === 'welcome');
    expect(asked.map(({ state }) => state)).toEqual(['dead', 'dead', 'dead']);
    expect(asked[0]).toMatchObject({
      reason: expect.stringContaining('there before') as string,
      remedy: expect.stringMatching(/retry/) as string,
    });
  });

  test.each(['reset-after', 'reset-before'] as const)(
    'with `initial: run`, a contact whose answer was lost is one of this store (%s)',
    async (kind) => {
      const world = await aLocation({ initial: 'run' });
      world.ghl.fail({ kind, match: { operation: 'create-contact' } });
      world.source.rows(rows);
      const runner = await world.start();

      await runner.pass();

      expect(runs(world)).toBe(3);
    },
  );

  test('with `initial: run`, a contact whose answer was lost is asked after once, however many actions wait for it', async () => {
    const world = await aLocation({ initial: 'run' });
    world.ghl.fail({ kind: 'reset-after', match: { operation: 'create-contact' } });
    world.source.rows(Array.from({ length: 12 }, (_, at) => booking({ id: at + 1 })));
    const runner = await world.start();

    await runner.pass();

    expect(runs(world)).toBe(12);
    expect(operationsOf(world.ghl).filter((operation) => operation === 'get-contact')).toHaveLength(1);
  });

  test('with `initial: run`, a contact that was there, and whose answers were lost, is none of this store', async () => {
    const world = await aLocation({ initial: 'run' });
    world.ghl.addContact({ email: 'guest1@example.com' });
    world.ghl.fail({ kind: 'reset-before', match: { operation: 'create-contact' }, times: 3 });
    world.source.rows(rows);
    const runner = await world.start();

    await runner.pass();

    expect(runs(world)).toBe(0);
  });

  test('an action that a person was asked about is not run by the next edit of its record, nor after it was discarded', async () => {
    const world = await aLocation({ initial: 'run' });
    world.ghl.addContact({ email: 'guest1@example.com' });
    world.source.rows(rows);
    const runner = await world.start();
    await runner.pass();

    await tell(runner, { first_name: 'Anna', updated_at: '2026-05-02T10:00:00Z' });
    const discarded = await discard(runner.engine.runtime, { names: [], filter: { sync: 'welcome' } }, false);
    await tell(runner, { first_name: 'Anne', updated_at: '2026-05-03T10:00:00Z' });
    const same = runs(world);
    await tell(runner, { flow: 'w2', updated_at: '2026-05-04T10:00:00Z' });

    expect([discarded.discarded, same]).toEqual([3, 0]);
    expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w2']);
  });

  test('a retry of one that a person was asked about is not asked about again where its call has to wait', async () => {
    const world = await aLocation({ initial: 'run' });
    world.ghl.addContact({ email: 'guest1@example.com' });
    world.source.rows(rows.slice(0, 1));
    const runner = await world.start({ clock: watchedClock(20) });
    await runner.pass();
    world.ghl.fail({ kind: 'status', status: 429, match: { operation: CALL } });

    await retry(runner.engine.runtime, { names: [], filter: { sync: 'welcome' } });
    await until(() => runs(world) === 1);
    await runner.idle();

    expect((await runner.events()).filter(({ state }) => state === 'dead')).toEqual([]);
  });

  test('with `initial: run`, one contact that was there is enough: the actions of others wait, too, and a retry runs them', async () => {
    const world = await aLocation({ initial: 'run' }, {}, { rateLimit: { requests: 1, per: '30ms' } });
    world.ghl.addContact({ email: 'guest1@example.com' });
    world.source.rows(rows);
    const runner = await world.start();

    await runner.pass();
    const first = runs(world);
    const asked = (await runner.events()).filter(({ sync, state }) => sync === 'welcome' && state === 'dead');
    await retry(runner.engine.runtime, { names: asked.map(({ id }) => String(id)), filter: {} });
    await runner.pass();

    expect([first, asked.length]).toEqual([0, 3]);
    expect(runs(world)).toBe(3);
  });
});

describe('a lost store', () => {
  const rows = [1, 2, 3].map((id) => booking({ id }));

  test.each(['skip', 'run'])('`run --rebuild` links and starts none, with `initial: %s`', async (initial) => {
    const world = await aLocation({ initial });
    for (const { email } of rows) world.ghl.addContact({ email: String(email) });
    world.source.rows(rows);

    const rebuild = world.spawn('run', '--rebuild', '--json');
    const { code } = await rebuild.ended;

    expect(code, rebuild.output()).toBe(0);
    expect(runs(world)).toBe(0);
    expect(world.ghl.contacts()).toHaveLength(3);
  });

  test('after `run --rebuild` a later change starts its action', async () => {
    const world = await aLocation();
    world.source.rows(rows);
    await world.spawn('run', '--rebuild').ended;

    world.source.rows([...rows.slice(1), booking({ id: 1, flow: 'w2', updated_at: '2026-05-02T10:00:00Z' })]);
    const runner = await world.start();
    await runner.pass();

    expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w2']);
  });
});

test('superseding swallows no action: each state of a record has its own', async () => {
  const world = await aLocation();
  const runner = await world.start();
  world.ghl.fail({ kind: 'slow', delayMs: 100, match: { operation: 'create-contact' } });

  for (const [at, flow] of ['w1', 'w2', 'w3'].entries())
    await runner.webhook({
      type: 'booking.updated',
      data: booking({ flow, updated_at: `2026-05-0${at + 1}T10:00:00Z` }),
    });
  await runner.idle();

  expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2', 'w3']);
});

test('states that come in one delivery have an action each, too', async () => {
  const world = await aLocation();
  const runner = await world.start();
  const data = ['w1', 'w2', 'w3'].map((flow, at) =>
    booking({ flow, updated_at: `2026-05-0${at + 1}T10:00:00Z` }),
  );

  await runner.webhook({ type: 'booking.updated', data });
  await runner.idle();

  expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2', 'w3']);
});

describe('an action in doubt', () => {
  const match = { operation: CALL };

  test.each([
    ['the connection breaks after it', { kind: 'reset-after', match }],
    ['a gateway answers 502 after it', { kind: 'status-after', status: 502, match }],
    ['a gateway answers 408 after it', { kind: 'status-after', status: 408, match }],
    ['it answers where to see what it did', { kind: 'status-after', status: 303, match }],
  ] as const)('is dead with what to do, and never sent twice: %s', async (_, fault) => {
    const world = await aLocation();
    const runner = await world.start();
    world.ghl.fail(fault);

    await tell(runner);
    await tell(runner, { first_name: 'Anna', updated_at: '2026-05-02T10:00:00Z' });

    expect(runs(world)).toBe(1);
    const [first] = (await runner.events()).filter(({ sync }) => sync === 'welcome');
    expect(first).toMatchObject({
      state: 'dead',
      reason: expect.stringContaining('nobody knows') as string,
      remedy: expect.stringContaining('retry') as string,
    });
    expect(await runner.store.read.intents.get(first!.targetKey)).toBeDefined();
  });

  test('is one dead letter, however often its record changes meanwhile', async () => {
    const world = await aLocation();
    const runner = await world.start();
    world.ghl.fail({ kind: 'reset-after', match });

    await tell(runner);
    for (const day of ['02', '03', '04']) await tell(runner, { updated_at: `2026-05-${day}T10:00:00Z` });

    const calls = (await runner.events()).filter(({ sync }) => sync === 'welcome');
    expect(calls.map(({ state }) => state)).toEqual(['dead', 'skipped', 'skipped', 'skipped']);
    expect(calls[1]!.reason).toContain(`event ${calls[0]!.id}`);
  });

  test('that is discarded counts as run; retried, or replayed later, it runs', async () => {
    const world = await aLocation();
    const runner = await world.start();
    world.ghl.fail({ kind: 'reset-before', match, times: 2 });
    await tell(runner);
    await tell(runner, { id: 2, email: 'b@example.com' });
    const ids = (await runner.events()).filter(({ state }) => state === 'dead').map(({ id }) => String(id));
    const { runtime } = runner.engine;

    await discard(runtime, { names: [ids[0]!], filter: {} }, false);
    await retry(runtime, { names: [ids[1]!], filter: {} });
    await tell(runner, { updated_at: '2026-05-02T10:00:00Z' });
    const first = runs(world);
    await replay(runtime, { names: [ids[0]!], filter: {} }, {});
    await runner.idle();

    expect([first, runs(world)]).toEqual([1, 2]);
  });

  test('holds up one with another `with` until a person has decided, and says so', async () => {
    const world = await aLocation();
    const runner = await world.start();
    world.ghl.fail({ kind: 'reset-after', match });
    await tell(runner);
    await tell(runner, { flow: 'w2', updated_at: '2026-05-02T10:00:00Z' });
    const [first, second] = (await runner.events()).filter(({ sync }) => sync === 'welcome');
    const { runtime } = runner.engine;

    await discard(runtime, { names: [String(first!.id)], filter: {} }, false);
    await retry(runtime, { names: [String(second!.id)], filter: {} });
    await runner.idle();

    expect(second).toMatchObject({
      state: 'dead',
      remedy: expect.stringContaining(String(first!.id)) as string,
    });
    expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2']);
  });

  test('is sent again where it says `repeat: safe`', async () => {
    const world = await aLocation({ repeat: 'safe' });
    const runner = await world.start({ clock: watchedClock(10) });
    world.ghl.fail({ kind: 'reset-before', match });

    await tell(runner);

    expect(runs(world)).toBe(1);
    expect((await runner.states()).at(-1)).toBe('done');
  });

  test('kill -9 while it is on its way: it is not sent again', async () => {
    const world = await aLocation();
    world.source.rows([]);
    const before = await world.start();
    await before.pass();
    await before.stop();
    world.source.rows([booking()]);
    world.ghl.fail({ kind: 'slow', delayMs: 150, match });
    const run = world.spawn('run');
    await until(() => operationsOf(world.ghl).includes(CALL));

    await run.kill();
    await until(() => runs(world) === 1);
    const runner = await world.start();
    await runner.pass();

    expect(runs(world)).toBe(1);
    expect((await runner.events()).at(-1)).toMatchObject({ sync: 'welcome', state: 'dead' });
  });

  test.each([429, 401, 422, 307])('is none where it was refused with %i: nothing ran', async (status) => {
    const world = await aLocation();
    const runner = await world.start({ clock: watchedClock(100) });
    world.ghl.fail({ kind: 'status', status, match });

    await tell(runner);
    if (status !== 422) await until(() => runs(world) === 1, 'the action');
    await runner.idle();

    const [event] = (await runner.events()).filter(({ sync }) => sync === 'welcome');
    expect(await runner.store.read.intents.get(event!.targetKey)).toBeUndefined();
    expect([event!.state, runs(world)]).toEqual(status === 422 ? ['dead', 0] : ['done', 1]);
    // It is said to be answered to what was done all the same: whoever retries is to look first.
    expect(event!.remedy ?? '').toMatch(
      status === 422 ? /^see in the target whether it ran all the same/ : /^$/,
    );
  });
});

test('one that waits for its next try holds up the later ones of its key, which are due with it and no sooner', async () => {
  const world = await aLocation({ repeat: 'safe', with: { workflowId: 'flow' } });
  const runner = await world.start({ clock: watchedClock(20) });
  world.ghl.fail({
    kind: 'status',
    status: 503,
    headers: { 'retry-after': '30' },
    match: { operation: CALL },
  });
  await tell(runner, { flow: 'w1' });

  await tell(runner, { flow: 'w2', updated_at: '2026-05-02T10:00:00Z' });

  const calls = (await runner.events()).filter(({ sync }) => sync === 'welcome');
  expect(calls.map(({ state }) => state)).toEqual(['pending', 'pending']);
  expect(calls[1]!.due).toBe(calls[0]!.due);
  await until(() => runs(world) === 2);
  await runner.idle();
  expect(world.ghl.workflowRuns().map(({ workflowId }) => workflowId)).toEqual(['w1', 'w2']);
});
