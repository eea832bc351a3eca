import { expect, test } from 'vitest';
import type { RequestContext } from '../../src/connection/oauth-request.ts';
import { readGrant } from '../../src/connection/oauth-server.ts';
import { systemClock } from '../../src/engine/system-clock.ts';

const context: RequestContext = {
  connection: { name: 'crm', type: 'http', baseUrl: 'https://crm.example.com' },
  clock: { ...systemClock, now: () => 1_000_000 },
  redact: (text) => text,
  learn: () => undefined,
  onCall: () => undefined,
};
const answered = { access_token: 'access-1', refresh_token: 'refresh-1', token_type: 'bearer' };

test.for([
  [3600, 4_600_000],
  ['3600', 4_600_000],
  [3600.5004, 4_600_500],
  [0, undefined],
  [-1, undefined],
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  [{}, undefined],
  [1e20, undefined],
  [1e300, undefined],
] as const)(
  'a pair that ends after %j s is kept: the refresh token that it came for is used up',
  async ([seconds, end]) => {
    const grant = await readGrant(context, 200, { ...answered, expires_in: seconds });

    expect(grant).toMatchObject({
      type: 'granted',
      tokens: { accessToken: 'access-1', refreshToken: 'refresh-1' },
    });
    expect(grant.type === 'granted' && grant.tokens.expiresAt).toBe(end);
  },
);

test('what else is odd beside a token costs it no more', async () => {
  const odd = { token_type: null, scope: ['a', 'b'], refresh_token: null, id_token: 'none.of.ours' };

  expect(await readGrant(context, 200, { access_token: 'access-1', ...odd })).toEqual({
    type: 'granted',
    tokens: { accessToken: 'access-1', obtainedAt: 1_000_000, scopes: ['a', 'b'] },
  });
});

test.for([{}, { access_token: '' }, { access_token: 7 }, { access_token: null }])(
  'an answer without a token grants none: %j',
  async (body) => {
    expect((await readGrant(context, 200, body)).type).toBe('unknown');
  },
);
