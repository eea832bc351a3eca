import type { Clock } from '../http/clock.ts';
import type { Answer, Arrival } from '../http/message.ts';
import type { Random } from '../http/random.ts';
import { notFound, RefusalError, unauthorized, unprocessable } from './answers.ts';
import type { AddToken } from './gate.ts';
import type { Location } from './location.ts';
import { createAgency } from './oauth-agency.ts';
import { createOAuthTokens, type Pair, type Subject } from './oauth-tokens.ts';
import { complaints, oneOf, required, text } from './shape.ts';
import type { Shape } from './shape.ts';

export interface OAuthWish {
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** The only one that may be asked for, where it is told. */
  readonly redirectUri?: string;
  readonly scope?: string;
  /** How long an access token lives; GHL: 86,399 s. */
  readonly lifetimeSeconds?: number;
  /** How long a used refresh token answers the same again; GHL: 30,000 ms. */
  readonly graceMs?: number;
  /** Whether `/oauth/reconnect` is there. */
  readonly reconnect?: boolean;
}

/** Who installs the app on the authorize page: the agency, or one of its locations. */
export type Choice =
  { readonly userType: 'Company' } | { readonly userType: 'Location'; readonly locationId: string };

/** The authorization server: the authorize page, codes, access tokens of a day, refresh tokens that rotate. */
export interface OAuth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A code as the redirect would bring it; good once. */
  readonly issueCode: (locationId?: string) => string;
  /** A pair of tokens without the dance. */
  readonly issueTokens: (locationId?: string) => Pair;
  readonly reused: () => number;
  readonly rotated: () => number;
  /** Every code and token that was ever handed out. */
  readonly issued: () => readonly string[];
  readonly revoke: (id?: string) => void;
  /** Ends every agency's access token, as a day does. */
  readonly expireCompanies: () => void;
  /** What the person at the authorize page chooses from now on. */
  readonly choose: (choice: Choice) => void;
  /** Locations that have the app, besides those that chose it themselves. */
  readonly setInstalled: (locationId: string, installed: boolean) => void;
  /** Answers a call under `/oauth` or `/v2/oauth`. */
  readonly answer: (arrival: Arrival, body: unknown) => Answer;
  /** The operation that a call is; nothing where it is none of these. */
  readonly operation: (arrival: Pick<Arrival, 'method' | 'path'>) => string | undefined;
}

const OPERATIONS: Readonly<Record<string, string>> = {
  'GET /v2/oauth/chooselocation': 'authorize',
  'POST /oauth/token': 'get-access-token',
  'POST /oauth/locationToken': 'get-location-access-token',
  'GET /oauth/installedLocations': 'get-installed-location',
  'POST /oauth/reconnect': 'reconnect',
};

const tokenShape = {
  client_id: required(text),
  client_secret: required(text),
  grant_type: required(oneOf('authorization_code', 'refresh_token', 'client_credentials')),
  code: text,
  refresh_token: text,
  user_type: oneOf('Company', 'Location'),
  redirect_uri: text,
};
const reconnectShape = {
  clientKey: required(text),
  clientSecret: required(text),
  locationId: text,
  companyId: text,
};

