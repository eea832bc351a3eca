import type { Tokens } from '../model/tokens.ts';

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
    ...(seconds > 0 ? { expiresAt: now + seconds * 1000 } : {}),
    scopes: (text('scope') ?? '').split(/\s+/).filter((scope) => scope !== ''),
    ...(userType === undefined ? {} : { userType }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(companyId === undefined ? {} : { companyId }),
  };
}
