import { expect, test } from 'vitest';
import { askServer, refreshLeaseMs, type RequestContext } from '../../src/connection/oauth-request.ts';
import { systemClock } from '../../src/engine/system-clock.ts';

/** Where 20 s pass between question and answer. */
const slow = (type: 'http' | 'ghl'): RequestContext => ({
  connection: { name: 'crm', type, baseUrl: 'https://crm.example.com' },
  clock: {
    ...systemClock,
    after: (ms, run) => {
      if (ms <= 20_000) run();
      return () => undefined;
    },
  },
  redact: (text) => text.replaceAll('s3cret', '***'),
  learn: () => undefined,
  onCall: () => undefined,
});

test('an answer that takes 20 s is waited for where there may be no grace to ask again', async () => {
  const ask = (type: 'http' | 'ghl') =>
    askServer(
      slow(type),
      'get-access-token',
      (signal) =>
        signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve(new Response('{}')),
      (status) => status,
    );

  expect(await ask('http')).toBe(200);
  expect(await ask('ghl')).toEqual({ type: 'unknown', message: 'no answer within 8 s' });
});

test("nobody takes another process to be dead while it waits, and HighLevel's grace lasts longer than that", () => {
  expect(refreshLeaseMs('http')).toBeGreaterThan(30_000);
  expect(refreshLeaseMs('ghl')).toBeGreaterThan(8_000);
  expect(refreshLeaseMs('ghl')).toBeLessThan(25_000);
});
