import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { commandJson } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT_SECRET, logIn, writeKey } from '../support/oauth-world.ts';
import type { Script } from '../support/scripted-source.ts';
import { worlds, type World } from '../support/world.ts';

const world = worlds();

/** An API whose refresh tokens work once, with no grace: a second use ends everything, as RFC 9700 advises. */
function strictApi(clientAuth: 'post' | 'basic') {
  const state = { code: '', challenge: '', access: '', refresh: '', reused: 0, refreshes: 0, lives: 3600 };
  const used = new Set<string>();

  function grant() {
    Object.assign(state, { access: `at-${randomUUID()}`, refresh: `rt-${randomUUID()}` });
    const tokens = { access_token: state.access, refresh_token: state.refresh };
    return { body: { token_type: 'bearer', expires_in: state.lives, scope: 'read', ...tokens } };
  }

  const refuse = (error: string, status = 400) => ({ status, body: { error } });

  function isClient(form: URLSearchParams, authorization: unknown): boolean {
    const basic = `Basic ${Buffer.from(`app:${CLIENT_SECRET}`).toString('base64')}`;
    if (clientAuth === 'basic') return authorization === basic && !form.has('client_secret');
    return form.get('client_id') === 'app' && form.get('client_secret') === CLIENT_SECRET;
  }

  function token(form: URLSearchParams) {
    if (form.get('grant_type') === 'authorization_code') {
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      return form.get('code') === state.code && proof === state.challenge ? grant() : refuse('invalid_grant');
    }
    const refresh = form.get('refresh_token') ?? '';
    if (used.has(refresh)) state.reused += 1;
    if (refresh !== state.refresh) return refuse('invalid_grant');
    used.add(refresh);
    state.refreshes += 1;
    return grant();
  }

  const script: Script = (call) => {
    if (call.path === '/authorize') {
      Object.assign(state, { code: randomUUID(), challenge: call.query['code_challenge'] ?? '' });
      const back = new URL(call.query['redirect_uri'] ?? '');
      back.searchParams.set('code', state.code);
      back.searchParams.set('state', call.query['state'] ?? '');
      return { status: 302, headers: { location: back.href }, body: '' };
    }
    const form = new URLSearchParams(call.body);
    if (call.path === '/token')
      return isClient(form, call.headers['authorization']) ? token(form) : refuse('invalid_client', 401);
    if (call.headers['authorization'] !== `Bearer ${state.access}`)
      return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' }, body: {} };
    return { body: { data: [{ id: 1, email: 'ann@example.com' }] } };
  };
  return { script, state };
}

async function aWorld(clientAuth: 'post' | 'basic', auth: object = {}): Promise<World> {
  const here = await world({
    booth: {
      auth: {
        ...{ type: 'oauth', clientId: 'app', clientSecret: CLIENT_SECRET, scopes: ['read'], clientAuth },
        redirectUri: `http://127.0.0.1:${await freePort()}/back`,
        authorizeUrl: '${SOURCE_URL}/authorize',
        tokenUrl: '${SOURCE_URL}/token',
        ...auth,
      },
    },
  });
  await writeKey(here);
  return here;
}

test.each(['post', 'basic'] as const)(
  'any API: a login with PKCE, and one refresh where its token has ended (client secret by %s)',
  async (clientAuth) => {
    const here = await aWorld(clientAuth);
    const { script, state } = strictApi(clientAuth);
    here.source.script(script);

    const login = await logIn(here, 'booth');
    const first = await commandJson(here, 'run');
    state.access = 'another one by now';
    const second = await commandJson(here, 'run', '--full');

    expect(login.code).toBe(0);
    expect(first).toMatchObject({ code: 0, json: { events: { done: 1 } } });
    expect(second).toMatchObject({ code: 0 });
    expect(state).toMatchObject({ refreshes: 1, reused: 0 });
  },
);

test('a poll without a login fails, and says how to log in', async () => {
  const here = await aWorld('post');
  here.source.script(strictApi('post').script);

  const run = here.spawn('run');

  expect(await run.ended).toMatchObject({ code: 1 });
  expect(run.output()).toContain('boothsync auth login booth');
});

test('a secret of the app that is refused is told from a login that has ended', async () => {
  const here = await aWorld('post');
  const { script, state } = strictApi('basic');
  here.source.script(script);

  const login = await logIn(here, 'booth');

  expect(login).toMatchObject({ code: 1, output: expect.stringContaining('clientSecret') as string });
  expect(login.output).not.toContain(CLIENT_SECRET);
  expect(state.refreshes).toBe(0);
});
