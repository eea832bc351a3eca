import { randomBytes } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, type Ended } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT_SECRET, oauthConfig, oauthWish, printedUrl } from '../support/oauth-world.ts';
import { until } from '../support/wait.ts';
import { worlds, type Process, type World } from '../support/world.ts';

const world = worlds();

const KEY = randomBytes(32).toString('base64');
const FORM_SECRET = 'form-s3cret-of-the-booth';
const WEBHOOK_SECRET = 'webhook-s3cret-of-the-booth';
const SERVER_TOKEN = 'server-t0ken-of-the-operator';

/** Everything that anyone on this machine, or in front of a log, may see of one run. */
interface Seen {
  readonly where: string;
  readonly text: string;
}

async function aWorld(top: object = {}): Promise<World> {
  const config = oauthConfig(await freePort(), {
    top: { server: { port: 0, token: SERVER_TOKEN }, log: { level: 'trace' }, ...top },
    booth: {
      auth: { type: 'form', fields: { secret: '${file:booth.secret}' } },
      webhook: { event: 'body.type', verify: { type: 'token', header: 'x-token', secret: WEBHOOK_SECRET } },
    },
    poll: { request: { method: 'POST', path: '/bookings', form: { since: '{{ $since }}' } } },
  });
  const here = await world(config, { oauth: oauthWish() });
  await writeFile(join(here.folder, 'booth.secret'), `${FORM_SECRET}\n`);
  await writeFile(join(here.folder, 'boothsync.key'), KEY, { mode: 0o600 });
  return here;
}

/** Arguments of every process of this machine, again and again until it is told to stop. */
function watchProcesses(): () => Promise<string> {
  const seen = new Set<string>();
  const state = { stopped: false };
  const watching = (async () => {
    while (!state.stopped) {
      for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)))
        seen.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    state.stopped = true;
    await watching;
    return [...seen].join('\n');
  };
}

async function storeText(here: World): Promise<string> {
  const files = (await readdir(here.folder)).filter((name) => name.startsWith('sync.db'));
  const texts = await Promise.all(files.map((name) => readFile(join(here.folder, name), 'latin1')));
  return texts.join('\n');
}

async function httpAnswers(serve: Process): Promise<string> {
  const find = () => /http:\/\/127\.0\.0\.1:\d+(?=[^\n]*listening)/.exec(serve.output())?.[0];
  await until(() => find() !== undefined || serve.child.exitCode !== null, `serve: ${serve.output()}`);
  const url = find()!;
  const texts: string[] = [];
  for (const path of ['/healthz', '/readyz', '/metrics', '/', '/nothing']) {
    const answer = await fetch(url + path);
    texts.push(JSON.stringify([...answer.headers]), await answer.text());
  }
  for (const token of ['guessed', WEBHOOK_SECRET]) {
    const body = JSON.stringify({ type: 'booking.created', data: { id: 9, email: 'eve@example.com' } });
    const answer = await fetch(`${url}/webhooks/booth`, {
      method: 'POST',
      body,
      headers: { 'x-token': token },
    });
    texts.push(await answer.text());
  }
  return texts.join('\n');
}

test('no secret of a run is in the store, a log at trace, JSON, an error, an HTTP answer or the process list', async () => {
  const here = await aWorld();
  here.source.rows([{ id: 1, email: 'ann@example.com' }]);
  const stopWatching = watchProcesses();
  const seen: Seen[] = [];
  const note = (where: string, ended: Ended) =>
    void seen.push(
      { where: `${where} stdout`, text: ended.stdout },
      { where: `${where} stderr`, text: ended.stderr },
    );

  const login = here.spawn('auth', 'login', 'ghl', '--log-level', 'trace');
  await fetch(await printedUrl(login));
  await login.ended;
  here.ghl.expireAccessTokens();
  note('run', await command(here, 'run', '--json', '--log-level', 'trace'));
  // The server's own words about a refresh, with the token in them; an API that echoes what it was sent.
  here.source.script(({ body }) => ({ status: 400, body: { message: `you sent ${body}` } }));
  note('a failed run', await command(here, 'run', '--log-level', 'trace'));
  const [, , lastRefresh = ''] = here.ghl
    .oauth()
    .issued()
    .filter((text) => text.startsWith('refresh-'))
    .reverse();
  here.ghl.expireAccessTokens();
  const body = {
    error: 'invalid_grant',
    error_description: `${here.ghl.oauth().issued().at(-1)!} ${lastRefresh}`,
  };
  here.ghl.fail({ kind: 'status', status: 400, body, times: null, match: { operation: 'get-access-token' } });
  note('a refused refresh', await command(here, 'auth', 'refresh', 'ghl', '--log-level', 'trace'));
  note('the same as JSON', await command(here, 'auth', 'refresh', 'ghl', '--json'));
  here.ghl.clearFaults();
  note('a login by code', await command(here, 'auth', 'login', 'ghl', '--code', 'code-guessed-by-somebody'));
  const serve = here.spawn('serve', '--log-level', 'trace');
  seen.push({ where: 'HTTP', text: await httpAnswers(serve) });
  for (const words of [['status'], ['auth', 'status'], ['events', 'list', '--state', 'all'], ['validate']]) {
    note(words.join(' '), await command(here, ...words));
    note(`${words.join(' ')} as JSON`, await command(here, ...words, '--json'));
  }
  await serve.kill();
  seen.push(
    { where: 'login', text: login.output() },
    { where: 'serve', text: serve.output() },
    { where: 'store', text: await storeText(here) },
    { where: 'processes', text: await stopWatching() },
  );

  const issued = here.ghl.oauth().issued();
  const secrets = [...issued, CLIENT_SECRET, FORM_SECRET, WEBHOOK_SECRET, SERVER_TOKEN, KEY, here.ghl.token];
  const found = seen.flatMap(({ where, text }) =>
    secrets
      .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      .filter((secret) => text.includes(secret))
      .map((secret) => `${where} holds ${secret}`),
  );
  expect(issued.length).toBeGreaterThanOrEqual(5);
  expect(found).toEqual([]);
}, 240_000);

test.each([
  ['masked', {}, false],
  ['shown where the config says so', { log: { personalData: 'show' } }, true],
])('emails and phone numbers in logs are %s', async (_, top, shown) => {
  const here = await aWorld(top);
  await command(here, 'auth', 'login', 'ghl', '--code', here.ghl.oauth().issueCode());
  here.source.rows([{ id: 1, email: 'ann@example.com' }]);
  const refused = { statusCode: 422, message: ['ann@example.com and +44 20 7946 0018 are taken'] };
  here.ghl.fail({
    kind: 'status',
    status: 422,
    body: refused,
    times: null,
    match: { operation: 'create-contact' },
  });

  const { stderr } = await command(here, 'run', '--log-level', 'trace');

  expect(stderr).toContain('are taken');
  expect(stderr.includes('ann@example.com')).toBe(shown);
  expect(stderr.includes('7946 0018')).toBe(shown);
});
