import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aBooking } from '../support/a-config.ts';
import { commandJson, serving } from '../support/command.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const aWorld = worlds();
const TOKEN = 'server-t0ken-of-this-test';
const bearer = { authorization: `Bearer ${TOKEN}` };

interface Place {
  readonly url: string;
  readonly world: World;
}

async function aServer(token = TOKEN): Promise<Place> {
  const world = await aWorld({
    top: { server: { port: 0, token } },
    sync: {
      fields: { firstName: 'first_name', email: '$lowercase(email)', phone: '$e164(phone) & $error("no")' },
    },
  });
  const { url, stop } = await serving(world);
  onTestFinished(async () => {
    await stop();
  });
  return { url, world };
}

/** Whose mapping fails: a dead letter. */
async function aDeadLetter({ url, world }: Place): Promise<void> {
  const body = JSON.stringify({ type: 'booking.saved', data: aBooking({ id: 1, first_name: 'Ann' }) });
  await fetch(`${url}/webhooks/booth`, { method: 'POST', body });
  await until(async () => {
    const { json } = await commandJson(world, 'events', 'list');
    return (json as { state: string }[])[0]?.state === 'dead';
  }, 'the dead letter');
}

interface LogIn {
  readonly status: number;
  readonly cookie: string;
  readonly csrf: string;
  readonly setCookie: string;
}

async function logIn(url: string, token = TOKEN, headers: Record<string, string> = {}): Promise<LogIn> {
  const body = new URLSearchParams({ token });
  const response = await fetch(`${url}/login`, { method: 'POST', body, headers });
  const { csrf = '' } = (await response.json()) as { csrf?: string };
  const setCookie = response.headers.get('set-cookie') ?? '';
  return { status: response.status, cookie: setCookie.split(';')[0]!, csrf, setCookie };
}

const statusOf = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status;

test('the API answers what the commands print, to whoever bears the token', async () => {
  const place = await aServer();
  await aDeadLetter(place);
  const ask = async (path: string) => (await fetch(`${place.url}${path}`, { headers: bearer })).json();

  expect(await ask('/api/events')).toEqual((await commandJson(place.world, 'events', 'list')).json);
  expect(await ask('/api/events?state=all&limit=1')).toHaveLength(1);
  expect(await ask('/api/events?state=done')).toEqual([]);
  expect(await ask('/api/events/1')).toEqual((await commandJson(place.world, 'events', 'show', '1')).json);
  const status = (await commandJson(place.world, 'status')).json as object;
  expect(Object.keys((await ask('/api/status')) as object)).toEqual(Object.keys(status));
});

test('retry and discard do what the commands do', async () => {
  const place = await aServer();
  await aDeadLetter(place);
  const post = async (path: string) =>
    (await fetch(`${place.url}${path}`, { method: 'POST', headers: bearer })).json();

  expect(await post('/api/events/1/retry')).toEqual({ retried: 1, superseded: 0, notes: [] });
  await until(async () => {
    const events = (await (await fetch(`${place.url}/api/events`, { headers: bearer })).json()) as {
      state: string;
    }[];
    return events[0]?.state === 'dead';
  }, 'the dead letter again');
  expect(await post('/api/events/1/discard')).toEqual({ discarded: 1, notes: [] });
});

test('what is not there, or asked for wrongly, is told with a remedy', async () => {
  const { url } = await aServer();
  const ask = (path: string) => fetch(`${url}${path}`, { headers: bearer });
  const wrong = ['?state=odd', '?limit=0', '?limit=1e9', '?limit=x', '?since=yesterday'];

  for (const path of ['/api/events/99', '/api/events/x', '/api/events/delivery:7', "/api/events/1'--"])
    expect((await ask(path)).status).toBe(404);
  for (const query of wrong) {
    const response = await ask(`/api/events${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problems: [{ remedy: expect.any(String) as string }] });
  }
});

describe('nobody else comes in:', () => {
  const paths = ['/api/status', '/api/events', '/api/events/1', '/api/session'];
  const posts = ['/api/events/1/retry', '/api/events/1/discard', '/logout'];

  test('without the token, or with another', async () => {
    const { url } = await aServer();
    const odd = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN}x`,
      `bearer\t${TOKEN}`,
    ];

    for (const path of paths) expect(await statusOf(url + path)).toBe(401);
    for (const path of posts) expect(await statusOf(url + path, { method: 'POST' })).toBe(401);
    for (const authorization of odd)
      expect(await statusOf(`${url}/api/status`, { headers: { authorization } })).toBe(401);
    for (const query of [`?token=${TOKEN}`, `?authorization=Bearer ${TOKEN}`])
      expect(await statusOf(`${url}/api/status${query}`)).toBe(401);
    expect(await statusOf(`${url}/api/status`, { method: 'HEAD' })).toBe(401);
  });

  test('by ways around the path', async () => {
    const { url } = await aServer();

    for (const path of [
      '//api/status',
      '/api//status',
      '/API/status',
      '/api/status/',
      '/api/./events',
      '/healthz/../api/status',
      '/webhooks/..%2fapi/status',
      '/api%2fstatus',
      '/api/status%00',
    ])
      expect([400, 401, 404]).toContain(await statusOf(url + path));
  });

  test('where no token is set, not even on this machine; webhooks and health are served', async () => {
    const { url } = await aServer('');

    for (const path of paths) expect(await statusOf(url + path)).toBe(403);
    for (const headers of [bearer, { authorization: 'Bearer ' }, { host: 'localhost' }])
      expect(await statusOf(`${url}/api/status`, { headers })).toBe(403);
    expect((await logIn(url, '')).status).toBe(401);
    expect(await statusOf(`${url}/healthz`)).toBe(200);
    const body = JSON.stringify({ type: 'booking.saved', data: {} });
    expect(await statusOf(`${url}/webhooks/booth`, { method: 'POST', body })).toBe(200);
  });
});

