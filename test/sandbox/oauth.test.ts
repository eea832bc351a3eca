import { expect, test } from 'vitest';
import { createGhl } from '../../src/sandbox/ghl/ghl.ts';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();

async function token(form: Readonly<Record<string, string>>) {
  const { clientId, clientSecret } = ghl().oauth();
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...form });
  const response = await fetch(`${ghl().url}/oauth/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}
const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });

test('a code is good once and gives a token that works', async () => {
  const code = ghl().oauth().issueCode();

  const first = await token({ grant_type: 'authorization_code', code });
  const second = await token({ grant_type: 'authorization_code', code });
  const used = await call('GET', `/locations/${ghl().locationId}`, undefined, {
    authorization: `Bearer ${first.body['access_token'] ?? ''}`,
  });

  expect(first.body).toMatchObject({
    ...{ token_type: 'Bearer', expires_in: 86_399, userType: 'Location', locationId: ghl().locationId },
  });
  expect([second.status, used.status]).toEqual([400, 200]);
});

test('each refresh gives a new refresh token, the same one to concurrent callers', async () => {
  const { refreshToken } = ghl().oauth().issueTokens();

  const [one, other] = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);

  expect(one.body['refresh_token']).not.toBe(refreshToken);
  expect(other.body['refresh_token']).toBe(one.body['refresh_token']);
});

test('a refresh token that was used more than 30 s ago fails', async () => {
  let now = 0;
  const clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const ghl = createGhl({ clock });
  const { clientId, clientSecret, issueTokens, reused } = ghl.oauth();
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token' };
  const { refreshToken } = issueTokens();
  const use = async () => {
    const body = new URLSearchParams({ ...form, refresh_token: refreshToken });
    return (await ghl.fetch('http://ghl/oauth/token', { method: 'POST', body })).status;
  };

  const statuses = [await use()];
  now = 30_000;
  statuses.push(await use());
  now = 30_001;
  statuses.push(await use());

  expect(statuses).toEqual([200, 200, 400]);
  expect(reused()).toBe(1);
});

test('the authorize page sends the browser back with a code and the state', async () => {
  const { clientId } = ghl().oauth();
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, state: 'abc' },
    redirect_uri: 'http://localhost:9/callback',
  });

  const page = await fetch(`${ghl().url}/v2/oauth/chooselocation?${query.toString()}`, {
    redirect: 'manual',
  });
  const back = new URL(page.headers.get('location') ?? '');
  const code = back.searchParams.get('code') ?? '';
  const elsewhere = await token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: 'http://evil.example',
  });

  expect([page.status, back.origin, back.searchParams.get('state')]).toEqual([
    302,
    'http://localhost:9',
    'abc',
  ]);
  expect(elsewhere.status).toBe(400);
});

test("a company's token makes tokens for locations that have the app, and opens none itself", async () => {
  ghl().chooseAtLogin({ userType: 'Company' });
  const { clientId } = ghl().oauth();
  const redirect = 'http://localhost:9/callback';
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirect });
  const page = await fetch(`${ghl().url}/v2/oauth/chooselocation?${query.toString()}`, {
    redirect: 'manual',
  });
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const company = (await token({ grant_type: 'authorization_code', code, redirect_uri: redirect })).body;
  const make = async (headers: Readonly<Record<string, string>> = { version: '2021-07-28' }) => {
    const body = new URLSearchParams({ companyId: company['companyId']!, locationId: ghl().locationId });
    const bearer = { authorization: `Bearer ${company['access_token']!}`, ...headers };
    const response = await fetch(`${ghl().url}/oauth/locationToken`, {
      method: 'POST',
      body,
      headers: bearer,
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  const before = await make();
  ghl().installApp(ghl().locationId);
  const after = await make();
  const unversioned = await make({});
  const read = (bearer: string) =>
    call('GET', `/locations/${ghl().locationId}`, undefined, { authorization: `Bearer ${bearer}` });

  expect(company).toMatchObject({ userType: 'Company' });
  expect([before.status, after.status, unversioned.status]).toEqual([400, 201, 401]);
  expect((await read(after.body['access_token']!)).status).toBe(200);
  expect((await read(company['access_token']!)).status).toBe(401);
});

test('who lost tokens gets a code for new ones by id and secret of the app', async () => {
  const { clientId, clientSecret } = ghl().oauth();
  const ask = (clientKey: string) =>
    call('POST', '/oauth/reconnect', { clientKey, clientSecret, locationId: ghl().locationId });

  const answer = await ask(clientId);
  const stranger = await ask('somebody-else');
  const fresh = await token({
    grant_type: 'authorization_code',
    code: String(answer.body['authorizationCode']),
  });

  expect([answer.status, stranger.status, fresh.status]).toEqual([200, 401, 200]);
});

test('JSON is no form, and a wrong secret is answered 401', async () => {
  const json = await call('POST', '/oauth/token', { grant_type: 'refresh_token' });
  const wrong = await token({ client_secret: 'nope', grant_type: 'refresh_token', refresh_token: 'x' });

  expect([json.status, wrong.status]).toEqual([422, 401]);
});

test('expired access tokens are answered 401 until refreshed', async () => {
  const { accessToken, refreshToken } = ghl().oauth().issueTokens();
  const read = (access: string) =>
    call('GET', `/locations/${ghl().locationId}`, undefined, { authorization: `Bearer ${access}` });

  const before = await read(accessToken);
  ghl().expireAccessTokens();
  const after = await read(accessToken);
  const renewed = await read((await refresh(refreshToken)).body['access_token'] ?? '');

  expect([before.status, after.status, renewed.status]).toEqual([200, 401, 200]);
});
