import * as oauth from 'oauth4webapi';
import type { OAuth } from '../model/auth.ts';
import { isObject } from '../model/json.ts';
import { isLoopback } from '../model/loopback.ts';
import { messageOf } from '../model/problem.ts';
import type { PendingLogin } from '../model/tokens.ts';
import { askServer, refusalOfServer, type Grant, type RequestContext } from './oauth-request.ts';
import { readTokens } from './read-tokens.ts';

/** The authorization server of a connection, by the standard. */
export interface OAuthServer {
  /** Where a person grants access. */
  authorizeUrl(login: PendingLogin): Promise<URL>;
  /** `login`: what was begun; nothing where the code came without it, as from an app's marketplace. */
  exchange(code: string, login?: Pick<PendingLogin, 'verifier' | 'redirectUri'>): Promise<Grant>;
  refresh(refreshToken: string): Promise<Grant>;
}

export function createOAuthServer(context: RequestContext, auth: OAuth): OAuthServer {
  const server: oauth.AuthorizationServer = { issuer: auth.tokenUrl, token_endpoint: auth.tokenUrl };
  const client: oauth.Client = { client_id: auth.clientId };
  const clientAuth =
    auth.clientAuth === 'basic' ? basicAuth(context, auth) : oauth.ClientSecretPost(auth.clientSecret);
  const userType = auth.userType === undefined ? {} : { user_type: auth.userType };

  const here = isLoopback(new URL(auth.tokenUrl).hostname);

  function ask(grantType: string, parameters: Readonly<Record<string, string>>): Promise<Grant> {
    return askServer(
      context,
      'get-access-token',
      (signal) =>
        oauth.genericTokenEndpointRequest(
          server,
          client,
          clientAuth,
          grantType,
          { ...parameters, ...userType },
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; on this machine only
          { signal, [oauth.allowInsecureRequests]: here },
        ),
      (status, body) => readGrant(context, status, body),
    );
  }

  return {
    authorizeUrl: async ({ state, verifier, redirectUri }) => {
      const url = new URL(auth.authorizeUrl);
      const pkce = verifier === undefined ? {} : await challengeOf(verifier);
      const parameters = {
        response_type: 'code',
        client_id: auth.clientId,
        redirect_uri: redirectUri,
        ...(auth.scopes.length > 0 ? { scope: auth.scopes.join(' ') } : {}),
        state,
        ...pkce,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url;
    },
    exchange: (code, login) =>
      ask('authorization_code', {
        code,
        redirect_uri: login?.redirectUri ?? auth.redirectUri,
        ...(login?.verifier === undefined ? {} : { code_verifier: login.verifier }),
      }),
    refresh: (refreshToken) => ask('refresh_token', { refresh_token: refreshToken }),
  };
}

/**
 * HTTP Basic as RFC 6749, 2.3.1 has it. Of the library's own, `-` and `_` come percent-encoded, which is allowed and which
 * servers that decode nothing don't take.
 */
function basicAuth(context: RequestContext, { clientId, clientSecret }: OAuth): oauth.ClientAuth {
  const encoded = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  const pair = Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`, 'utf8').toString('base64');
  context.learn(pair);
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${pair}`);
}

async function challengeOf(verifier: string): Promise<Readonly<Record<string, string>>> {
  return {
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
}

/** Values for a new login. `pkce`: the API has it. */
export function newLogin(redirectUri: string, pkce: boolean, at: number): PendingLogin {
  const verifier = pkce ? { verifier: oauth.generateRandomCodeVerifier() } : {};
  return { state: oauth.generateRandomState(), ...verifier, redirectUri, at };
}

/** A token endpoint's answer, checked by the standard. */
export async function readGrant(context: RequestContext, status: number, body: unknown): Promise<Grant> {
  // Whatever the words of a success, its tokens are all there is: the old ones may be used up.
  if (status < 200 || status > 299) return refusalOfServer(context, status, body);
  if (!isObject(body))
    return { type: 'unknown', message: `the token endpoint answered ${status} without JSON` };
  for (const name of ['access_token', 'refresh_token', 'id_token'])
    if (typeof body[name] === 'string') context.learn(body[name]);
  const checked = asMeant(body);
  try {
    const answer = new Response(JSON.stringify(checked), { headers: { 'content-type': 'application/json' } });
    const client = { client_id: 'unused' };
    await oauth.processGenericTokenEndpointResponse({ issuer: 'https://unused' }, client, answer);
  } catch (error) {
    const words = context.redact(messageOf(error));
    return { type: 'unknown', message: `the token endpoint's answer can't be used: ${words}` };
  }
  return { type: 'granted', tokens: readTokens(checked, context.clock.now()) };
}

const READ_APART = ['scope', 'expires_in', 'id_token'];
const TEXTS = ['token_type', 'refresh_token'];

/**
 * An answer without what servers write beside the standard: null or nothing for what is not there, scopes as a list, no type.
 * Who the person is is none of our business, and can't be checked without the server's keys.
 */
function asMeant(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { scope, expires_in: lives } = body;
  const there = Object.entries(body).filter(
    ([name, value]) =>
      !READ_APART.includes(name) &&
      value !== null &&
      value !== '' &&
      (typeof value === 'string' || !TEXTS.includes(name)),
  );
  const scopes = Array.isArray(scope) ? scope.join(' ') : scope;
  return {
    token_type: 'Bearer',
    ...Object.fromEntries(there),
    ...(typeof scopes === 'string' ? { scope: scopes } : {}),
    ...(Number(lives) > 0 ? { expires_in: Number(lives) } : {}),
  };
}
