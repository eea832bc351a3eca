import { describe, expect, test } from 'vitest';
import type { Knock } from '../../src/inbox/knock.ts';
import { receive, type ReceiveContext } from '../../src/inbox/receive.ts';
import type { Connection } from '../../src/model/connection.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { Verify, WebhookDoor } from '../../src/model/webhook.ts';
import type { Store } from '../../src/store/store.ts';
import { manualClock } from '../support/clocks.ts';
import { sqliteStores } from '../support/sqlite.ts';
import { broken, constant, failing } from '../support/syncs.ts';

const clock = manualClock();
const open = sqliteStores(clock);

const bodyOf =
  (name: string): Expression =>
  (input) =>
    Promise.resolve((input as { body: Record<string, unknown> }).body[name]);
const connection = (webhook?: Partial<WebhookDoor>): Connection => ({
  name: 'booth',
  type: 'http',
  baseUrl: 'http://127.0.0.1:1',
  auth: { type: 'none' },
  timeoutMs: 1_000,
  ...(webhook ? { webhook: { verify: { type: 'none' }, ...webhook } } : {}),
});
const knock = (body: unknown, wish: Partial<Knock> = {}): Knock => ({
  raw: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: {},
  query: {},
  ...wish,
});
const context = (store: Store, wish: Partial<ReceiveContext> = {}): ReceiveContext => ({
  store,
  clock,
  tenant: 'default',
  stamp: () => 5_000,
  isWanted: () => true,
  noRoom: () => undefined,
  ...wish,
});
const storedBy = async (store: Store) => store.read.deliveries.received(100);

describe('a webhook', () => {
  test('is durable, as it came, before it is answered', async () => {
    const store = await open();
    const door = connection({ event: bodyOf('event') });
    const came = knock({ event: 'booking.updated', id: 1 }, { headers: { host: 'h' }, query: { a: 'b' } });

    const receipt = await receive(context(store), door, came);

    expect(receipt).toEqual({ type: 'stored' });
    const [stored] = await storedBy(store);
    expect(stored).toMatchObject({
      tenant: 'default',
      connection: 'booth',
      name: 'booking.updated',
      receivedAt: 5_000,
    });
    expect(JSON.parse(stored!.raw)).toEqual({
      body: { event: 'booking.updated', id: 1 },
      headers: { host: 'h' },
      query: { a: 'b' },
    });
  });

  test('with a delivery id is kept once', async () => {
    const store = await open();
    const door = connection({ id: bodyOf('delivery') });

    const receipts = [
      await receive(context(store), door, knock({ delivery: 'd1' })),
      await receive(context(store), door, knock({ delivery: 'd1' })),
      await receive(context(store), door, knock({ delivery: 'd2' })),
    ];

    expect(receipts.map(({ type }) => type)).toEqual(['stored', 'known', 'stored']);
    expect(await storedBy(store)).toHaveLength(2);
  });

  test.for([
    ['has none', undefined],
    ['yields nothing', constant(undefined)],
    ['fails', failing('odd')],
  ] as const)('is kept each time where its id %s', async ([, id]) => {
    const store = await open();
    const door = connection(id ? { id, event: id } : {});

    for (let times = 0; times < 2; times++)
      expect(await receive(context(store), door, knock({ a: 1 }))).toEqual({ type: 'stored' });
    expect(await storedBy(store)).toMatchObject([{ name: null }, { name: null }]);
  });

  test('is not answered where the runner itself fails', async () => {
    const store = await open();

    await expect(receive(context(store), connection({ id: broken }), knock({}))).rejects.toThrow(TypeError);
  });
});

describe('nothing is kept of', () => {
  const forged: Verify = { type: 'token', header: 'x-token', secrets: ['secret'] };

  test.for([
    ['one at a connection without a door', connection(), knock({}), {}, 'forged'],
    ['one that proves nothing', connection({ verify: forged }), knock({}), {}, 'forged'],
    ['one that finds no room', connection({}), knock({}), { noRoom: () => 'the backlog is full' }, 'busy'],
    ['what is not JSON', connection({}), knock('{'), {}, 'unreadable'],
    ['an event that no source takes', connection({}), knock({}), { isWanted: () => false }, 'unwanted'],
  ] as const)('%s', async ([, door, came, wish, type]) => {
    const store = await open();

    const receipt = await receive(context(store, wish), door, came);

    expect(receipt.type).toBe(type);
    expect(await storedBy(store)).toEqual([]);
  });

  test('a forged one, whether there is room or not', async () => {
    const store = await open();
    const full = context(store, { noRoom: () => 'the backlog is full' });

    expect(await receive(full, connection({ verify: forged }), knock('{'))).toEqual({ type: 'forged' });
  });

  test('what can not be kept, with words of why', async () => {
    const store = await open();

    expect(
      await receive(context(store, { noRoom: () => 'the backlog is full' }), connection({}), knock({})),
    ).toMatchObject({
      message: 'the backlog is full',
    });
    expect(await receive(context(store), connection({}), knock('{'))).toMatchObject({
      message: expect.stringContaining('JSON') as string,
    });
  });
});

test('whether an event is wanted is asked of its connection and name', async () => {
  const store = await open();
  const asked: unknown[] = [];
  const isWanted = (...question: unknown[]) => asked.push(question) > 0;

  await receive(context(store, { isWanted }), connection({ event: bodyOf('event') }), knock({ event: 'e' }));
  await receive(context(store, { isWanted }), connection({}), knock({ event: 'e' }));

  expect(asked).toEqual([
    ['booth', 'e'],
    ['booth', null],
  ]);
});

describe('what authenticates is never stored', () => {
  const headers = {
    'x-token': 'secret',
    authorization: 'Basic dTpw',
    cookie: 'c',
    'proxy-authorization': 'p',
    'x-other': 'o',
    'x-absent': undefined,
  };
  const query = { token: 'secret', page: '1', absent: undefined };

  test.for([
    [
      'a token in a header',
      { type: 'token', header: 'x-token', secrets: ['secret'] },
      { headers: { 'x-other': 'o' }, query: { token: 'secret', page: '1' } },
    ],
    [
      'a token in the query',
      { type: 'token', query: 'token', secrets: ['secret'] },
      { headers: { 'x-token': 'secret', 'x-other': 'o' }, query: { page: '1' } },
    ],
    [
      'a login',
      { type: 'basic', username: 'u', password: 'p' },
      { headers: { 'x-token': 'secret', 'x-other': 'o' }, query: { token: 'secret', page: '1' } },
    ],
    [
      'what others may have sent along',
      { type: 'none' },
      { headers: { 'x-token': 'secret', 'x-other': 'o' }, query: { token: 'secret', page: '1' } },
    ],
  ] as const)('%s', async ([, verify, kept]) => {
    const store = await open();

    await receive(context(store), connection({ verify }), knock({}, { headers, query }));

    const [stored] = await storedBy(store);
    expect(JSON.parse(stored!.raw)).toEqual({ body: {}, ...kept });
  });
});
