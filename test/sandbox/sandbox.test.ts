import { expect, onTestFinished, test } from 'vitest';
import { describeSandbox } from '../../src/sandbox/describe-sandbox.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';

async function start(options?: SandboxOptions) {
  const sandbox = await startSandbox(options);
  onTestFinished(sandbox.close);
  return sandbox;
}

test('its environment reaches both', async () => {
  const { env } = await start({ bookings: 3, baseDate: '2026-06-01' });
  const body = new URLSearchParams({
    ...{ key: env['BOOTHBOOK_KEY'] ?? '', secret: env['BOOTHBOOK_SECRET'] ?? '' },
    ...{ start: '2026-01-01', end: '2027-12-31' },
  });

  const bookings = await fetch(`${env['BOOTHBOOK_URL'] ?? ''}/api/v1/get/bookings`, { method: 'POST', body });
  const calendar = await fetch(`${env['GHL_URL'] ?? ''}/calendars/${env['GHL_CALENDAR_ID'] ?? ''}`, {
    headers: { authorization: `Bearer ${env['GHL_TOKEN'] ?? ''}`, version: '2021-04-15' },
  });

  expect(await bookings.json()).toMatchObject({ total: 3 });
  expect(await calendar.json()).toMatchObject({ calendar: { locationId: env['GHL_LOCATION_ID'] } });
});

test('it is described by URLs and lines for a shell', async () => {
  const sandbox = await start({ ghl: { token: "it's" } });

  const lines = describeSandbox(sandbox).split('\n');

  expect(lines).toContain(`export GHL_URL=${sandbox.ghl.url}`);
  expect(lines).toContain(`export GHL_TOKEN='it'\\''s'`);
});

test('closing it breaks calls that hang, and frees the port', async () => {
  const sandbox = await startSandbox();
  sandbox.ghl.fail({ kind: 'hang' });
  const hanging = fetch(`${sandbox.ghl.url}/contacts/x`).then(
    () => 'answered',
    () => 'broken',
  );
  await expect.poll(() => sandbox.ghl.calls.length).toBe(1);

  await sandbox.close();

  expect(await hanging).toBe('broken');
  const port = Number(new URL(sandbox.ghl.url).port);
  const next = await start({ ghl: { port } });
  expect(next.ghl.url).toBe(sandbox.ghl.url);
});

test('latency delays each call', async () => {
  const { ghl } = await start({ ghl: { latencyMs: (call) => (call.method === 'GET' ? 60 : 0) } });

  const start_ = performance.now();
  await fetch(`${ghl.url}/contacts/x`);

  expect(performance.now() - start_).toBeGreaterThan(55);
});

test('without a socket it answers, resets and hangs all the same', async () => {
  const { ghl } = await start();
  const ask = (signal?: AbortSignal) => ghl.fetch('http://ghl/contacts/x', signal ? { signal } : {});

  expect((await ask()).status).toBe(401);
  ghl.fail({ kind: 'reset-before' });
  await expect(ask()).rejects.toThrow('fetch failed');
  ghl.fail({ kind: 'hang' });
  await expect(ask(AbortSignal.timeout(20))).rejects.toThrow('timeout');
});
