import type { Clock } from '../http/clock.ts';
import { randomId } from '../http/random.ts';
import type { Random } from '../http/random.ts';
import type { Answer } from '../http/message.ts';
import { RefusalError, unauthorized, unprocessable } from './answers.ts';
import type { Location } from './location.ts';
import { complaints, oneOf, required, text } from './shape.ts';

export interface OAuthWish {
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Demanded with a code, where it is told. */
  readonly redirectUri?: string;
  readonly scope?: string;
}

/** The authorization server: codes, access tokens of a day, refresh tokens that rotate. */
export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A code as the redirect would bring it; good once. */
  readonly issueCode: (locationId?: string) => string;
  /** A pair of tokens without the dance. */
  readonly issueTokens: (locationId?: string) => {
    readonly accessToken: string;
    readonly refreshToken: string;
  };
  /** How often a refresh token was used that had been used before, outside the grace. */
  readonly reused: () => number;
  /** `POST /oauth/token`, form-encoded. */
  readonly token: (body: unknown) => Answer;
}

interface Refresh {
  readonly locationId: string;
  usedAt?: number;
  /** What its first use answered: the same comes again within the grace. */
  next?: { readonly accessToken: string; readonly refreshToken: string };
}

/** Concurrent refreshes within this time get the same refresh token (ideas.gohighlevel.com/changelog). */
const graceMs = 30_000;
const lifetimeSeconds = 86_399;

const shape = {
  client_id: required(text),
  client_secret: required(text),
  grant_type: required(oneOf('authorization_code', 'refresh_token', 'client_credentials')),
  code: text,
  refresh_token: text,
  user_type: oneOf('Company', 'Location'),
  redirect_uri: text,
};

export function createOAuth(
  wish: OAuthWish,
  parts: {
    readonly clock: Clock;
    readonly random: Random;
    readonly firstId: string;
    readonly location: (id: string) => Location;
    readonly addToken: (token: string, locationId: string, scopes?: readonly string[]) => void;
  },
): OAuth {
  const { clock, random, firstId } = parts;
  const clientId = wish.clientId ?? 'sandbox-client';
  const clientSecret = wish.clientSecret ?? 'sandbox-client-secret';
  const codes = new Map<string, string>();
  const refreshes = new Map<string, Refresh>();
  let reused = 0;

  function issueTokens(locationId = firstId) {
    const accessToken = `access-${randomId(random, 40)}`;
    const refreshToken = `refresh-${randomId(random, 40)}`;
    parts.addToken(accessToken, locationId, wish.scope?.split(' '));
    refreshes.set(refreshToken, { locationId });
    return { accessToken, refreshToken };
  }

  function grant(locationId: string, tokens: { accessToken: string; refreshToken: string }): Answer {
    const body = {
      ...{ access_token: tokens.accessToken, token_type: 'Bearer', expires_in: lifetimeSeconds },
      ...{ refresh_token: tokens.refreshToken, scope: wish.scope ?? '', userType: 'Location', locationId },
      ...{ companyId: parts.location(locationId).companyId, userId: 'SandboxUser000000001' },
      isBulkInstallation: false,
    };
    return { status: 200, body };
  }

  function byCode(code: string | undefined, redirectUri: string | undefined): Answer {
    const locationId = codes.get(code ?? '');
    if (wish.redirectUri !== undefined && redirectUri !== wish.redirectUri)
      throw invalidGrant('redirect_uri');
    if (locationId === undefined) throw invalidGrant('authorization code');
    codes.delete(code ?? '');
    return grant(locationId, issueTokens(locationId));
  }

  function byRefresh(token: string | undefined): Answer {
    const refresh = refreshes.get(token ?? '');
    if (!refresh) throw invalidGrant('refresh token');
    if (refresh.usedAt !== undefined && clock.monotonic() - refresh.usedAt > graceMs) {
      reused++;
      throw invalidGrant('refresh token');
    }
    refresh.usedAt ??= clock.monotonic();
    refresh.next ??= issueTokens(refresh.locationId);
    return grant(refresh.locationId, refresh.next);
  }

  function token(body: unknown): Answer {
    const found = complaints(shape, body);
    if (found.length > 0) throw unprocessable(found);
    const form = body as Readonly<Record<string, string | undefined>>;
    if (form['client_id'] !== clientId || form['client_secret'] !== clientSecret) {
      return unauthorized('Invalid client credentials');
    }
    if (form['grant_type'] === 'authorization_code') return byCode(form['code'], form['redirect_uri']);
    if (form['grant_type'] === 'refresh_token') return byRefresh(form['refresh_token']);
    throw invalidGrant('grant type for this app');
  }

  return {
    ...{ clientId, clientSecret, issueTokens, token, reused: () => reused },
    issueCode(locationId = firstId) {
      const code = randomId(random, 40);
      codes.set(code, locationId);
      return code;
    },
  };
}

function invalidGrant(what: string): RefusalError {
  const message = `Invalid grant: ${what} is invalid`;
  const body = { statusCode: 400, message, error: 'invalid_grant', error_description: message };
  return new RefusalError({ status: 400, body });
}
