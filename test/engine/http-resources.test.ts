import { afterEach, beforeEach, expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import { restToken, startRestApi, type RestApi } from '../support/rest-api.ts';
import { until } from '../support/wait.ts';
import { worlds, type Runner } from '../support/world.ts';

const aWorld = worlds();
let crm: RestApi;

beforeEach(async () => {
  crm = await startRestApi();
});
afterEach(() => crm.close());

const customer = {
  create: { method: 'POST', path: '/customers', id: 'data.id' },
  update: { method: 'PUT', path: '/customers/{id}' },
  delete: { method: 'DELETE', path: '/customers/{id}' },
  find: { path: '/customers', query: { email: '{{ email }}' }, records: 'data', id: 'id' },
};
const unfindable = { ...customer, find: undefined };
const order = {
  create: { path: '/customers/{customerId}/orders', id: 'data.id' },
  delete: { path: '/orders/{id}' },
};

const customers = {
  from: 'bookings',
  key: '$lowercase(email)',
  to: 'crm.customer',
  quiet: '0ms',
  fields: { name: 'first_name', email: '$lowercase(email)', city: 'city' },
};

/** The bookings go to the CRM, and nowhere else. */
function aCrm(resources: object, wish: { sync?: object; syncs?: object } = {}): ConfigWish {
  const auth = { type: 'bearer', token: restToken };
  return {
    connections: { crm: { type: 'http', baseUrl: crm.url, auth, timeout: '2s', resources } },
    sync: { enabled: false },
    syncs: { customers: { ...customers, ...wish.sync }, ...wish.syncs },
  };
}

const edited = (wish: object) => aBooking({ id: 1, updated_at: '2026-05-01T11:00:00Z', ...wish });
const methods = () => crm.calls.map(({ method }) => method);
const last = async (runner: Runner) => (await runner.events()).at(-1);

test('a record becomes one, is changed and deleted: one call each, and none while it is the same', async () => {
  const world = await aWorld(aCrm({ customer }, { sync: { onDelete: 'delete' } }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1, city: 'Leeds' })]);
  await runner.pass();
  expect(crm.customers()).toEqual([{ id: 'c1', name: 'Ann', email: 'guest1@example.com', city: 'Leeds' }]);
  crm.clear();

  await runner.pass();
  expect(crm.calls).toEqual([]);

  world.source.rows([edited({ first_name: 'Anna', city: 'Leeds' })]);
  await runner.pass();
  expect(crm.calls).toEqual([
    {
      method: 'PUT',
      path: '/customers/c1',
      body: { name: 'Anna', email: 'guest1@example.com', city: 'Leeds' },
    },
  ]);

  world.source.rows([edited({ deleted: true, updated_at: '2026-05-01T12:00:00Z' })]);
  await runner.pass();
  expect(crm.customers()).toEqual([]);
});

test('PATCH bears what changed, and no more', async () => {
  const patched = { ...customer, update: { method: 'PATCH', path: '/customers/{id}' } };
  const world = await aWorld(aCrm({ customer: patched }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1 })]);
  await runner.pass();
  crm.clear();

  world.source.rows([edited({ first_name: 'Anna' })]);
  await runner.pass();

  expect(crm.calls).toEqual([{ method: 'PATCH', path: '/customers/c1', body: { name: 'Anna' } }]);
});

test('one that is there already is taken over, and only the very same', async () => {
  crm.add({ name: 'Joanne', email: 'joguest1@example.com' });
  const id = crm.add({ name: 'Old', email: 'guest1@example.com' });
  const world = await aWorld(aCrm({ customer }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1 })]);

  await runner.pass();

  expect(crm.customers().map((one) => [one.id, one['name']])).toEqual([
    ['c1', 'Joanne'],
    [id, 'Ann'],
  ]);
});

test.each([
  { method: 'POST', kind: 'lost' },
  { method: 'POST', kind: 'status', status: 503 },
] as const)('a create in doubt makes no twin: %o', async (fault) => {
  const world = await aWorld(aCrm({ customer }));
  const runner = await world.start();
  crm.fail(fault);
  world.source.rows([aBooking({ id: 1 }), aBooking({ id: 2 })]);

  await runner.pass();
  await runner.idle();

  expect(
    crm
      .customers()
      .map(({ email }) => email)
      .sort(),
  ).toEqual(['guest1@example.com', 'guest2@example.com']);
  expect(await runner.states()).toEqual(['done', 'done']);
});