export function createOAuth(
  wish: OAuthWish,
  parts: {
    readonly clock: Clock;
    readonly random: Random;
    readonly firstId: string;
    readonly location: (id: string) => Location;
    readonly locations: () => readonly Location[];
    readonly addToken: AddToken;
  },
): OAuth {
  const { clock, firstId } = parts;
  const clientId = wish.clientId ?? 'sandbox-client';
  const clientSecret = wish.clientSecret ?? 'sandbox-client-secret';
  const lifetimeSeconds = wish.lifetimeSeconds ?? 86_399;
  const scopes = wish.scope?.split(' ');
  const life = { token_type: 'Bearer', expires_in: lifetimeSeconds, scope: wish.scope ?? '' };
  let choice: Choice = { userType: 'Location', locationId: firstId };

  const admit = (token: string, subject: Subject): void => {
    const livesMs = lifetimeSeconds * 1000;
    if (subject.locationId !== undefined) parts.addToken(token, subject.locationId, scopes, livesMs);
    else agency.admit(token, subject.companyId, livesMs);
  };
  const tokens = createOAuthTokens({ ...parts, graceMs: wish.graceMs ?? 30_000, admit });
  const agency = createAgency({
    ...{ clock, locations: parts.locations, scopes, life },
    issue: (id) => tokens.issuePair(ofLocation(id)).accessToken,
  });

  function ofLocation(locationId: string): Subject {
    return { userType: 'Location', locationId, companyId: parts.location(locationId).companyId };
  }

  const chosen = (): Subject =>
    choice.userType === 'Location'
      ? ofLocation(choice.locationId)
      : { userType: 'Company', companyId: parts.location(firstId).companyId };

  function authorize({ query }: Arrival): Answer {
    const redirectUri = query.get('redirect_uri') ?? '';
    const wrong =
      query.get('response_type') !== 'code' ||
      query.get('client_id') !== clientId ||
      !URL.canParse(redirectUri) ||
      (wish.redirectUri !== undefined && redirectUri !== wish.redirectUri);
    if (wrong) return { status: 400, body: 'error.invalid_request' };
    const back = new URL(redirectUri);
    back.searchParams.set('code', tokens.issueCode(chosen(), redirectUri));
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return { status: 302, body: '', headers: { location: back.href } };
  }

  function byCode(code: string, redirectUri: string | undefined): Answer {
    if (wish.redirectUri !== undefined && redirectUri !== wish.redirectUri)
      throw invalidGrant('redirect_uri');
    const found = tokens.useCode(code);
    if (!found) throw invalidGrant('authorization code');
    if (found.redirectUri !== undefined && found.redirectUri !== redirectUri)
      throw invalidGrant('redirect_uri');
    return granted(life, found.subject, tokens.issuePair(found.subject));
  }

  function token(body: unknown): Answer {
    const form = checked(tokenShape, body);
    if (form['client_id'] !== clientId || form['client_secret'] !== clientSecret)
      return unauthorized('Invalid client credentials');
    if (form['grant_type'] === 'authorization_code') return byCode(form['code'] ?? '', form['redirect_uri']);
    const next = form['grant_type'] === 'refresh_token' && tokens.rotate(form['refresh_token'] ?? '');
    if (!next) throw invalidGrant('refresh token');
    return granted(life, next.subject, next.pair);
  }

  function reconnect(body: unknown): Answer {
    const form = checked(reconnectShape, body);
    if (form['clientKey'] !== clientId || form['clientSecret'] !== clientSecret)
      return unauthorized('Invalid client credentials');
    const { locationId, companyId } = form;
    if ((locationId === undefined) === (companyId === undefined))
      throw unprocessable(['either locationId or companyId must be given']);
    const subject: Subject =
      locationId === undefined ? { userType: 'Company', companyId: companyId! } : ofLocation(locationId);
    return { status: 200, body: { authorizationCode: tokens.issueCode(subject) } };
  }

  function route(arrival: Arrival, body: unknown): Answer {
    switch (operation(arrival)) {
      case 'authorize':
        return authorize(arrival);
      case 'get-access-token':
        return token(body);
      case 'get-location-access-token':
        return agency.locationToken(arrival, body);
      case 'get-installed-location':
        return agency.installedLocations(arrival);
      case 'reconnect':
        return wish.reconnect === false ? notFound(arrival.method, arrival.path) : reconnect(body);
      case undefined:
      default:
        return notFound(arrival.method, arrival.path);
    }
  }

  return {
    ...{ clientId, clientSecret, operation },
    ...{ reused: tokens.reused, rotated: tokens.rotated, revoke: tokens.revoke, issued: tokens.issued },
    issueCode: (locationId = firstId) => tokens.issueCode(ofLocation(locationId)),
    issueTokens: (locationId = firstId) => tokens.issuePair(ofLocation(locationId)),
    expireCompanies: agency.expire,
    choose: (next) => {
      choice = next;
    },
    setInstalled: agency.setInstalled,
    answer: (arrival, body) => {
      try {
        return route(arrival, body);
      } catch (error) {
        if (error instanceof RefusalError) return error.answer;
        throw error;
      }
    },
  };
}

function granted(life: object, subject: Subject, pair: Pair): Answer {
  const tokens = { access_token: pair.accessToken, refresh_token: pair.refreshToken };
  const whose = { ...subject, userId: 'SandboxUser000000001', isBulkInstallation: false };
  return { status: 200, body: { ...tokens, ...life, ...whose } };
}

function operation({ method, path }: Pick<Arrival, 'method' | 'path'>): string | undefined {
  return OPERATIONS[`${method} ${path}`];
}

function checked(shape: Shape, body: unknown): Readonly<Record<string, string | undefined>> {
  const found = complaints(shape, body);
  if (found.length > 0) throw unprocessable(found);
  return body as Readonly<Record<string, string | undefined>>;
}

function invalidGrant(what: string): RefusalError {
  const message = `Invalid grant: ${what} is invalid`;
  const body = { statusCode: 400, message, error: 'invalid_grant', error_description: message };
  return new RefusalError({ status: 400, body });
}
