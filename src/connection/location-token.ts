import type { Clock } from '../model/clock.ts';
import { refusalIn } from '../model/refusal.ts';
import type { TokenTrouble, Tokens } from '../model/tokens.ts';
import type { GhlOAuth } from './ghl-oauth.ts';

export type LocationToken =
  /** The company's tokens with the location's beside them. */
  | { readonly type: 'made'; readonly tokens: Tokens }
  /** The company's own token is refused. */
  | { readonly type: 'stale' }
  | { readonly type: 'later'; readonly message: string }
  | { readonly type: 'trouble'; readonly trouble: TokenTrouble };

/** A location's token from a company's (HighLevel: `/oauth/locationToken`). */
export async function makeLocationToken(
  from: {
    readonly name: string;
    readonly location: string;
    readonly ghl: GhlOAuth;
    readonly clock: Clock;
  },
  company: Tokens,
): Promise<LocationToken> {
  const { name, location, ghl, clock } = from;
  const grant = await ghl.locationToken(company, location);
  if (grant.type === 'granted') return { type: 'made', tokens: withLocationToken(company, grant.tokens) };
  if (grant.type !== 'refused')
    return { type: 'later', message: `no token for location ${location}: ${grant.message}` };
  if (/^401\b/.test(grant.message) && refusalIn(401, grant.message) === 'token') return { type: 'stale' };
  const trouble = {
    kind: 'install',
    reason: `connection ${name} gets no token for location ${location} (${grant.message})`,
    remedy: `install the app in that location, with the scope oauth.write; or log in to the location itself: boothsync auth login ${name}`,
    since: clock.now(),
  } as const;
  return { type: 'trouble', trouble };
}

function withLocationToken(company: Tokens, { accessToken, obtainedAt, expiresAt }: Tokens): Tokens {
  const ends = expiresAt === undefined ? {} : { expiresAt };
  return { ...company, location: { accessToken, obtainedAt, ...ends } };
}
