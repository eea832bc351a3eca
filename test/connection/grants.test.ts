import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOAuthServer } from '../../src/connection/oauth-server.ts';
import type { Grant } from '../../src/connection/oauth-request.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { createRedactor } from '../../src/model/redactor.ts';

const SECRET = 'client-s3cret-of-the-app';

/** What a refresh comes to where the server answers so. */
async function refreshed(answer: (response: ServerResponse) => void): Promise<Grant> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { redact, learn } = createRedactor([SECRET]);
  const context = {
    connection: { name: 'crm', type: 'http', baseUrl: url } as const,
    clock: systemClock,
    redact,
    learn,
    onCall: () => undefined,
  };
  const auth = {
    type: 'oauth',
    clientId: 'app',
    clientSecret: SECRET,
    redirectUri: 'http://localhost:8976/callback',
    scopes: [],
    authorizeUrl: url,
    tokenUrl: url,
    clientAuth: 'post',
  } as const;
  return createOAuthServer(context, auth).refresh('refresh-1');
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const PAIR = { access_token: 'access-2', refresh_token: 'refresh-2' };

describe('a pair is kept, however the server tells it, as the old one is spent:', () => {
  test.each([
    ['without a type', PAIR],
    [
      'with nulls for what is not there',
      { ...PAIR, token_type: null, scope: null, expires_in: null, id_token: null },
    ],
    ['with an empty scope and end', { ...PAIR, token_type: 'bearer', scope: '', expires_in: '' }],
    ['with an end of 0', { ...PAIR, expires_in: 0 }],
    ['with an end that has passed', { ...PAIR, expires_in: -1 }],
  ])('%s', async (_, body) => {
    expect(await refreshed(json(body))).toMatchObject({
      type: 'granted',
      tokens: { accessToken: 'access-2', refreshToken: 'refresh-2', scopes: [] },
    });
  });

  test('with 201', async () => {
    expect(await refreshed(json(PAIR, 201))).toMatchObject({ type: 'granted' });
  });

  test('with its scopes as a list, and its end as a text', async () => {
    const body = { ...PAIR, scope: ['read', 'write'], expires_in: '3600' };

    const grant = await refreshed(json(body));

    expect(grant).toMatchObject({ type: 'granted', tokens: { scopes: ['read', 'write'] } });
    const { expiresAt = 0, obtainedAt } = (grant as Extract<Grant, { type: 'granted' }>).tokens;
    expect(expiresAt - obtainedAt).toBe(3_600_000);
  });
});

test.each([
  ['HTML', (response: ServerResponse) => void response.end('<html>log in</html>')],
  ['no token', json({ token_type: 'bearer' })],
  ['an access token that is no text', json({ ...PAIR, access_token: { a: 1 } })],
  ['a token of another kind', json({ ...PAIR, token_type: 'mac' })],
  ['500', json(PAIR, 500)],
  ['a redirect', (response: ServerResponse) => void response.writeHead(307, { location: '/' }).end()],
])('%s leaves it unknown whether the refresh token was used up', async (_, answer) => {
  expect(await refreshed(answer)).toMatchObject({
    type: 'unknown',
    message: expect.stringMatching(/\w/) as string,
  });
});

test('an answer without end is given up before it fills the memory', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  let sent = 0;
  const more = (response: ServerResponse): void => {
    while (!response.destroyed && sent < 200 && response.write(chunk)) sent += 1;
    if (!response.destroyed && sent < 200) response.once('drain', () => more(response));
  };

  const grant = await refreshed(more);

  expect(grant).toMatchObject({ type: 'unknown', message: expect.stringContaining('64 MiB') as string });
});

test('the words of a refusal hold no secret, nor half of one where they are cut', async () => {
  const description = `${'x'.repeat(275)} ${SECRET}`;

  const grant = await refreshed(json({ error: 'invalid_client', error_description: description }, 401));

  expect(grant).toMatchObject({ type: 'refused', what: 'client' });
  expect((grant as { message: string }).message).not.toContain(SECRET.slice(7, 12));
});
