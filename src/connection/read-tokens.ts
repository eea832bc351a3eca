import type { Tokens } from '../model/tokens.ts';

/** A hundred years: who says more means that it has no end, and no date holds it. */
const FOR_EVER_SECONDS = 100 * 365 * 86_400;

/** A token endpoint's checked answer → tokens. `now` in ms. */
export function readTokens(body: Readonly<Record<string, unknown>>, now: number): Tokens {
  const text = (name: string): string | undefined =>
    typeof body[name] === 'string' && body[name] !== '' ? body[name] : undefined;
  const seconds = Number(body['expires_in']);
  const refreshToken = text('refresh_token');
  const userType = text('userType');
  const locationId = text('locationId');
  const companyId = text('companyId');
  return {
    accessToken: text('access_token') ?? '',
    ...(refreshToken === undefined ? {} : { refreshToken }),
    obtainedAt: now,
    ...(seconds > 0 && seconds < FOR_EVER_SECONDS ? { expiresAt: Math.round(now + seconds * 1000) } : {}),
    scopes: (text('scope') ?? '').split(/\s+/).filter((scope) => scope !== ''),
    ...(userType === undefined ? {} : { userType }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(companyId === undefined ? {} : { companyId }),
  };
}
