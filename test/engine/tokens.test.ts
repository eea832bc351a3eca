import { expect, test } from 'vitest';
import type { ConfigWish } from '../support/a-config.ts';
import { command, commandJson } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { logIn, oauthConfig, oauthWish, writeKey } from '../support/oauth-world.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

async function loggedIn(wish: Parameters<typeof oauthWish>[0] = {}, config: ConfigWish = {}): Promise<World> {
  const here = await world(oauthConfig(await freePort(), config), { oauth: oauthWish(wish) });
  await writeKey(here);
  expect(await logIn(here)).toMatchObject({ code: 0 });
  return here;
}

const people = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ id, email: `person${id}@example.com`, updated_at: 1 }));

test('50 calls at once with a token that has ended take exactly one refresh', async () => {
  const here = await loggedIn();
  here.source.rows(people(50));
  const runner = await here.start();
  here.ghl.expireAccessTokens();

  await runner.pass();

  expect(here.ghl.contacts()).toHaveLength(50);
  expect(here.ghl.oauthCounts()).toEqual({ rotated: 1, reused: 0 });
  expect(runner.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a runner and commands that refresh at the same time use each refresh token once', async () => {
  const here = await loggedIn({ graceMs: 0 });
  here.source.rows(people(20));
  const runner = await here.start();
  here.ghl.expireAccessTokens();

  const ended = await Promise.all([
    runner.pass(),
    ...[1, 2, 3].map(() => command(here, 'auth', 'refresh', 'ghl')),
  ]);

  expect(ended.slice(1)).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ code: 0 }) as unknown),
  );
  expect(here.ghl.contacts()).toHaveLength(20);
  expect(here.ghl.oauthCounts().reused).toBe(0);
});

test('a token is refreshed ahead of its end: no call is refused', async () => {
  const here = await loggedIn({ lifetimeSeconds: 4 });
  const runner = await here.start();

  for (let round = 1; round <= 3; round++) {
    here.source.rows(
      people(3).map((one) => ({ ...one, first_name: `round ${round}`, updated_at: round + 1 })),
    );
    await runner.pass();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }

  expect(here.ghl.oauthCounts().rotated).toBeGreaterThanOrEqual(1);
  expect(here.ghl.calls.filter(({ status }) => status === 401)).toEqual([]);
  expect(here.ghl.contacts().map(({ firstName }) => firstName)).toEqual(Array(3).fill('round 3'));
});

test.each([
  [
    'a missing scope',
    {
      kind: 'status',
      status: 401,
      body: { statusCode: 401, message: 'The token is not authorized for this scope.' },
    },
  ],
  [
    'a wrong Version',
    { kind: 'status', status: 401, body: { statusCode: 401, message: 'version header is invalid' } },
  ],
  [
    'another location',
    {
      kind: 'status',
      status: 403,
      body: { statusCode: 403, message: 'The token does not have access to this location' },
    },
  ],
] as const)('%s is never answered with a refresh', async (what, fault) => {
  const here = await loggedIn();
  here.source.rows(people(4));
  const runner = await here.start({ mayLeaveWork: true });
  const faults = here.ghl.fail({ ...fault, times: null, match: { path: '/contacts' } });

  await runner.pass();
  const paused = runner.engine.lanes[0]!.paused();
  faults.remove();

  expect(here.ghl.oauthCounts().rotated).toBe(0);
  expect(paused?.remedy).toMatch(
    what === 'a missing scope' ? /scope/ : what === 'a wrong Version' ? /Version/ : /location/,
  );
});

test('a new token that is refused, too, is not refreshed again and again', async () => {
  const here = await loggedIn();
  here.source.rows(people(5));
  const runner = await here.start({ mayLeaveWork: true });
  const body = { statusCode: 401, message: 'Invalid JWT' };
  here.ghl.fail({ kind: 'status', status: 401, body, times: null, match: { path: '/contacts' } });

  await runner.pass();

  expect(here.ghl.oauthCounts().rotated).toBeLessThanOrEqual(2);
});