test('without `find` a create in doubt is for a person, and no later record makes a second one', async () => {
  const world = await aWorld(aCrm({ customer: unfindable }));
  const runner = await world.start();
  crm.fail({ method: 'POST', kind: 'lost' });
  world.source.rows([aBooking({ id: 1 })]);
  await runner.pass();
  await runner.idle();
  expect(await last(runner)).toMatchObject({ state: 'dead', reason: /nobody knows/ });

  world.source.rows([edited({ first_name: 'Anna' })]);
  await runner.pass();
  await runner.idle();

  expect(await last(runner)).toMatchObject({ state: 'dead', reason: /nobody knows/ });
  expect(crm.customers()).toHaveLength(1);
});

test('one that was deleted by hand is looked for, and made again once', async () => {
  const world = await aWorld(aCrm({ customer }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1 })]);
  await runner.pass();
  crm.remove('c1');
  crm.clear();

  world.source.rows([edited({ first_name: 'Anna' })]);
  await runner.pass();

  expect(methods()).toEqual(['PUT', 'GET', 'POST']);
  expect(crm.customers()).toMatchObject([{ name: 'Anna' }]);
});

test('a child goes under its parent, by the id in its path', async () => {
  const orders = {
    from: 'bookings',
    to: 'crm.order',
    parent: 'customers',
    quiet: '0ms',
    onDelete: 'delete',
    fields: { title: { text: 'Booking {{ id }}' }, total: '$num(price)' },
  };
  const world = await aWorld(aCrm({ customer, order }, { syncs: { orders } }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1, price: '12.50' }), aBooking({ id: 2, email: 'guest1@example.com' })]);

  await runner.pass();
  await runner.idle();

  expect(crm.customers()).toHaveLength(1);
  expect(
    crm
      .orders()
      .map(({ title, total, customerId }) => [title, total, customerId])
      .sort(),
  ).toEqual([
    ['Booking 1', 12.5, 'c1'],
    ['Booking 2', undefined, 'c1'],
  ]);
});

test('a child whose path does not name its parent bears the id in its body', async () => {
  const flat = {
    create: { path: '/orders', id: 'data.id' },
    update: { method: 'PATCH', path: '/orders/{id}' },
  };
  const orders = { from: 'bookings', to: 'crm.order', parent: 'customers', fields: { title: 'first_name' } };
  const world = await aWorld(aCrm({ customer, order: flat }, { syncs: { orders } }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1 })]);

  await runner.pass();
  await runner.idle();

  expect(crm.orders()).toMatchObject([{ title: 'Ann', customerId: 'c1' }]);
});

test('a body of its own sees all mapped fields and the id', async () => {
  const own = {
    create: { path: '/customers', id: 'data.id', json: { name: '{{ name }}', note: 'from {{ city }}' } },
    update: { method: 'PATCH', path: '/customers/{id}', json: { note: '{{ name }} of {{ city }}' } },
  };
  const world = await aWorld(aCrm({ customer: own }));
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1, city: 'Leeds' })]);
  await runner.pass();

  world.source.rows([edited({ city: 'York' })]);
  await runner.pass();

  expect(crm.customers()).toEqual([{ id: 'c1', name: 'Ann', note: 'Ann of York' }]);
});

test('what the API refuses is dead with its words; others go on', async () => {
  const world = await aWorld(
    aCrm({ customer }, { sync: { fields: { ...customers.fields, nonsense: 'nonsense' } } }),
  );
  const runner = await world.start();
  world.source.rows([aBooking({ id: 1, nonsense: 'x' }), aBooking({ id: 2 })]);

  await runner.pass();
  await runner.idle();

  expect(
    (await runner.events()).map(({ state, reason }) => [state, reason?.includes('unknown nonsense')]),
  ).toEqual([
    ['dead', true],
    ['done', false],
  ]);
});

test('an API that is down kills nothing, though nothing could be found: it was never asked', async () => {
  const world = await aWorld(aCrm({ customer: unfindable }));
  const runner = await world.start({ mayLeaveWork: true });
  await crm.close();

  await runner.webhook({ type: 'booking.created', data: aBooking({ id: 1 }) });
  await until(async () => (await last(runner))?.reason?.includes('ECONNREFUSED') === true);

  expect(await last(runner)).toMatchObject({ state: 'pending' });
  expect(await runner.store.read.intents.get((await last(runner))!.targetKey)).toBeUndefined();
});

test('the limit of the connection holds', async () => {
  const wish = aCrm({ customer: unfindable });
  const limited = { ...(wish.connections!['crm'] as object), rateLimit: { requests: 3, per: '300ms' } };
  const world = await aWorld({ ...wish, connections: { crm: limited } });
  const runner = await world.start();
  world.source.rows(Array.from({ length: 7 }, (_, n) => aBooking({ id: n + 1 })));
  const began = Date.now();

  await runner.pass();

  expect(crm.customers()).toHaveLength(7);
  expect(Date.now() - began).toBeGreaterThan(600);
});
