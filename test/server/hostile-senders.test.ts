import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { commandJson, serving } from '../support/command.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();

const OPEN = { top: { server: { port: 0, bodyLimit: '64KiB' } } };

async function aServer(): Promise<{ readonly url: string; readonly world: World }> {
  const world = await aWorld(OPEN);
  const { url, stop } = await serving(world);
  onTestFinished(async () => {
    await stop();
  });
  return { url, world };
}

async function post(url: string, body: string | Uint8Array<ArrayBuffer>): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/webhooks/booth`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

const delivery = (data: object | string): string =>
  `{"type":"booking.saved","data":${typeof data === 'string' ? data : JSON.stringify(data)}}`;

function socketTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.on('error', reject);
    onTestFinished(() => void socket.destroy());
  });
}

test('what is no JSON, no UTF-8, too deep or too large is told so, and what is sent next is taken', async () => {
  const { url, world } = await aServer();
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

  const statuses = [
    await post(url, '{'),
    await post(url, ''),
    await post(url, new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])),
    await post(url, delivery(deep)),
    await post(url, delivery({ filler: 'x'.repeat(70_000) })),
    await post(url, delivery(aBooking({ id: 1 }))),
  ];
  await until(() => world.ghl.contacts().length === 1, 'the contact');

  expect(statuses).toEqual([400, 400, 400, 400, 413, 200]);
});

test('a connection may take larger bodies than the others, or smaller ones; said beforehand or not', async () => {
  const webhook = { event: 'body.type', verify: { type: 'none' } };
  const small = { type: 'http', baseUrl: 'http://127.0.0.1:1', webhook: { ...webhook, bodyLimit: '1KiB' } };
  const world = await aWorld({
    ...OPEN,
    booth: { webhook: { ...webhook, bodyLimit: '128KiB' } },
    connections: { small, plain: { ...small, webhook } },
  });
  const { url, stop } = await serving(world);
  onTestFinished(async () => {
    await stop();
  });
  const send = async (name: string, size: number, chunked: boolean) => {
    const body = Buffer.from(delivery({ filler: 'x'.repeat(size) }));
    const sent = chunked ? { body: new Blob([body]).stream(), duplex: 'half' as const } : { body };
    return (await fetch(`${url}/webhooks/${name}`, { method: 'POST', ...sent })).status;
  };

  for (const chunked of [false, true]) {
    expect(await send('booth', 100_000, chunked)).toBe(200);
    expect(await send('booth', 140_000, chunked)).toBe(413);
    expect(await send('plain', 60_000, chunked)).toBe(200);
    expect(await send('plain', 70_000, chunked)).toBe(413);
    expect(await send('small', 500, chunked)).toBe(200);
    expect(await send('small', 1_100, chunked)).toBe(413);
  }
});

test('odd but right JSON is a record like any other: NUL, half a character, __proto__, numbers beyond all bounds', async () => {
  const { url, world } = await aServer();
  const odd = [
    String.raw`{"id":1,"email":"nul@example.com","first_name":"A\u0000B"}`,
    String.raw`{"id":2,"email":"half@example.com","first_name":"A\ud800B"}`,
    '{"id":3,"email":"proto@example.com","first_name":"P","__proto__":{"email":"x"},"constructor":{"prototype":1}}',
    '{"id":4,"email":"huge@example.com","first_name":1e400}',
    '{"id":5,"id":6,"email":"twice@example.com","first_name":"T"}',
  ];

  const statuses = [];
  for (const record of odd) statuses.push(await post(url, delivery(record)));
  statuses.push(await post(url, delivery(aBooking({ id: 7, email: 'good@example.com' }))));
  await until(() => world.ghl.contactByEmail('good@example.com') !== undefined, 'the good one');

  expect(statuses).toEqual([200, 200, 200, 200, 200, 200]);
  expect(world.ghl.contactByEmail('proto@example.com')?.firstName).toBe('P');
  expect(world.ghl.contactByEmail('twice@example.com')?.firstName).toBe('T');
});

test('two ids of 64 bits that a double would take for one are two records', async () => {
  const { url, world } = await aServer();
  const record = (id: string) => `{"id":${id},"email":"guest-${id}@example.com","first_name":"Ann"}`;

  await post(url, delivery(record('9007199254740993')));
  await post(url, delivery(record('9007199254740992')));
  await until(() => world.ghl.contacts().length === 2, 'both');

  expect(
    world.ghl
      .contacts()
      .map(({ email }) => email)
      .toSorted(),
  ).toEqual(['guest-9007199254740992@example.com', 'guest-9007199254740993@example.com']);
});

test('past the backlog each is told to come again, and when; nothing that was answered so is kept', async () => {
  const world = await aWorld({ top: { server: { port: 0, backlog: 1 } }, sync: { mode: 'apply' } });
  world.ghl.fail({ kind: 'status', status: 503, times: Infinity });
  const { url, stop } = await serving(world);
  let taken = 0;
  const send = () => {
    const body = delivery(aBooking({ id: (taken += 1) }));
    return fetch(`${url}/webhooks/booth`, { method: 'POST', body });
  };

  let answer = await send();
  await until(async () => (answer = await send()).status === 429, 'a full backlog');
  await stop();
  const { json } = await commandJson(world, 'events', 'list', '--state', 'all', '--limit', '10000');

  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(json).toHaveLength(taken - 1);
});

test('ways out of the path lead nowhere', async () => {
  const { url } = await aServer();
  const paths = [
    '/webhooks/__proto__',
    '/webhooks/constructor',
    '/webhooks/booth/other',
    '/webhooks/..%2f..%2fetc%2fpasswd',
    '/webhooks/booth%00',
    '/webhooks/%ff',
    '/webhooks/',
    '//webhooks/booth',
  ];

  const statuses = await Promise.all(
    paths.map(async (path) => (await fetch(`${url}${path}`, { method: 'POST', body: '{}' })).status),
  );

  for (const status of statuses) expect([400, 404]).toContain(status);
});

test(
  'senders who never finish are hung up on, and meanwhile the others are served',
  { timeout: 60_000 },
  async () => {
    const { url, world } = await aServer();
    const slow = await Promise.all(Array.from({ length: 200 }, () => socketTo(url)));
    const gone = slow.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    for (const socket of slow) {
      socket.resume();
      socket.write('POST /webhooks/booth HTTP/1.1\r\nhost: x\r\nx-slow: ');
    }

    const status = await post(url, delivery(aBooking({ id: 1 })));
    await until(() => world.ghl.contacts().length === 1, 'the contact');
    await Promise.all(gone);

    expect(status).toBe(200);
  },
);

test('who is connected when the runner stops is still served; who says nothing does not keep it from stopping', async () => {
  const world = await aWorld(OPEN);
  const { url, stop } = await serving(world);
  const body = delivery(aBooking({ id: 1 }));
  const request = `POST /webhooks/booth HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const begun = await Promise.all(
    ['', request.slice(0, 30), request.slice(0, -5)].map(async (first) => {
      const socket = await socketTo(url);
      socket.write(first);
      const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
      return { socket, rest: request.slice(first.length), answer };
    }),
  );
  const [silent, halfway] = [await socketTo(url), await socketTo(url)];
  halfway.write(request.slice(0, -5));
  for (const socket of [silent, halfway]) socket.resume();
  await post(url, '{}');

  const beganAt = Date.now();
  const stopped = stop();
  await until(() => isRefused(url), 'nobody new to be let in');
  for (const { socket, rest } of begun) socket.write(rest);
  const answers = await Promise.all(begun.map(({ answer }) => answer));
  const code = await stopped;

  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(code).toBe(0);
  expect(Date.now() - beganAt).toBeLessThan(10_000);
});

async function isRefused(url: string): Promise<boolean> {
  return socketTo(url).then(
    (socket) => {
      socket.destroy();
      return false;
    },
    () => true,
  );
}

test('a request that is no HTTP, or holds two lengths, harms nobody', async () => {
  const { url } = await aServer();
  const nonsense = [
    '\u0000\u0001\u0002\r\n\r\n',
    'POST /webhooks/booth HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
    `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(100_000)}\r\n\r\n`,
  ];

  for (const text of nonsense) {
    const socket = await socketTo(url);
    socket.write(text);
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (chunk) => resolve(chunk.toString()));
      socket.once('close', () => resolve('hung up'));
    });
    expect(answer).toMatch(/^(HTTP\/1.1 4|hung up)/);
  }

  expect(await post(url, delivery(aBooking({ id: 1 })))).toBe(200);
});