test('a refresh token that is refused pauses the lane at once, is told once, and kills nothing; a login ends it', async () => {
  const here = await loggedIn({ reconnect: false });
  here.source.rows(people(12));
  const runner = await here.start();
  here.ghl.expireAccessTokens();
  here.ghl.revokeRefreshTokens();

  await runner.pass();
  const paused = runner.engine.lanes[0]!.paused();
  const states = await runner.states();
  const errors = runner.log.lines.filter(({ level }) => level === 'error');
  const status = await commandJson(here, 'status');
  const asked = here.ghl.calls.filter(({ operation }) => operation === 'get-access-token').length;
  await logIn(here);
  await until(async () => (await runner.states()).every((state) => state === 'done'), 'all to be applied');

  expect(paused).toMatchObject({ remedy: 'boothsync auth login ghl' });
  expect(states).toEqual(Array(12).fill('pending'));
  expect(errors).toHaveLength(1);
  expect(errors[0]!.message).toContain('boothsync auth login ghl');
  expect(status).toMatchObject({
    code: 1,
    json: { logins: [{ state: 'trouble', remedy: 'boothsync auth login ghl' }] },
  });
  // One code, and one refresh: what is refused is not asked again.
  expect(asked).toBe(2);
});

test('an authorization server in trouble costs time, and no event', async () => {
  const here = await loggedIn();
  here.source.rows(people(3));
  const runner = await here.start();
  here.ghl.expireAccessTokens();
  here.ghl.fail({ kind: 'status', status: 503, times: 2, match: { operation: 'get-access-token' } });

  await runner.pass();
  await until(() => here.ghl.contacts().length === 3, 'all to be applied');

  expect(here.ghl.oauthCounts()).toEqual({ rotated: 1, reused: 0 });
});

test("a location's token that has ended is made anew from the company's, without a refresh", async () => {
  const here = await world(oauthConfig(await freePort()), { oauth: oauthWish() });
  await writeKey(here);
  here.ghl.chooseAtLogin({ userType: 'Company' });
  here.ghl.installApp(here.ghl.locationId);
  expect(await logIn(here)).toMatchObject({ code: 0 });
  here.source.rows(people(10));
  const runner = await here.start();
  for (const token of here.ghl.locationTokens()) here.ghl.revokeToken(token);

  await runner.pass();

  expect(here.ghl.contacts()).toHaveLength(10);
  expect(here.ghl.oauthCounts().rotated).toBe(0);
  expect(here.ghl.calls.filter(({ operation }) => operation === 'get-location-access-token')).toHaveLength(2);
});

test("HighLevel's INSTALL webhook wakes a connection whose location lacked the app", async () => {
  const webhook = {
    event: 'body.type',
    verify: { type: 'token', header: 'x-token', secret: 'webhook-s3cret' },
  };
  const here = await world(oauthConfig(await freePort(), { ghl: { webhook } }), { oauth: oauthWish() });
  await writeKey(here);
  here.ghl.chooseAtLogin({ userType: 'Company' });
  here.ghl.installApp(here.ghl.locationId);
  await logIn(here);
  here.source.rows(people(2));
  const runner = await here.start();
  here.ghl.installApp(here.ghl.locationId, false);
  for (const token of here.ghl.locationTokens()) here.ghl.revokeToken(token);
  await runner.pass();
  const trouble = runner.engine.tokens.get('ghl')!.trouble();
  const install = (headers: Readonly<Record<string, string>>) =>
    runner.webhook({ type: 'INSTALL', locationId: here.ghl.locationId }, { connection: 'ghl', headers });

  const forged = await install({ 'x-token': 'guessed' });
  here.ghl.installApp(here.ghl.locationId);
  const taken = await install({ 'x-token': 'webhook-s3cret' });
  await until(() => here.ghl.contacts().length === 2, 'all to be applied');
  await runner.idle();
  // UTF-8 may begin with a mark of its own.
  const raw = Buffer.from(`\ufeff${JSON.stringify({ type: 'INSTALL' })}`);
  const marked = await runner.webhooks.receive('ghl', {
    raw,
    headers: { 'x-token': 'webhook-s3cret' },
    query: {},
  });

  expect(marked.type).toBe('unwanted');
  expect(trouble?.kind).toBe('install');
  expect([forged.type, taken.type]).toEqual(['forged', 'unwanted']);
});
