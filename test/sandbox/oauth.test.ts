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

test('a refresh token that was used more than 30 s ago fails', () => {
  let now = 0;
  const clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const { oauth } = createGhl({ clock });
  const { clientId, clientSecret, issueTokens, token, reused } = oauth();
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'refresh_token' };
  const { refreshToken } = issueTokens();
  const use = () => token({ ...form, refresh_token: refreshToken }).status;

  expect(use()).toBe(200);
  now = 30_000;
  expect(use()).toBe(200);
  now = 30_001;
  expect(use).toThrow('refused with 400');
  expect(reused()).toBe(1);
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
