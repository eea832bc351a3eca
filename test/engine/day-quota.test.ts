import { expect, test } from 'vitest';
import { createHttpClient } from '../../src/connection/http-client.ts';
import { createLimiter } from '../../src/connection/limiter.ts';
import { quotaToldIn } from '../../src/connection/quota-told.ts';
import { createDayQuota } from '../../src/engine/day-quota.ts';
import type { LaneState } from '../../src/store/lanes.ts';
import { manualClock } from '../support/clocks.ts';
import { aLane } from '../support/rows.ts';

const HOUR_MS = 3_600_000;

function aQuota({ before, start = '2026-05-01T10:00:00Z' }: { before?: LaneState; start?: string } = {}) {
  const clock = manualClock(Date.parse(start));
  let calls = 0;
  const limit = { requests: 100, perMs: 10_000, daily: 50 };
  const quota = createDayQuota({ limit, clock, before, calls: () => calls, outstanding: () => 0 });
  return { clock, quota, send: (count: number) => void (calls += count) };
}

const answer = (headers: Readonly<Record<string, string>>, status = 200) =>
  ({ type: 'answered', status, ok: status < 300, headers, body: null, message: '', sentAt: 0 }) as const;

test('where the API tells when its day ends, the day ends then: ours, too', async () => {
  const { clock, quota, send } = aQuota();
  send(50);
  quota.observe({ left: 0, until: clock.now() + HOUR_MS });

  const until = quota.usedUp()?.until;
  await clock.pass(HOUR_MS);

  expect(until).toBe(clock.now());
  expect([quota.usedUp(), quota.left()]).toEqual([undefined, 50]);
});

test('the end of its day is kept, and one that has passed is none', () => {
  const { clock, quota, send } = aQuota({ start: '2026-05-01T23:30:00Z' });
  send(50);
  quota.observe({ left: 0, until: clock.now() + HOUR_MS });
  const before = aLane(quota.state());

  const soon = aQuota({ before, start: '2026-05-02T00:20:00Z' }).quota;
  const later = aQuota({ before, start: '2026-05-02T00:31:00Z' }).quota;

  expect([soon.left(), later.left()]).toEqual([0, 50]);
});

test('an end that is put off with each answer is none: the day ends when it was first said to', async () => {
  const { clock, quota, send } = aQuota();
  const day = 24 * HOUR_MS;
  quota.observe({ left: 50, until: clock.now() + day });
  send(20);
  await clock.pass(day - HOUR_MS);
  quota.observe({ left: 30, until: clock.now() + day });
  const before = quota.left();

  await clock.pass(HOUR_MS);

  expect([before, quota.left()]).toEqual([30, 50]);
});

test('where others took the rest and nobody says when it comes back, one call an hour asks', async () => {
  const { clock, quota, send } = aQuota();
  send(10);
  quota.observe({ left: 0 });
  const left = [quota.left()];

  await clock.pass(HOUR_MS);
  left.push(quota.left());
  send(1);
  left.push(quota.left());
  quota.observe({ left: 0 });
  await clock.pass(HOUR_MS);
  send(1);
  quota.observe({ left: 30 });
  left.push(quota.left());

  expect(left).toEqual([0, 1, 0, 30]);
});

test('a new day of UTC is whole, where the API says nothing else', async () => {
  const { clock, quota, send } = aQuota();
  send(30);
  quota.observe({ left: 5 });
  const before = quota.left();

  await clock.pass(14 * HOUR_MS);

  expect([before, quota.left()]).toEqual([5, 50]);
});

test('the reset of a day is read as milliseconds from now, or as a time in seconds or milliseconds; nonsense is not', () => {
  const now = Date.parse('2026-05-01T10:00:00Z');
  const told = (reset: string) =>
    quotaToldIn(answer({ 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': reset }), now);

  const until = now + HOUR_MS;
  for (const reset of [String(HOUR_MS), String(until), String(until / 1000)])
    expect(told(reset)).toEqual({ left: 0, until });
  for (const reset of ['0', '-5', 'soon', String(now - 1), String(now + 100 * HOUR_MS)])
    expect(told(reset)).toEqual({ left: 0 });
});

test('a 429 closes where it asks for longer than a window', () => {
  const now = Date.parse('2026-05-01T10:00:00Z');

  expect(quotaToldIn(answer({ 'retry-after': '7200' }, 429), now)).toEqual({
    until: now + 2 * HOUR_MS,
    closes: true,
  });
  expect(quotaToldIn(answer({ 'retry-after': '10' }, 429), now)).toBeUndefined();
  expect(quotaToldIn(answer({ 'retry-after': '7200' }, 503), now)).toBeUndefined();
});

test('a call that may not be sent says until when, and that nobody needs to do anything', async () => {
  const { clock, quota, send } = aQuota();
  send(50);
  const client = createHttpClient({
    connection: {
      name: 'booth',
      type: 'http',
      baseUrl: 'http://127.0.0.1:1',
      auth: { type: 'none' },
      timeoutMs: 2_000,
    },
    limiter: createLimiter({ requests: 100, perMs: 10_000 }, clock, { left: quota.left }),
    clock,
    stamp: clock.now,
    redact: (text) => text,
    onCall: () => undefined,
    usedUp: quota.usedUp,
  });

  const answer = await client.send(
    { method: 'GET', route: '/rows', path: '/rows', query: {}, headers: {} },
    0,
  );

  expect(answer).toMatchObject({
    reason: 'stopped',
    message: "not sent: the day's quota of 50 calls is used up, until 2026-05-02T00:00:00.000Z",
    remedy: 'it goes on by itself when the quota comes back',
  });
});
