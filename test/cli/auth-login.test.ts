import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, commandJson } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { logIn, oauthConfig, oauthWish, printedUrl, writeKey } from '../support/oauth-world.ts';
import { until } from '../support/wait.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

async function aWorld(
  wish: Parameters<typeof oauthWish>[0] = {},
  config: Parameters<typeof oauthConfig>[1] = {},
): Promise<World> {
  const made = await world(oauthConfig(await freePort(), config), { oauth: oauthWish(wish) });
  await writeKey(made);
  return made;
}

const ann = { id: 1, email: 'ann@example.com' };

test('a login by the browser is kept, and the runner works with it', async () => {
  const here = await aWorld();
  here.source.rows([ann]);

  const login = await logIn(here);
  const run = await commandJson(here, 'run');
  const status = await commandJson(here, 'auth', 'status');

  expect(login).toMatchObject({
    code: 0,
    output: expect.stringContaining('logged in: connection ghl') as string,
  });
  expect(run).toMatchObject({ code: 0, json: { events: { done: 1 } } });
  expect(here.ghl.contacts()).toHaveLength(1);
  expect(status).toMatchObject({ code: 0, json: { logins: [{ connection: 'ghl', state: 'logged in' }] } });
});

test('a browser that comes with the state of another login is turned away', async () => {
  const here = await aWorld();
  const login = here.spawn('auth', 'login', 'ghl');
  const url = new URL(await printedUrl(login));
  const callback = url.searchParams.get('redirect_uri') ?? '';

  const forged = await fetch(`${callback}?code=${here.ghl.oauth().issueCode()}&state=guessed`);
  const stateless = await fetch(`${callback}?code=${here.ghl.oauth().issueCode()}`);
  await fetch(url);

  expect([forged.status, stateless.status]).toEqual([400, 400]);
  expect(await login.ended).toMatchObject({ code: 0 });
});

test('without a place to listen at, the address is printed, and another command ends the login', async () => {
  const here = await aWorld();
  const config = JSON.parse(await readFile(here.configPath, 'utf8')) as {
    connections: { ghl: { auth: { redirectUri: string } } };
  };
  config.connections.ghl.auth.redirectUri = 'https://booths.example/callback';
  await here.writeConfig({ ghl: config.connections.ghl });

  const begun = await commandJson(here, 'auth', 'login', 'ghl');
  const { url } = begun.json as { url: string };
  const page = await fetch(url, { redirect: 'manual' });
  const returned = page.headers.get('location') ?? '';
  const forged = await command(
    here,
    'auth',
    'login',
    'ghl',
    '--code',
    returned.replace(/state=[^&]+/, 'state=guessed'),
  );
  const ended = await commandJson(here, 'auth', 'login', 'ghl', '--code', returned);

  expect(begun.code).toBe(1);
  expect(forged).toMatchObject({ code: 1, stderr: expect.stringContaining('another login') as string });
  expect(ended).toMatchObject({ code: 0, json: { connection: 'ghl', state: 'logged in' } });
});

test('a login for another location than the config names is refused', async () => {
  const here = await aWorld();
  here.ghl.addLocation({ locationId: 'elsewhere' });

  const ended = await command(
    here,
    'auth',
    'login',
    'ghl',
    '--code',
    here.ghl.oauth().issueCode('elsewhere'),
  );

  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain('elsewhere');
});

test("a company's login makes the location's token; without the app there, it waits for its install", async () => {
  const here = await aWorld();
  here.source.rows([ann]);
  here.ghl.chooseAtLogin({ userType: 'Company' });

  const refused = await logIn(here);
  here.ghl.installApp(here.ghl.locationId);
  const login = await logIn(here);
  const run = await commandJson(here, 'run');

  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('not installed') as string });
  expect(login).toMatchObject({ code: 0 });
  expect(run).toMatchObject({ code: 0, json: { events: { done: 1 } } });
});

test('nobody logged in: the lane pauses and says what to do, nothing dies, and a login beside the runner ends it', async () => {
  const here = await aWorld();
  here.source.rows([ann]);
  const runner = await here.start();

  await runner.pass();
  const paused = runner.engine.lanes[0]!.paused();
  const waiting = await runner.states();
  const login = await logIn(here);
  await until(async () => (await runner.states()).join() === 'done', 'the event to be applied');

  expect(paused).toMatchObject({ remedy: 'boothsync auth login ghl' });
  expect(waiting).toEqual(['pending']);
  expect(login.code).toBe(0);
  expect(runner.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
});

test('logout ends the work of a runner beside it', async () => {
  const here = await aWorld();
  await logIn(here);
  const runner = await here.start();

  const logout = await command(here, 'auth', 'logout', 'ghl');
  await until(() => runner.engine.tokens.get('ghl')!.trouble() !== undefined, 'the runner to see it');
  const status = await commandJson(here, 'status');

  expect(logout.code).toBe(0);
  expect(status).toMatchObject({ code: 1, json: { logins: [{ state: 'logged out' }] } });
});

test('without a key nothing is begun, and a key that others may read is refused', async () => {
  const here = await world(oauthConfig(await freePort()), { oauth: oauthWish() });

  const none = await command(here, 'auth', 'login', 'ghl');
  await writeKey(here);
  const { chmod } = await import('node:fs/promises');
  await chmod(join(here.folder, 'boothsync.key'), 0o644);
  const open = await command(here, 'auth', 'login', 'ghl');

  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('BOOTHSYNC_KEY') as string });
  expect(open).toMatchObject({ code: 1, stderr: expect.stringContaining('chmod 600') as string });
});
