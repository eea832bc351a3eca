import { sleep, type Clock } from '../model/clock.ts';
import type { TokenTrouble, Tokens } from '../model/tokens.ts';
import type { GhlOAuth } from './ghl-oauth.ts';
import type { Grant } from './oauth-request.ts';
import type { OAuthServer } from './oauth-server.ts';

/** What the store holds for a connection. */
export interface Shelved {
  /** Grows with each new pair; 0 where there never was one. */
  readonly version: number;
  readonly tokens?: Tokens;
  readonly trouble: TokenTrouble | null;
}

/** A connection's place in the store, shared by all processes. */
export interface TokenShelf {
  read(): Promise<Shelved>;
  /** The version alone: asked for often. */
  version(): Promise<number>;
  /**
   * The right to use this version's refresh token, for a while, and the durable note that it may have been sent. Nothing
   * where another process has it, or there is a newer pair.
   */
  claim(version: number): Promise<{ readonly sentBefore: number | null } | undefined>;
  /** Makes a new pair durable; false where there is a newer one. */
  keep(version: number, tokens: Tokens): Promise<boolean>;
  /** Gives the right back. `doubt`: the refresh token may be used up. */
  release(end: { readonly doubt: boolean; readonly trouble: TokenTrouble | null }): Promise<void>;
  /** Tokens with something new beside the pair; false where there is a newer pair. */
  amend(version: number, tokens: Tokens): Promise<boolean>;
}

export interface RefreshContext {
  readonly name: string;
  readonly shelf: TokenShelf;
  readonly server: OAuthServer;
  /** HighLevel only. */
  readonly ghl?: GhlOAuth;
  readonly clock: Clock;
  readonly stopped: () => boolean;
}

export type Refreshed =
  /** There is a newer pair in the store, by us or by another process. */
  | { readonly type: 'fresh' }
  | { readonly type: 'trouble'; readonly trouble: TokenTrouble }
  /** Not now; ask again. */
  | { readonly type: 'later'; readonly message: string };

/**
 * HighLevel answers the same refresh token with the same new one for 30 s after its first use. Counted from when it was
 * sent, and less the time that a request takes to get there.
 */
const GRACE_MS = 25_000;
/** How often it is seen whether another process is done with its refresh. */
const LOOK_MS = 200;
/** How often a pair that can't be stored is tried again, and how far apart. */
const KEEP_TRIES = 20;
const KEEP_WAIT_MS = 500;

/**
 * Gets a new pair for `version`. A refresh token works once, so only who has claimed it sends it; and as a process may die
 * between answer and commit, who finds it sent before asks again within the grace, and after it for a reconnection.
 */
export async function refreshPair(context: RefreshContext, version: number): Promise<Refreshed> {
  const { shelf, clock } = context;
  while (!context.stopped()) {
    const now = await shelf.read();
    if (now.version !== version) return { type: 'fresh' };
    if (!now.tokens)
      return { type: 'trouble', trouble: now.trouble ?? loginTrouble(context, 'nobody has logged in') };
    const claim = await shelf.claim(version);
    if (claim) return claimed(context, version, now.tokens, claim.sentBefore);
    await sleep(clock, LOOK_MS);
  }
  return { type: 'later', message: 'the runner is stopping' };
}

async function claimed(
  context: RefreshContext,
  version: number,
  tokens: Tokens,
  sentBefore: number | null,
): Promise<Refreshed> {
  const { shelf } = context;
  const grant = await newGrant(context, tokens, sentBefore);
  switch (grant.type) {
    case 'granted':
      return keep(context, version, successor(tokens, grant.tokens));
    case 'busy':
    case 'unknown': {
      await shelf.release({ doubt: grant.type === 'unknown' || sentBefore !== null, trouble: null });
      return { type: 'later', message: `the token could not be refreshed: ${grant.message}` };
    }
    case 'refused': {
      const trouble =
        grant.what === 'grant'
          ? loginTrouble(context, `the refresh token is refused (${grant.message})`)
          : clientTrouble(context, grant.message);
      await shelf.release({ doubt: sentBefore !== null, trouble });
      return { type: 'trouble', trouble };
    }
  }
}

async function newGrant(context: RefreshContext, tokens: Tokens, sentBefore: number | null): Promise<Grant> {
  const { ghl, server, clock } = context;
  const { refreshToken } = tokens;
  const inGrace = sentBefore === null || clock.now() - sentBefore < GRACE_MS;
  const lost = sentBefore !== null;
  if (refreshToken === undefined)
    return { type: 'refused', what: 'grant', message: 'the API gave none with the login' };
  // Used a second time after the grace, it would only be refused: unless it never arrived.
  if (ghl && !inGrace) {
    const again = await ghl.reconnect(tokens);
    return again.type === 'refused' ? server.refresh(refreshToken) : again;
  }
  const grant = await server.refresh(refreshToken);
  const usedUp = grant.type === 'refused' && grant.what === 'grant';
  if (!ghl || !lost || !usedUp) return grant;
  const again = await ghl.reconnect(tokens);
  return again.type === 'refused' ? grant : again;
}

/** Durable before it is used: once the old one is spent, this pair is all there is. */
async function keep(context: RefreshContext, version: number, tokens: Tokens): Promise<Refreshed> {
  for (let attempt = 1; ; attempt++) {
    try {
      await context.shelf.keep(version, tokens);
      return { type: 'fresh' };
    } catch (error) {
      if (attempt === KEEP_TRIES || context.stopped()) throw error;
      await sleep(context.clock, KEEP_WAIT_MS);
    }
  }
}

/** What an answer leaves out is as it was (RFC 6749, 6), but for its end: without one it has none. */
function successor(before: Tokens, fresh: Tokens): Tokens {
  const merged: { -readonly [K in keyof Tokens]: Tokens[K] } = { ...before, ...fresh };
  if (fresh.scopes.length === 0) merged.scopes = before.scopes;
  if (fresh.expiresAt === undefined) delete merged.expiresAt;
  return merged;
}

export function loginTrouble(
  { name, clock }: Pick<RefreshContext, 'name' | 'clock'>,
  why: string,
): TokenTrouble {
  return {
    kind: 'login',
    reason: `connection ${name} has no token that works: ${why}`,
    remedy: `boothsync auth login ${name}`,
    since: clock.now(),
  };
}

export function clientTrouble(
  { name, clock }: Pick<RefreshContext, 'name' | 'clock'>,
  message: string,
): TokenTrouble {
  return {
    kind: 'client',
    reason: `the app of connection ${name} is refused (${message})`,
    remedy: `see clientId and clientSecret of connections.${name}.auth, then start again`,
    since: clock.now(),
  };
}
