import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { callGhl } from './call-ghl.ts';
import type { CallGhl } from './call-ghl.ts';

let ghl: RunningGhl;
let call: CallGhl;

beforeEach(async () => {
  ghl = await startGhl();
  call = callGhl(ghl);
});
afterEach(() => ghl.close());

const create = (email = 'a@example.com') => call('POST', '/contacts/', { locationId: ghl.locationId, email });

/** A call whose client gives up after `ms`. */
async function createFor(ms: number): Promise<string> {
  const response = fetch(`${ghl.url}/contacts/`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${ghl.token}`, version: '2021-07-28' },
      'content-type': 'application/json',
    },
    body: JSON.stringify({ locationId: ghl.locationId, email: 'a@example.com' }),
    signal: AbortSignal.timeout(ms),
  });
  return response.then(
    (got) => String(got.status),
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

test('status answers instead of the call, with its body and headers, and applies nothing', async () => {
  ghl.fail({ kind: 'status', status: 503, body: { message: 'busy' }, headers: { 'Retry-After': '2' } });

  const got = await create();
  const next = await create();

  expect([got.status, got.body, got.headers.get('retry-after')]).toEqual([503, { message: 'busy' }, '2']);
  expect(next.status).toBe(201);
});

test('status-after applies the call and answers otherwise', async () => {
  ghl.fail({ kind: 'status-after', status: 422 });

  const got = await create();

  expect(got.status).toBe(422);
  expect(ghl.contactByEmail('a@example.com')).toBeDefined();
});

test('reset-before breaks the connection and applies nothing; reset-after applies first', async () => {
  ghl.fail({ kind: 'reset-before' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(ghl.contacts()).toEqual([]);

  ghl.fail({ kind: 'reset-after' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(ghl.contacts()).toHaveLength(1);
});

test('hang never answers and applies nothing; hang-after applies', async () => {
  ghl.fail({ kind: 'hang' });
  expect(await createFor(50)).toBe('TimeoutError');
  expect(ghl.contacts()).toEqual([]);

  ghl.fail({ kind: 'hang-after' });
  expect(await createFor(50)).toBe('TimeoutError');
  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.calls.map((one) => one.status)).toEqual([null, null]);
});

test('slow lands late, also when its client has given up', async () => {
  ghl.fail({ kind: 'slow', delayMs: 120 });

  expect(await createFor(40)).toBe('TimeoutError');
  expect(ghl.contacts()).toEqual([]);
  await expect.poll(() => ghl.contacts().length).toBe(1);
});

test('slow-after applies at once and answers late', async () => {
  ghl.fail({ kind: 'slow-after', delayMs: 60 });

  const answer = create();
  await expect.poll(() => ghl.contacts().length, { interval: 5 }).toBe(1);
  expect(ghl.calls[0]?.status).toBeNull();
  expect((await answer).status).toBe(201);
});

test('html answers 200 with a page', async () => {
  ghl.fail({ kind: 'html' });

  const got = await create();

  expect([got.status, got.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(got.text).toContain('<html>');
  expect(ghl.contacts()).toEqual([]);
});

describe('which calls a fault befalls', () => {
  test('those of its method, path and operation only, as often as it says', async () => {
    const fault = ghl.fail({
      match: { method: 'POST', path: /^\/contacts\/$/, operation: 'create-contact' },
      times: 2,
      ...{ kind: 'status', status: 500 },
    });

    const other = await call('GET', `/locations/${ghl.locationId}`);
    const statuses = [(await create()).status, (await create()).status, (await create()).status];

    expect(other.status).toBe(200);
    expect(statuses).toEqual([500, 500, 201]);
    expect(fault.used()).toBe(2);
  });

  test('those that bear a text, after letting some pass', async () => {
    ghl.fail({ match: { bodyIncludes: 'bad@' }, skip: 1, kind: 'status', status: 500, times: Infinity });

    const statuses = [];
    for (const email of ['bad@x.com', 'good@x.com', 'bad@y.com', 'bad@z.com']) {
      statuses.push((await create(email)).status);
    }

    expect(statuses).toEqual([201, 201, 500, 500]);
  });

  test('with a chance that the seed decides', async () => {
    ghl.fail({ chance: 0.5, kind: 'status', status: 500, times: Infinity });

    const answers = await Promise.all(Array.from({ length: 60 }, () => call('GET', '/contacts/x')));

    const struck = answers.filter((got) => got.status === 500).length;
    expect(struck).toBeGreaterThan(10);
    expect(struck).toBeLessThan(50);
  });

  test('until it is removed; calls that fail count for the limit', async () => {
    const fault = ghl.fail({ kind: 'status', status: 502, times: Infinity });

    const struck = await create();
    fault.remove();
    const next = await create();

    expect([struck.status, next.status]).toEqual([502, 201]);
    expect(next.headers.get('x-ratelimit-remaining')).toBe('98');
  });
});

describe('over HTTP, for another process', () => {
  const control = async (method: string, name: string, body?: unknown) => {
    const response = await fetch(`${ghl.url}/_sandbox/${name}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test('faults, calls, state, settings and reset need no token and use no budget', async () => {
    await control('POST', 'faults', { kind: 'status', status: 500, match: { pathPattern: '^/contacts/$' } });
    const struck = await create();
    await create();
    const calls = await control('GET', 'calls?since=1');
    const state = await control('GET', 'state');
    await control('POST', 'settings', { limit: { requests: 3 } });
    const limited = [await create('b@example.com'), await create('c@example.com')];
    await control('POST', 'reset');

    expect(struck.status).toBe(500);
    expect(calls.body['calls']).toMatchObject([{ operation: 'create-contact', status: 201 }]);
    expect(state.body['locations']).toMatchObject([{ contacts: [{ email: 'a@example.com' }] }]);
    expect(limited.map((got) => got.status)).toEqual([201, 429]);
    expect([ghl.contacts().length, ghl.calls.length, ghl.settings().limit.requests]).toEqual([0, 0, 100]);
  });

  test('a person acts by the name of a method', async () => {
    const { id } = ghl.addContact({ email: 'a@example.com' });

    await control('POST', 'do', { call: 'setTags', args: [id, ['By Hand']] });
    const read = await control('POST', 'do', { call: 'contactByEmail', args: ['a@example.com'] });

    expect(read.body['result']).toMatchObject({ tags: ['by hand'] });
  });

  test('nonsense is answered 400', async () => {
    const answers = await Promise.all([
      control('POST', 'faults', { kind: 'flood' }),
      control('POST', 'settings', { speed: 1 }),
      control('POST', 'do', { call: 'nothing' }),
      control('GET', 'nothing'),
    ]);

    expect(answers.map((got) => got.status)).toEqual([400, 400, 400, 400]);
  });
});

test('the same seed gives the same ids, without a socket too', async () => {
  const ids = [];
  for (let round = 0; round < 2; round++) {
    const twin = await startGhl({ seed: 7 });
    ids.push(twin.addContact({ email: 'a@example.com' }).id);
    await twin.close();
  }

  expect(ids[0]).toBe(ids[1]);
});
