import { createGhlOAuth } from '../../connection/ghl-oauth.ts';
import { refreshLeaseMs, type RequestContext } from '../../connection/oauth-request.ts';
import { createOAuthServer, type OAuthServer } from '../../connection/oauth-server.ts';
import type { GhlOAuth } from '../../connection/ghl-oauth.ts';
import type { TokenShelf } from '../../connection/refresh-pair.ts';
import { createTokenSource, type TokenSource } from '../../connection/token-source.ts';
import type { CallMade } from '../../connection/call-made.ts';
import type { OAuth } from '../../model/auth.ts';
import type { Clock } from '../../model/clock.ts';
import type { Config } from '../../model/config.ts';
import type { Connection } from '../../model/connection.ts';
import type { Log } from '../../model/log.ts';
import { messageOf } from '../../model/problem.ts';
import type { Redactor } from '../../model/redactor.ts';
import type { Store } from '../../store/store.ts';
import { openShelf } from './token-shelf.ts';
import { openVault, type Vault } from './vault.ts';

/** What it takes to work with a connection's tokens, in an engine or in a command beside it. */
export interface TokenHands {
  readonly config: Config;
  readonly tenant: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** It runs for long: a key may be rotated meanwhile. */
  readonly follows?: boolean;
  onCall(call: CallMade): void;
}

/** All that a connection with OAuth has. */
export interface OAuthParts {
  readonly name: string;
  readonly auth: OAuth;
  readonly location?: string;
  readonly server: OAuthServer;
  readonly ghl?: GhlOAuth;
  readonly vault: Vault;
  readonly shelf: TokenShelf;
}

export function oauthParts(hands: TokenHands, connection: Connection, auth: OAuth): OAuthParts {
  const { config, tenant, store, clock, redactor } = hands;
  const { name, location } = connection;
  const context: RequestContext = {
    connection,
    clock,
    redact: redactor.redact,
    learn: redactor.learn,
    onCall: (call) => hands.onCall(call),
  };
  const server = createOAuthServer(context, auth);
  const vault = openVault(config.keys, () => clock.now(), hands.follows === true);
  return {
    name,
    auth,
    ...(location === undefined ? {} : { location }),
    server,
    ...(connection.type === 'ghl' ? { ghl: createGhlOAuth(context, auth, server) } : {}),
    vault,
    shelf: openShelf({
      store,
      vault,
      clock,
      redactor,
      owner: { tenant, connection: name },
      leaseMs: refreshLeaseMs(connection.type),
    }),
  };
}

/** Connections that need a login. */
export function oauthConnections(config: Config): readonly { connection: Connection; auth: OAuth }[] {
  return [...config.connections.values()].flatMap((connection) =>
    connection.auth.type === 'oauth' ? [{ connection, auth: connection.auth }] : [],
  );
}

/**
 * The tokens of every connection with OAuth, by its name. `works` hears when one that had none has one again. Each trouble is
 * told once: it lasts until a person does something, and every call would tell it anew.
 */
export async function openTokens(
  hands: TokenHands & { readonly log: Log },
  works: (connection: string) => void,
): Promise<ReadonlyMap<string, TokenSource>> {
  const { log, clock } = hands;
  const sources = new Map<string, TokenSource>();
  for (const { connection, auth } of oauthConnections(hands.config)) {
    const { name } = connection;
    const source = createTokenSource({
      ...oauthParts({ ...hands, follows: true }, connection, auth),
      clock,
      changed: (trouble) => {
        if (trouble) {
          log.error({ connection: name, cause: 'auth-failed' }, `${trouble.reason}; ${trouble.remedy}`);
          return;
        }
        log.info({ connection: name }, 'the connection has a token that works again');
        works(name);
      },
      failed: (error) =>
        log.debug({ connection: name, error: messageOf(error) }, 'the tokens could not be read'),
    });
    await source.start();
    sources.set(name, source);
  }
  return sources;
}
