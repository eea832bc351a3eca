import { afterEach, expect, test } from 'vitest';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { createGhl } from '../../src/sandbox/ghl/ghl.ts';
import { callGhl } from './call-ghl.ts';

let ghl: RunningGhl | undefined;
afterEach(() => ghl?.close());

async function start(options: Parameters<typeof startGhl>[0]) {
  ghl = await startGhl(options);
  return { ghl, call: callGhl(ghl) };
}

test('every answer bears the five headers', async () => {
  const { call } = await start({});

  const got = await call('GET', '/nothing');

  const headers = Object.fromEntries([...got.headers].filter(([name]) => name.startsWith('x-ratelimit')));
  expect(headers).toEqual({
    'x-ratelimit-limit-daily': '200000',
    'x-ratelimit-daily-remaining': '199999',
    'x-ratelimit-interval-milliseconds': '10000',
    'x-ratelimit-max': '100',
    'x-ratelimit-remaining': '99',
  });
});

test('the window slides: a slot comes back exactly `perMs` after its own arrival', async () => {
  let now = 0;
  const clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const simulated = createGhl({ clock, limit: { requests: 2, perMs: 1_000 } });
  const callAt = async (ms: number) => {
    now = ms;
    const headers = { authorization: `Bearer ${simulated.token}`, version: '2021-07-28' };
    const response = await simulated.fetch('http://ghl/contacts/x', { headers });
    return response.status;
  };

  const statuses = [];
  for (const ms of [0, 900, 950, 999, 1_000, 1_100, 1_899, 1_900]) statuses.push(await callAt(ms));

  expect(statuses).toEqual([400, 400, 429, 429, 400, 429, 429, 400]);
  expect(simulated.violations()).toBe(4);
});

test('calls over the limit are answered 429 and counted as violations', async () => {
  const { ghl, call } = await start({ limit: { requests: 5 } });

  const answers = await Promise.all(Array.from({ length: 8 }, () => call('GET', '/contacts/x')));

  expect(answers.filter((got) => got.status === 429)).toHaveLength(3);
  expect(ghl.violations()).toBe(3);
  expect(ghl.maxInWindow(10_000)).toBe(8);
});

test('another user of the app lowers what remains', async () => {
  const { ghl, call } = await start({ limit: { othersUse: 90 } });
  ghl.consume(8);

  const first = await call('GET', '/contacts/x');
  const second = await call('GET', '/contacts/x');
  const third = await call('GET', '/contacts/x');

  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  expect([second.status, third.status]).toEqual([400, 429]);
});

test('the daily quota ends calls too', async () => {
  const { call } = await start({ limit: { daily: 1 } });

  const first = await call('GET', '/contacts/x');
  const second = await call('GET', '/contacts/x');

  expect(first.headers.get('x-ratelimit-daily-remaining')).toBe('0');
  expect(second.status).toBe(429);
});

test('calls with a bad token use no budget', async () => {
  const { call } = await start({ limit: { requests: 1 } });

  await call('GET', '/contacts/x', undefined, { authorization: 'Bearer nope' });
  const got = await call('GET', '/contacts/x');

  expect(got.status).toBe(400);
});

test('maxInWindow finds the busiest window, and clear forgets calls but not the budget', async () => {
  const { ghl, call } = await start({ limit: { requests: 3 } });
  await Promise.all([call('GET', '/contacts/x'), call('GET', '/contacts/y')]);

  expect(ghl.maxInWindow(60_000)).toBe(2);
  ghl.clear();
  const got = await call('GET', '/contacts/x');

  expect(ghl.calls).toHaveLength(1);
  expect(got.headers.get('x-ratelimit-remaining')).toBe('0');
});
