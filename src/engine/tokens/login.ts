import { makeLocationToken } from '../../connection/location-token.ts';
import { newLogin } from '../../connection/oauth-server.ts';
import type { Grant } from '../../connection/oauth-request.ts';
import type { OAuth } from '../../model/auth.ts';
import type { Clock } from '../../model/clock.ts';
import type { Connection } from '../../model/connection.ts';
import { failure } from '../../model/problem.ts';
import type { PendingLogin, Tokens } from '../../model/tokens.ts';
import { oauthConnections, oauthParts, type OAuthParts, type TokenHands } from './open-tokens.ts';

/** What a login came to. Times in ms. */
export interface LoggedIn {
  readonly connection: string;
  readonly userType: string | null;
  readonly location: string | null;
  readonly scopes: readonly string[];
  /** Asked for, and not granted. */
  readonly missingScopes: readonly string[];
  readonly expiresAt: number | null;
}

/** A connection of the config that is logged in to. Throws where there is no such connection, or it needs no login. */
export function connectionToLogIn(
  hands: Pick<TokenHands, 'config'>,
  name: string,
): { connection: Connection; auth: OAuth } {
  const found = oauthConnections(hands.config);
  const one = found.find(({ connection }) => connection.name === name);
  if (one) return one;
  const other = hands.config.connections.get(name);
  const names = found.map(({ connection }) => connection.name).join(', ');
  const remedy = names === '' ? 'write auth: { type: oauth, … } in the config' : `there are: ${names}`;
  if (!other)
    throw failure('unknown-connection', `there is no connection ${JSON.stringify(name)} with OAuth`, remedy);
  throw failure(
    'usage',
    `connection ${name} has auth of type ${other.auth.type}: there is nothing to log in to`,
    remedy,
  );
}

export interface Begun {
  readonly login: PendingLogin;
  /** Where a person grants access. */
  readonly url: string;
}

/** Begins a login. It is kept, sealed, so that another command may end it. */
export async function beginLogin(hands: TokenHands, name: string): Promise<Begun> {
  const { connection, auth } = connectionToLogIn(hands, name);
  const { server, vault } = oauthParts(hands, connection, auth);
  // HighLevel documents no PKCE; others ignore what they don't know (RFC 7636, 5).
  const login = newLogin(auth.redirectUri, connection.type === 'http', hands.clock.now());
  if (login.verifier !== undefined) hands.redactor.learn(login.verifier);
  const owner = { tenant: hands.tenant, connection: name };
  await hands.store.write(async (tables) => {
    const sealed = await vault.seal(tables, owner, 'login', JSON.stringify(login));
    await tables.tokens.putLogin(owner, sealed, hands.clock.now());
  });
  return { login, url: (await server.authorizeUrl(login)).href };
}

/**
 * Ends a login with what came back: the address that the browser was sent to, or the code out of it. Throws where it is
 * another login's, or the server grants nothing.
 */
export async function endLogin(hands: TokenHands, name: string, returned: string): Promise<LoggedIn> {
  const { connection, auth } = connectionToLogIn(hands, name);
  const parts = oauthParts(hands, connection, auth);
  const login = await pendingLogin(hands, parts);
  const code = codeIn(returned, login, name);
  hands.redactor.learn(code);
  const granted = await parts.server.exchange(code, login);
  const tokens = await withLocation(parts, tokensOf(granted, name), hands.clock);
  refuseOtherLocation(connection, tokens);
  const owner = { tenant: hands.tenant, connection: name };
  await hands.store.write(async (tables) => {
    const sealed = await parts.vault.seal(tables, owner, 'tokens', JSON.stringify(tokens));
    await tables.tokens.replace(owner, { sealed, expiresAt: tokens.expiresAt ?? null }, hands.clock.now());
  });
  return loggedIn(connection, auth, tokens);
}

