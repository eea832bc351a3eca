import { expect, test } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { makePlan, type Plan, type PlanOptions } from '../../../src/engine/plan/plan.ts';
import { systemClock } from '../../../src/engine/system-clock.ts';
import { copyStore } from '../../../src/store/copy.ts';
import { aBooking, type ConfigWish } from '../../support/a-config.ts';
import { restToken, startRestApi } from '../../support/rest-api.ts';
import { worlds, type Runner, type World } from '../../support/world.ts';

const aWorld = worlds();
const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

async function planOf(
  { configPath, env }: World,
  wish: Partial<Pick<PlanOptions, 'full' | 'remote'>> = {},
): Promise<Plan> {
  const { config, problems } = await loadConfig(configPath, { env });
  if (!config) throw new Error(JSON.stringify(problems));
  const store = await copyStore(config.store, systemClock);
  const { plan } = await makePlan({
    config,
    store,
    tenant: 'default',
    clock: systemClock,
    random: Math.random,
    log: quiet,
    syncs: [],
    full: false,
    remote: false,
    signal: new AbortController().signal,
    ...wish,
  }).finally(() => store.close());
  return plan;
}

/** The numbers of the calls that were made, by operation. */
function made({ ghl }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation } of ghl.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

/** Plans, runs, and sees that the run made just the calls of the plan. */
async function planned(world: World, runner: Runner, full = false): Promise<Plan> {
  const plan = await planOf(world, { full });
  world.ghl.clear();
  await runner.pass({ full });
  expect(plan.operations).toEqual(made(world));
  expect(plan.calls).toBe(world.ghl.calls.length);
  return plan;
}

const WISH: ConfigWish = {
  sync: {
    fields: {
      firstName: 'first_name',
      email: '$lowercase(email)',
      phone: '$e164(phone)',
      customFields: { event_date: 'event_date' },
    },
    tags: ['boothbook', { when: 'status = "Confirmed"', add: 'booked', else: 'remove' }],
    onDelete: 'delete',
  },
  syncs: {
    notes: {
      from: 'bookings',
      when: 'note',
      to: 'ghl.note',
      parent: 'contacts',
      quiet: '0ms',
      fields: { body: 'note' },
      onLeave: 'delete',
    },
    flow: {
      from: 'bookings',
      when: 'status = "Confirmed"',
      call: 'ghl.add-contact-to-workflow',
      parent: 'contacts',
      initial: 'run',
      with: { workflowId: { value: 'SandboxWorkflow00001' } },
    },
  },
};
const booking = (id: number, wish: object = {}) =>
  aBooking({ id, status: 'Confirmed', event_date: '2026-06-14', ...wish });
const later = { updated_at: '2026-05-02T10:00:00Z' };

test('a first plan names what would be created, under the parents that would be there, and changes nothing', async () => {
  const world = await aWorld(WISH);
  const rows = [booking(1, { note: 'Ring twice' }), booking(2), booking(3, { email: 'guest2@example.com' })];
  world.source.rows(rows);

  const plan = await planOf(world);

  expect(world.ghl.calls).toEqual([]);
  expect(plan.summary).toEqual({ create: 3, update: 0, tag: 0, adopt: 0, delete: 0, call: 3, unchanged: 0 });
  expect(plan.records.find(({ sync }) => sync === 'notes')).toEqual({
    action: 'create',
    sync: 'notes',
    keys: ['1'],
    target: '1',
    resource: 'note',
    fields: { body: { to: 'Ring twice' } },
  });
  const runner = await world.start();
  expect(await runner.events()).toEqual([]);
});

