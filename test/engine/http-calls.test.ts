import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aBooking, type ConfigWish } from '../support/a-config.ts';
import type { SourceAnswer, SourceCall } from '../support/scripted-source.ts';
import { worlds, type Runner, type World } from '../support/world.ts';

const aWorld = worlds();

const DOCUMENT = `openapi: 3.0.3
servers: [{ url: 'https://crm.example/v2' }]
paths:
  /customers:
    post:
      operationId: createCustomer
      requestBody: { content: { application/json: { schema: { type: object, properties: { email: { type: string } } } } } }
  /customers/{id}:
    put: { operationId: replaceCustomer }
  /customers/{customer_id}/orders/{nr}:
    post:
      operationId: placeOrder
      parameters: [{ name: notify, in: query, schema: { type: boolean } }]
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [title], properties: { title: { type: string }, nr: { type: string } } }
    put:
      operationId: replaceOrder
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { title: { type: string } } } } } }
  /labels:
    post:
      operationId: addLabels
      requestBody: { content: { application/json: { schema: { type: array, items: { type: string } } } } }
`;

const customers = {
  from: 'bookings',
  key: 'email',
  to: 'crm.customer',
  quiet: '0ms',
  fields: { email: 'email' },
};
const order = {
  from: 'bookings',
  call: 'crm.placeOrder',
  parent: 'customers',
  initial: 'run',
  with: { nr: '$string(id)', title: 'first_name', notify: { value: true } },
};

async function aCrm(
  syncs: Readonly<Record<string, unknown>>,
): Promise<{ readonly world: World; readonly runner: Runner }> {
  const wish: ConfigWish = { sync: { enabled: false } };
  const world = await aWorld(wish);
  await writeFile(join(world.folder, 'crm.yaml'), DOCUMENT);
  const resources = {
    customer: { create: { path: '/v2/customers' }, update: { path: '/v2/customers/{id}' } },
  };
  const crm = { type: 'http', baseUrl: '${SOURCE_URL}', openapi: './crm.yaml', timeout: '2s', resources };
  const runner = await world.start({ config: { ...wish, connections: { crm }, syncs } });
  return { world, runner };
}

/** The CRM is the API that the bookings come from, too: `/v2` is its. */
function answering(world: World, answer: (call: SourceCall) => SourceAnswer): SourceCall[] {
  const rows = [aBooking({ id: 7 })];
  const calls: SourceCall[] = [];
  world.source.script((call) => {
    if (!call.path.startsWith('/v2/')) return { body: { data: rows } };
    calls.push(call);
    return answer(call);
  });
  return calls;
}

test('path, query and body parameters go where the document says, below the path of its server', async () => {
  const { world, runner } = await aCrm({ customers, order });
  const calls = answering(world, () => ({ status: 201, body: { id: 'c/1' } }));

  await runner.pass();

  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v2/customers',
    'POST /v2/customers/c%2F1/orders/7',
  ]);
  expect(calls[1]!.query).toEqual({ notify: 'true' });
  expect(JSON.parse(calls[1]!.body)).toEqual({ nr: '7', title: 'Ann' });
});

test('it runs once for each new digest, and no more for an unchanged record', async () => {
  const { world, runner } = await aCrm({ customers, order });
  const calls = answering(world, () => ({ status: 201, body: { id: 'c1' } }));
  await runner.pass();

  await runner.pass({ full: true });

  expect(calls).toHaveLength(2);
  expect(await runner.states()).toEqual(['done', 'done']);
});

test('one whose answer was lost is not sent again; a PUT is', async () => {
  const replace = { ...order, call: 'crm.replaceOrder', with: { nr: '$string(id)', title: 'first_name' } };
  const { world, runner } = await aCrm({ customers, order, replace });
  const lost = new Set(['POST', 'PUT']);
  const calls = answering(world, ({ method, path }) =>
    path.includes('orders') && lost.delete(method) ? { body: '<html>' } : { status: 200, body: { id: 'c1' } },
  );

  await runner.pass();

  const orders = calls.filter(({ path }) => path.includes('orders')).map(({ method }) => method);
  expect(orders.sort()).toEqual(['POST', 'PUT', 'PUT']);
  const dead = (await runner.events()).filter(({ state }) => state === 'dead');
  expect(dead).toMatchObject([
    { sync: 'order', reason: expect.stringContaining('nobody knows whether') as string },
  ]);
  expect(calls.find(({ method }) => method === 'PUT')?.body).toBe('title=Ann');
});

