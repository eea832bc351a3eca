import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { command, commandJson, serving } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT_SECRET, oauthConfig, oauthWish } from '../support/oauth-world.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();
const aKey = () => randomBytes(32).toString('base64');
const withEnv = (here: World, env: Readonly<Record<string, string>>): World => ({
  ...here,
  env: { ...here.env, ...env },
});

async function loggedIn(key: string): Promise<World> {
  const poll = { every: '1s', request: { path: '/bookings' } };
  const config = oauthConfig(await freePort(), { top: { server: { port: 0 } }, poll });
  const bare = await world(config, { oauth: oauthWish() });
  const here = withEnv(bare, { BOOTHSYNC_KEY: key });
  const code = here.ghl.oauth().issueCode();
  expect(await command(here, 'auth', 'login', 'ghl', '--code', code)).toMatchObject({ code: 0 });
  return here;
}

test('a key is rotated under a running serve, which refreshes on; then only the new key opens', async () => {
  const [old, fresh] = [aKey(), aKey()];
  const here = await loggedIn(old);
  here.source.rows([{ id: 1, email: 'ann@example.com' }]);
  const serve = await serving(here);
  await until(() => here.ghl.contacts().length === 1, 'the first contact');

  const rotated = await commandJson(withEnv(here, { BOOTHSYNC_NEW_KEY: fresh }), 'auth', 'rotate-key');
  here.ghl.expireAccessTokens();
  here.source.rows([{ id: 2, email: 'joe@example.com' }]);
  await until(() => here.ghl.contacts().length === 2, 'the second contact, after a refresh');
  const stopped = await serve.stop();
  const withOld = await command(here, 'auth', 'refresh', 'ghl');
  const withNew = await command(withEnv(here, { BOOTHSYNC_KEY: fresh }), 'auth', 'refresh', 'ghl');

  expect(rotated).toMatchObject({ code: 0, json: { tokens: 1 } });
  expect(stopped).toBe(0);
  expect(withOld).toMatchObject({ code: 1, stderr: expect.stringContaining('BOOTHSYNC_KEY') as string });
  expect(withNew).toMatchObject({ code: 0 });
  expect(here.ghl.oauthCounts()).toEqual({ rotated: 2, reused: 0 });
});

test('without a running process nothing is handed over: the old key opens nothing', async () => {
  const [old, fresh] = [aKey(), aKey()];
  const here = await loggedIn(old);

  await command(withEnv(here, { BOOTHSYNC_NEW_KEY: fresh }), 'auth', 'rotate-key');
  const withOld = await command(here, 'auth', 'refresh', 'ghl');
  const again = await command(withEnv(here, { BOOTHSYNC_KEY: fresh }), 'auth', 'refresh', 'ghl');

  expect([withOld.code, again.code]).toEqual([1, 0]);
});

test('a key that was lost is got over by a logout and a login', async () => {
  const here = withEnv(await loggedIn(aKey()), { BOOTHSYNC_KEY: aKey() });

  const lost = await command(here, 'auth', 'refresh', 'ghl');
  await command(here, 'auth', 'logout', 'ghl');
  const login = await command(here, 'auth', 'login', 'ghl', '--code', here.ghl.oauth().issueCode());
  const refreshed = await command(here, 'auth', 'refresh', 'ghl');

  expect([lost.code, login.code, refreshed.code]).toEqual([1, 0, 0]);
});

test('rotate-key without a new key, and a key of another length, say what to do', async () => {
  const here = await loggedIn(aKey());

  const none = await command(here, 'auth', 'rotate-key');
  const short = await command(withEnv(here, { BOOTHSYNC_KEY: 'c2hvcnQ=' }), 'run');

  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('BOOTHSYNC_NEW_KEY') as string });
  expect(short).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('openssl rand -base64 32') as string,
  });
  expect(`${none.stderr}${short.stderr}`).not.toContain(CLIENT_SECRET);
});