describe('a login', () => {
  test('is a cookie that scripts and other sites do not get, and that TLS keeps to itself', async () => {
    const { url } = await aServer();

    const plain = await logIn(url);
    const behindTls = await logIn(url, TOKEN, { 'x-forwarded-proto': 'https' });

    expect(plain).toMatchObject({ status: 200, csrf: expect.stringMatching(/.{20}/) as string });
    expect(plain.setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(behindTls.setCookie).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    expect(await statusOf(`${url}/api/status`, { headers: { cookie: plain.cookie } })).toBe(200);
    expect(await statusOf(`${url}/api/status`, { headers: { cookie: `a=b; ${plain.cookie}; c=d` } })).toBe(
      200,
    );
    expect(await statusOf(`${url}/api/status`, { headers: { cookie: `${plain.cookie}x` } })).toBe(401);
  });

  test('changes nothing without the CSRF token, or from another site', async () => {
    const { url } = await aServer();
    const { cookie, csrf } = await logIn(url);
    const post = (headers: Record<string, string>) =>
      statusOf(`${url}/api/events/99/discard`, { method: 'POST', headers: { cookie, ...headers } });
    const session = await fetch(`${url}/api/session`, { headers: { cookie } });

    expect(await session.json()).toMatchObject({ csrf });
    expect(await post({})).toBe(403);
    expect(await post({ 'x-csrf-token': '' })).toBe(403);
    expect(await post({ 'x-csrf-token': (await logIn(url)).csrf })).toBe(403);
    expect(await post({ 'x-csrf-token': csrf, origin: 'https://evil.example' })).toBe(403);
    expect(await post({ 'x-csrf-token': csrf, origin: 'null' })).toBe(403);
    expect(await post({ 'x-csrf-token': csrf })).toBe(404);
    expect(await post({ 'x-csrf-token': csrf, origin: url })).toBe(404);
  });

  test('from another site is refused', async () => {
    const { url } = await aServer();

    expect(await logIn(url, TOKEN, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      cookie: '',
    });
    expect(await logIn(url, TOKEN, { origin: url })).toMatchObject({ status: 200 });
  });

  test('is guessed ten times a minute at most; who is in stays in', async () => {
    const { url } = await aServer();
    const { cookie } = await logIn(url);

    const statuses = [];
    for (let times = 0; times < 12; times++) statuses.push((await logIn(url, `guess ${times}`)).status);
    const right = await fetch(`${url}/login`, {
      method: 'POST',
      body: new URLSearchParams({ token: TOKEN }),
    });
    const bearers = await statusOf(`${url}/api/status`, { headers: bearer });

    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(bearers).toBe(429);
    expect(await statusOf(`${url}/api/status`, { headers: { cookie } })).toBe(200);
  });

  test('with any body at all is no crash', async () => {
    const { url } = await aServer();
    const json = { 'content-type': 'application/json' };
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '{"token":1}',
      '{"token":{"a":1}}',
      '{"__proto__":{"token":"x"}}',
      '"x"',
    ];

    for (const body of bodies)
      expect([401, 429]).toContain(await statusOf(`${url}/login`, { method: 'POST', body, headers: json }));
    const large = 'x'.repeat(10_000);
    expect(await statusOf(`${url}/login`, { method: 'POST', body: large, headers: json })).toBe(413);
  });
});

test('every answer tells the browser to trust nothing', async () => {
  const { url } = await aServer();

  for (const path of ['/healthz', '/readyz', '/api/status', '/login', '/nothing', '/webhooks/booth']) {
    const { headers } = await fetch(url + path, { headers: { 'x-forwarded-proto': 'https' } });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toContain('max-age');
  }
});

test('no answer of the API holds a secret of the config', async () => {
  const place = await aServer();
  await aDeadLetter(place);
  const texts = await Promise.all(
    ['/api/status', '/api/events?state=all', '/api/events/1', '/api/events/delivery:1'].map(async (path) =>
      (await fetch(place.url + path, { headers: bearer })).text(),
    ),
  );

  for (const text of texts) expect(text).not.toContain(place.world.env['GHL_TOKEN']);
});

test(
  'more connections than there may be, all of them slow: those who send something are served',
  { timeout: 60_000 },
  async () => {
    const { url } = await aServer();
    const { hostname, port } = new URL(url);
    const slow = Array.from({ length: 1_300 }, () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.on('connect', () =>
        socket.write('POST /webhooks/booth HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{'),
      );
      return socket;
    });
    onTestFinished(() => slow.forEach((socket) => socket.destroy()));
    await until(() => slow.filter(({ destroyed }) => destroyed).length >= 300, 'the first to be hung up on');

    const body = JSON.stringify({ type: 'booking.saved', data: aBooking({ id: 1 }) });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => statusOf(`${url}/webhooks/booth`, { method: 'POST', body })),
    );

    expect(statuses).toEqual(Array(20).fill(200));
  },
);
