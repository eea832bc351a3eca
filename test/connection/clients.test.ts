import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/load.ts';
import { createGhlClient } from '../../src/connection/ghl-client.ts';
import { addressOf, createHttpClient } from '../../src/connection/http-client.ts';
import type { ReadyRequest } from '../../src/model/request.ts';
import { createLimiter } from '../../src/connection/limiter.ts';
import type { Wire } from '../../src/connection/wire.ts';
import type { CallMade } from '../../src/connection/call-made.ts';
import type { Answer } from '../../src/model/answer.ts';
import type { Connection } from '../../src/model/connection.ts';
import { watchedClock } from '../support/clocks.ts';
import { startSource } from '../support/scripted-source.ts';

const base = 'https://api.test';
const catalog = createCatalog();
const operation = (id: string, part?: string) => catalog.operation(id, part)!;

let calls: CallMade[] = [];
beforeEach(() => {
  calls = [];
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

function aWire(wish: Partial<Connection> = {}, clock = watchedClock()): Wire {
  return {
    connection: {
      name: 'api',
      type: 'http',
      baseUrl: base,
      auth: { type: 'none' },
      timeoutMs: 5_000,
      ...wish,
    },
    limiter: createLimiter(undefined, clock),
    clock,
    stamp: clock.now,
    redact: (text) => text.replaceAll('s3cret', '***'),
    onCall: (call) => void calls.push(call),
  };
}

const ghl = (wish: Partial<Connection> = {}) =>
  createGhlClient(aWire({ type: 'ghl', location: 'loc1', auth: { type: 'bearer', token: 'pit' }, ...wish }));
const request = (wish: Partial<ReadyRequest> = {}): ReadyRequest => ({
  method: 'GET',
  route: '/rows',
  path: '/rows',
  query: {},
  headers: {},
  ...wish,
});

describe('a call of HighLevel', () => {
  test("bears the operation's Version, the token, and the location where the body wants it", async () => {
    nock(base, { reqheaders: { version: '2021-07-28', authorization: 'Bearer pit', 'content-type': /json/ } })
      .post('/contacts/', { email: 'ann@example.com', locationId: 'loc1' })
      .reply(201, { contact: { id: 'c1' } });

    const answer = await ghl().send(
      operation('create-contact'),
      { body: { email: 'ann@example.com' } },
      { priority: 0 },
    );

    expect(answer).toMatchObject({
      type: 'answered',
      ok: true,
      status: 201,
      body: { contact: { id: 'c1' } },
    });
  });

  test('of calendars bears another Version than one of contacts', async () => {
    nock(base, { reqheaders: { version: '2021-04-15' } })
      .post('/calendars/events/appointments')
      .reply(200, { id: 'a1' });

    const answer = await ghl().send(
      operation('create-appointment'),
      { body: { title: 'x' } },
      { priority: 0 },
    );

    expect(answer).toMatchObject({ ok: true });
  });

  test('has the location in its query or its path where it wants it there', async () => {
    nock(base)
      .get('/contacts/search/duplicate')
      .query({ locationId: 'loc1', email: 'a+b@example.com' })
      .reply(200, {});
    nock(base).get('/locations/loc1').reply(200, { location: {} });

    const duplicate = await ghl().send(
      operation('get-duplicate-contact'),
      { query: { email: 'a+b@example.com' } },
      { priority: 0 },
    );
    const location = await ghl().send(operation('get-location'), {}, { priority: 0 });

    expect([duplicate, location]).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('names no location where the operation refuses it', async () => {
    nock(base).put('/contacts/c1', { firstName: 'Ann' }).reply(200, {});

    const answer = await ghl().send(
      operation('update-contact'),
      { path: { contactId: 'c1' }, body: { firstName: 'Ann' } },
      { priority: 0 },
    );

    expect(answer).toMatchObject({ ok: true });
  });

  test('with a body on DELETE sends it', async () => {
    nock(base)
      .delete('/contacts/c1/tags', { tags: ['a'] })
      .reply(200, { tags: [] });

    const answer = await ghl().send(
      operation('remove-tags'),
      { path: { contactId: 'c1' }, body: { tags: ['a'] } },
      { priority: 0 },
    );

    expect(answer).toMatchObject({ ok: true });
  });

  test('escapes what stands in its path: an id leads nowhere else', async () => {
    nock(base).get('/contacts/..%2F..%2Fusers%3Fx').reply(200, {});

    const answer = await ghl().send(
      operation('get-contact'),
      { path: { contactId: '../../users?x' } },
      { priority: 0 },
    );

    expect(answer).toMatchObject({ ok: true });
  });

  test('is sent only after what must be durable is', async () => {
    let durable = false;
    let wasDurable = false;
    nock(base)
      .post('/contacts/')
      .reply(() => {
        wasDurable = durable;
        return [201, {}];
      });

    await ghl().send(
      operation('create-contact'),
      { body: {} },
      { priority: 0, before: () => Promise.resolve(void (durable = true)) },
    );

    expect(wasDurable).toBe(true);
  });

  test('is not sent at all where that fails', async () => {
    const scope = nock(base).post('/contacts/').reply(201, {});
    const before = () => Promise.reject(new Error('the store is full'));

    await expect(
      ghl().send(operation('create-contact'), { body: {} }, { priority: 0, before }),
    ).rejects.toThrow('the store is full');
    expect(scope.isDone()).toBe(false);
  });
});

describe("the API's words", () => {
  test.for([
    [400, { statusCode: 400, message: 'not good' }, 'not good'],
    [422, { message: ['a is odd', 'b is even'], error: 'Unprocessable Entity' }, 'a is odd; b is even'],
    [401, { error: 'unauthorized' }, 'unauthorized'],
    [400, { errors: [{ message: 'first' }, { message: 'second' }] }, 'first; second'],
    [500, 'plain words', 'plain words'],
    [503, '', 'status 503'],
    [400, { message: 'the token s3cret is wrong' }, 'the token *** is wrong'],
  ] as const)('%i %j', async ([status, body, message]) => {
    nock(base)
      .get('/contacts/c1')
      .reply(status, body as nock.Body);

    const answer = await ghl().send(operation('get-contact'), { path: { contactId: 'c1' } }, { priority: 0 });

    expect(answer).toMatchObject({ type: 'answered', ok: false, status, message });
  });

  test('are cut where they are endless', async () => {
    nock(base).get('/contacts/c1').reply(500, 'x'.repeat(100_000));

    const answer = await ghl().send(operation('get-contact'), { path: { contactId: 'c1' } }, { priority: 0 });

    expect(answer.message.length).toBeLessThanOrEqual(500);
  });
});

describe('what is no answer', () => {
  const send = (): Promise<Answer> =>
    ghl().send(operation('get-contact'), { path: { contactId: 'c1' } }, { priority: 0 });

  test('a page of HTML with status 200', async () => {
    nock(base).get('/contacts/c1').reply(200, '<html>log in</html>', { 'content-type': 'text/html' });

    expect(await send()).toMatchObject({ type: 'unanswered', reason: 'unreadable' });
    expect(calls).toMatchObject([{ status: 'unreadable' }]);
  });

  test('an empty body with a 2xx is one', async () => {
    nock(base).get('/contacts/c1').reply(204);

    expect(await send()).toMatchObject({ type: 'answered', ok: true, body: null });
  });

  test('a connection that breaks', async () => {
    nock(base)
      .get('/contacts/c1')
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));

    expect(await send()).toMatchObject({ type: 'unanswered', reason: 'network' });
  });

  test('a redirect is not followed: credentials stay where they belong', async () => {
    nock(base).get('/contacts/c1').reply(302, '', { location: 'https://elsewhere.test/' });

    expect(await send()).toMatchObject({
      type: 'answered',
      ok: false,
      status: 302,
      message: expect.stringContaining('elsewhere') as string,
    });
  });

  test('an answer that comes after the timeout, or never ends', async () => {
    nock.enableNetConnect();
    const source = await startSource();
    const wire = aWire({ baseUrl: source.url, timeoutMs: 60 });
    source.script(() => new Promise(() => undefined));

    const answer = await createHttpClient(wire).send(request(), 0);
    await source.close();

    expect(answer).toMatchObject({ type: 'unanswered', reason: 'timeout' });
  });

  test('nobody who listens', async () => {
    nock.enableNetConnect();
    const source = await startSource();
    await source.close();

    const answer = await createHttpClient(aWire({ baseUrl: source.url })).send(request(), 0);

    expect(answer).toMatchObject({
      type: 'unanswered',
      reason: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  test('a runner that stops: it was never sent', async () => {
    const wire = aWire();
    wire.limiter.stop();

    expect(await createHttpClient(wire).send(request(), 0)).toMatchObject({
      type: 'unanswered',
      reason: 'stopped',
    });
    expect(calls).toEqual([]);
  });
});

describe('a call of any REST API', () => {
  const send = (wish: Partial<Connection>, wanted: Partial<ReadyRequest> = {}) =>
    createHttpClient(aWire(wish)).send(request(wanted), 0);

  test('bears its credentials, wherever they go', async () => {
    nock(base, { reqheaders: { authorization: 'Bearer t' } })
      .get('/rows')
      .reply(200, {});
    nock(base).get('/rows').basicAuth({ user: 'u', pass: 'pä:ss' }).reply(200, {});
    nock(base, { reqheaders: { 'x-key': 'k' } })
      .get('/rows')
      .reply(200, {});
    nock(base).get('/rows').query({ key: 'k', page: '1' }).reply(200, {});
    nock(base).post('/rows', 'start=2026&key=k').reply(200, {});

    const answers = [
      await send({ auth: { type: 'bearer', token: 't' } }),
      await send({ auth: { type: 'basic', username: 'u', password: 'pä:ss' } }),
      await send({ auth: { type: 'header', fields: { 'x-key': 'k' } } }),
      await send({ auth: { type: 'query', fields: { key: 'k' } } }, { query: { page: 1 } }),
      await send(
        { auth: { type: 'form', fields: { key: 'k' } } },
        { method: 'POST', body: { type: 'form', fields: { start: '2026' } } },
      ),
    ];

    expect(answers.map((answer) => answer.type === 'answered' && answer.ok)).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  test('sends a list once for each element, and nothing for nothing', async () => {
    nock(base).get('/rows?tag=a&tag=b').reply(200, {});

    const answer = await send({}, { query: { tag: ['a', 'b'], none: undefined, empty: null } });

    expect(answer).toMatchObject({ ok: true });
  });

  test('keeps the path of its base URL', async () => {
    nock(base).get('/v2/rows').reply(200, {});

    expect(await send({ baseUrl: `${base}/v2` })).toMatchObject({ ok: true });
  });

  test('is failed by a 200 that `fails` calls an error', async () => {
    nock(base).get('/rows').reply(200, { result: 'error', message: 'no such account' });
    const fails: Connection['fails'] = (body) =>
      Promise.resolve((body as { result: string }).result === 'error');

    expect(await send({ fails })).toMatchObject({
      type: 'answered',
      ok: false,
      status: 200,
      message: 'no such account',
    });
  });

  test('never leaves its base URL', () => {
    for (const path of [
      'https://elsewhere.test/x',
      'http://api.test/x',
      'https://user@api.test/x',
      'https://api.test:444/x',
    ])
      expect(() => addressOf(base, path)).toThrow();
    expect(addressOf(base, '//elsewhere.test/x').origin).toBe(base);
    expect(addressOf(`${base}/v2`, '/rows?a=1').href).toBe(`${base}/v2/rows?a=1`);
  });
});

describe('what must be durable before a call', () => {
  const sendAfter = (before: (lateMs: number) => Promise<void>, clock: ReturnType<typeof watchedClock>) =>
    createGhlClient(aWire({ type: 'ghl', location: 'loc1' }, clock)).send(
      operation('create-contact'),
      { body: { email: 'ann@example.com' } },
      { priority: 0, before },
    );

  test('is done anew by a process that slept between it and the call', async () => {
    const scope = nock(base)
      .post('/contacts/')
      .reply(201, { contact: { id: 'c1' } });
    let slept = 0;
    let written = 0;
    const sleepOnce = () => {
      written += 1;
      slept = 60_000;
      return Promise.resolve();
    };

    const answer = await sendAfter(
      sleepOnce,
      watchedClock(1, () => slept),
    );

    expect(answer).toMatchObject({ type: 'answered', status: 201 });
    expect(written).toBe(2);
    expect(scope.isDone()).toBe(true);
  });

  test('and where that is refused, as another process works by now, nothing is sent', async () => {
    const scope = nock(base)
      .post('/contacts/')
      .reply(201, { contact: { id: 'c1' } });
    let slept = 0;
    const before = () => {
      if (slept > 0) return Promise.reject(new Error('another process took over'));
      slept = 60_000;
      return Promise.resolve();
    };

    const answer = sendAfter(
      before,
      watchedClock(1, () => slept),
    );

    await expect(answer).rejects.toThrow('took over');
    expect(scope.isDone()).toBe(false);
  });

  test('takes long in a slow store: the call is announced for as much later, and sent', async () => {
    const scope = nock(base)
      .post('/contacts/')
      .reply(201, { contact: { id: 'c1' } });
    const announced: number[] = [];
    let passed = 0;
    const slowly = (lateMs: number) => {
      announced.push(lateMs);
      passed += 4_000;
      return Promise.resolve();
    };

    const answer = await sendAfter(
      slowly,
      watchedClock(1, () => passed),
    );

    expect(answer).toMatchObject({ type: 'answered', status: 201 });
    expect(announced).toHaveLength(2);
    expect(announced[0]).toBe(0);
    expect(announced[1]).toBeGreaterThan(4_000);
    expect(scope.isDone()).toBe(true);
  });

  test('by one that sleeps each time: the call is not sent, and says so', async () => {
    const scope = nock(base)
      .post('/contacts/')
      .reply(201, { contact: { id: 'c1' } });
    let slept = 0;
    const before = () => Promise.resolve(void (slept += 60_000));

    const answer = await sendAfter(
      before,
      watchedClock(1, () => slept),
    );

    expect(answer).toMatchObject({ type: 'unanswered', reason: 'stopped' });
    expect(scope.isDone()).toBe(false);
  });
});