async function pendingLogin(
  { store, tenant }: TokenHands,
  { vault, name }: OAuthParts,
): Promise<PendingLogin | undefined> {
  const owner = { tenant, connection: name };
  const row = await store.read.tokens.get(owner);
  if (!row || row.login === null) return undefined;
  return JSON.parse(await vault.open(store.read, owner, 'login', row.login)) as PendingLogin;
}

function codeIn(returned: string, login: PendingLogin | undefined, name: string): string {
  const text = returned.trim();
  if (!/^https?:\/\//i.test(text)) return text;
  const again = `boothsync auth login ${name}`;
  const query = URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams();
  const error = query.get('error');
  if (error !== null)
    throw failure(
      'usage',
      `access was not granted: ${error}: ${query.get('error_description') ?? ''}`,
      again,
    );
  const code = query.get('code');
  if (code === null)
    throw failure(
      'usage',
      'that address holds no code',
      `copy the whole address that the browser ended at, or begin again: ${again}`,
    );
  // Without a login begun here there is no state to compare: an app that was installed from HighLevel's marketplace.
  if (login && query.get('state') !== login.state)
    throw failure(
      'usage',
      'that address is of another login: its state is not the one that was begun here',
      `begin again: ${again}; where the API returns no state, paste the code alone`,
    );
  return code;
}

function tokensOf(grant: Grant, name: string): Tokens {
  if (grant.type === 'granted') return grant.tokens;
  const remedy =
    grant.type === 'refused' && grant.what === 'grant'
      ? `a code works once and for minutes only: boothsync auth login ${name}`
      : `see clientId, clientSecret and redirectUri of connections.${name}.auth, then boothsync auth login ${name}`;
  throw failure('call-failed', `the token endpoint granted nothing: ${grant.message}`, remedy);
}

/** A company's token is only good for one that it makes: whether it can is known now. */
async function withLocation(
  { ghl, location, name }: OAuthParts,
  tokens: Tokens,
  clock: Clock,
): Promise<Tokens> {
  if (!ghl || location === undefined || tokens.userType !== 'Company') return tokens;
  const made = await makeLocationToken({ name, location, ghl, clock }, tokens);
  if (made.type === 'made') return made.tokens;
  if (made.type === 'trouble') throw failure('call-failed', made.trouble.reason, made.trouble.remedy);
  const why = made.type === 'later' ? made.message : "the company's token is refused";
  throw failure('call-failed', why, `boothsync auth login ${name}`);
}

function refuseOtherLocation({ name, location }: Connection, { locationId, userType }: Tokens): void {
  if (location === undefined || locationId === undefined || userType === 'Company' || locationId === location)
    return;
  throw failure(
    'usage',
    `that login is for location ${locationId}; connections.${name}.location is ${location}`,
    `choose the other location in the browser, or correct the config: boothsync auth login ${name}`,
  );
}

function loggedIn({ name, location }: Connection, auth: OAuth, tokens: Tokens): LoggedIn {
  const granted = tokens.scopes;
  return {
    connection: name,
    userType: tokens.userType ?? null,
    location: tokens.locationId ?? (tokens.location ? (location ?? null) : null),
    scopes: granted,
    missingScopes: granted.length === 0 ? [] : auth.scopes.filter((scope) => !granted.includes(scope)),
    expiresAt: tokens.expiresAt ?? null,
  };
}

/** Forgets the tokens; false where there were none. A runner beside us stops using them within 2 s. */
export async function logOut({ store, tenant, clock }: TokenHands, name: string): Promise<boolean> {
  const owner = { tenant, connection: name };
  return store.write(async (tables) => {
    const before = await tables.tokens.get(owner);
    if (!before || before.sealed === null) return false;
    await tables.tokens.replace(owner, null, clock.now());
    // With nothing left to open, a key that was lost is no matter any more.
    const left = (await tables.tokens.all()).some(({ sealed }) => sealed !== null);
    if (!left) await tables.vault.remove('current');
    return true;
  });
}