test('of a sync that only reports, a plan shows what would be written, and counts and approves none of it', async () => {
  const world = await aWorld({ ...WISH, sync: { ...WISH.sync, mode: 'report' } });
  const nothing = await planOf(world);
  world.source.rows([booking(1, { note: 'Ring twice' })]);

  const plan = await planOf(world);

  expect(plan.calls).toBe(0);
  expect(plan.summary).toMatchObject({ create: 0, call: 0, unchanged: 0 });
  expect(plan.hash).toBe(nothing.hash);
  const of = (name: string) => plan.records.find(({ sync }) => sync === name);
  expect(of('contacts')).toMatchObject({
    action: 'skip',
    keys: ['1'],
    target: 'guest1@example.com',
    fields: { email: { to: 'guest1@example.com' } },
    tags: { add: ['boothbook', 'booked'], remove: [] },
    reason: 'only reported: create',
  });
  expect(of('notes')).toMatchObject({ action: 'skip', fields: { body: { to: 'Ring twice' } } });
  expect(of('flow')).toMatchObject({
    action: 'skip',
    reason: 'report: add-contact-to-workflow was not called',
  });
});

test('the calls of a plan are those of the run after it: new, edited, unchanged, moved, deleted, actions', async () => {
  const world = await aWorld(WISH);
  const runner = await world.start();
  world.source.rows([booking(1, { note: 'a' }), booking(2, { note: 'b' }), booking(3), booking(4)]);
  await planned(world, runner);

  const still = await planned(world, runner);
  world.source.rows([
    booking(1, { note: 'a2', status: 'Cancelled', ...later }),
    booking(2, { email: 'new2@example.com', ...later }),
    booking(3),
    booking(5, { email: 'guest3@example.com', note: 'of three' }),
  ]);
  const edited = await planned(world, runner, true);

  expect(still.calls).toBe(0);
  expect(still.summary).toMatchObject({ unchanged: 4 });

  expect(edited.summary).toMatchObject({ create: 1, update: 2, tag: 1, delete: 2, call: 1 });
  expect(edited.records.find(({ action }) => action === 'tag')).toMatchObject({
    target: 'guest1@example.com',
    tags: { add: [], remove: ['booked'] },
  });
  const renamed = edited.records.find(({ target }) => target === 'new2@example.com');
  expect(renamed?.fields).toEqual({ email: { from: 'guest2@example.com', to: 'new2@example.com' } });
});

test('an edited mapping is planned for all that is stored', async () => {
  const world = await aWorld(WISH);
  const first = await world.start();
  world.source.rows([booking(1), booking(2)]);
  await first.pass();
  await first.stop();
  await world.writeConfig({ ...WISH, sync: { ...WISH.sync, tags: ['boothbook', 'summer'] } });

  const plan = await planOf(world);
  world.ghl.clear();
  const runner = await world.start();
  await runner.pass();

  expect(plan.operations).toEqual(made(world));
  expect(plan.summary).toMatchObject({ tag: 2, unchanged: 0 });
});

test('unchanged counts each record of which nothing would change once, also where a mapping was edited', async () => {
  const world = await aWorld(WISH);
  const first = await world.start();
  world.source.rows([booking(1), booking(2, { status: 'Pending' }), booking(3, { status: 'Pending' })]);
  await first.pass();
  await first.stop();
  const summer = { when: 'status = "Confirmed"', add: 'summer' };
  await world.writeConfig({ ...WISH, sync: { ...WISH.sync, tags: ['boothbook', summer] } });

  const plan = await planOf(world);

  expect(plan.summary).toMatchObject({ create: 0, tag: 1, unchanged: 2 });
});

test('with --remote it knows what is there already, and counts its own questions apart', async () => {
  const world = await aWorld(WISH);
  world.ghl.addContact({ email: 'guest1@example.com', firstName: 'Old', tags: ['boothbook'] });
  world.source.rows([booking(1), booking(2)]);

  const blind = await planOf(world);
  const plan = await planOf(world, { remote: true });
  const asked = made(world);
  world.ghl.clear();
  const runner = await world.start();
  await runner.pass();

  expect(blind.summary).toMatchObject({ create: 2, adopt: 0 });
  expect(plan.summary).toMatchObject({ create: 1, adopt: 1, update: 1, tag: 1 });
  expect(plan.operations).toEqual(made(world));
  expect(Object.keys(asked).filter((operation) => !operation.startsWith('get-'))).toEqual([]);
  expect(plan.reads).toBe(Object.values(asked).reduce((sum, count) => sum + count, 0));
});