test('what would lead elsewhere is no part of an address: nothing is called', async () => {
  const up = { ...order, with: { ...order.with, nr: '".."' } };
  const { world, runner } = await aCrm({ customers, order, up });
  const calls = answering(world, () => ({ status: 201, body: { id: 'c1' } }));

  await runner.pass();

  const dead = (await runner.events()).filter(({ state }) => state === 'dead');
  expect(dead).toMatchObject([{ sync: 'up', reason: expect.stringContaining('needs nr') as string }]);
  expect(calls.map(({ path }) => path)).toEqual(['/v2/customers', '/v2/customers/c1/orders/7']);
});

test('what no header can hold is told of its event, which is dead; the others go on', async () => {
  const create = { path: '/v2/people', headers: { 'x-name': '{{ firstName }}' } };
  const crm = { type: 'http', baseUrl: '${SOURCE_URL}', resources: { person: { create } } };
  const people = { from: 'bookings', to: 'crm.person', key: 'id', fields: { firstName: 'first_name' } };
  const world = await aWorld({ connections: { crm }, sync: { enabled: false }, syncs: { people } });
  const names = ['Ann', 'A\r\nx-evil: 1', 'A\u0000', '☃', 'Ünn'];
  const rows = names.map((first_name, id) => aBooking({ id, first_name }));
  let made = 0;
  world.source.script(({ path }) => ({
    body: path === '/v2/people' ? { id: `p${(made += 1)}` } : { data: rows },
  }));
  const runner = await world.start();

  await runner.pass();

  expect(await runner.states()).toEqual(['done', 'dead', 'dead', 'dead', 'done']);
  const dead = (await runner.events()).filter(({ state }) => state === 'dead');
  for (const { reason } of dead) expect(reason).toContain('the header x-name');
  expect(runner.log.lines.filter(({ message }) => message.includes('broke off'))).toEqual([]);
});

test('nor is the id that an API gives to what it made', async () => {
  const { world, runner } = await aCrm({ customers, order });
  const calls = answering(world, () => ({ status: 201, body: { id: '..' } }));

  await runner.pass();

  expect(calls.map(({ path }) => path)).toEqual(['/v2/customers']);
});

test('a body that is a list is one parameter', async () => {
  const labels = {
    from: 'bookings',
    call: 'crm.addLabels',
    initial: 'run',
    with: { body: '[first_name, email]' },
  };
  const { world, runner } = await aCrm({ labels });
  const calls = answering(world, () => ({ status: 200, body: {} }));

  await runner.pass();

  expect(JSON.parse(calls[0]!.body)).toEqual(['Ann', 'guest7@example.com']);
});

test('a record that yields nothing for a part of the path is a dead letter, and nothing is sent', async () => {
  const { world, runner } = await aCrm({
    customers,
    order: { ...order, with: { ...order.with, nr: 'number' } },
  });
  const calls = answering(world, () => ({ status: 201, body: { id: 'c1' } }));

  await runner.pass();

  expect(calls.map(({ path }) => path)).toEqual(['/v2/customers']);
  expect((await runner.events()).find(({ state }) => state === 'dead')?.reason).toContain('needs nr');
});

test('a later call gets the answer of an earlier one', async () => {
  const labels = {
    from: 'bookings',
    call: 'crm.addLabels',
    initial: 'run',
    with: { body: '[$result("order").number]' },
  };
  const { world, runner } = await aCrm({ customers, order, labels });
  const calls = answering(world, ({ path }) => ({
    status: 201,
    body: path.includes('orders') ? { number: 'A-1' } : { id: 'c1' },
  }));

  await runner.pass();

  expect(JSON.parse(calls.at(-1)!.body)).toEqual(['A-1']);
});