test('the hash is the same for the same changes, and another one for others', async () => {
  const world = await aWorld(WISH);
  world.source.rows([booking(1), booking(2)]);
  const one = await planOf(world);
  world.source.rows([booking(2), booking(1)]);
  const turned = await planOf(world);
  world.source.rows([booking(2), booking(1, { first_name: 'Bea' })]);

  const other = await planOf(world);

  expect(turned.hash).toBe(one.hash);
  expect(other.hash).not.toBe(one.hash);
});

test('it shows what a guard stops, and what would be skipped or dead, with the reason', async () => {
  const world = await aWorld({
    ...WISH,
    sync: { ...WISH.sync, when: 'id != 9', key: 'id = 8 ? null : email' },
  });
  const runner = await world.start();
  world.source.rows([1, 2, 3, 4, 5].map((id) => booking(id)));
  await runner.pass();
  world.source.rows([booking(5), booking(8), booking(9)]);

  const plan = await planOf(world, { full: true });

  expect(plan.held).toEqual([expect.stringContaining('lacks 4 of 7 known ones')]);
  expect(plan.summary).toMatchObject({ delete: 4 });
  const reasons = plan.records
    .filter(({ sync }) => sync === 'contacts')
    .map(({ action, keys }) => [action, ...keys]);
  expect(reasons).toEqual(
    expect.arrayContaining([
      ['dead', '8'],
      ['skip', '9'],
    ]),
  );
});

test('a plan is whole where the day’s quota is used up; one that asks says what it could not ask', async () => {
  const world = await aWorld({ ghl: { rateLimit: { requests: 1000, per: '100ms', daily: 4 } } });
  world.source.rows(Array.from({ length: 10 }, (_, id) => aBooking({ id })));
  const runner = await world.start({ mayLeaveWork: true });
  await runner.pass();
  await runner.stop();
  const made = world.ghl.contacts().length;

  const plan = await planOf(world);
  const asking = await planOf(world, { remote: true });

  expect(plan.summary).toMatchObject({ create: 10 - made, unchanged: made });
  expect(plan.problems).toEqual([]);
  expect(asking.problems).toEqual([expect.stringContaining("the day's quota of 4 calls is used up")]);
});

test('targets of any REST API are planned and never written to, children under parents to come too', async ({
  onTestFinished,
}) => {
  const crm = await startRestApi();
  onTestFinished(() => crm.close());
  const customer = {
    create: { method: 'POST', path: '/customers', id: 'data.id' },
    update: { method: 'PUT', path: '/customers/{id}' },
    find: { path: '/customers', query: { email: '{{ email }}' }, records: 'data', id: 'id' },
  };
  const order = { create: { path: '/customers/{customerId}/orders', id: 'data.id' } };
  const auth = { type: 'bearer', token: restToken };
  const base = { from: 'bookings', quiet: '0ms' };
  const world = await aWorld({
    connections: { crm: { type: 'http', baseUrl: crm.url, auth, resources: { customer, order } } },
    sync: { enabled: false },
    syncs: {
      customers: { ...base, to: 'crm.customer', fields: { name: 'first_name', email: 'email' } },
      orders: { ...base, to: 'crm.order', parent: 'customers', fields: { title: 'first_name' } },
    },
  });
  world.source.rows([aBooking({ id: 1 })]);

  const plan = await planOf(world);
  const asked = await planOf(world, { remote: true });
  const written = crm.calls.filter(({ method }) => method !== 'GET');
  const runner = await world.start();
  await runner.pass();

  expect(written).toEqual([]);
  expect(plan.summary).toMatchObject({ create: 2 });
  expect([plan.hash.split('-')[1], asked.reads]).toEqual([asked.hash.split('-')[1], 1]);
  expect(plan.calls).toBe(runner.engine.calls());
});
