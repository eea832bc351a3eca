import type { Config } from '../../model/config.ts';
import type { Store } from '../../store/store.ts';
import { refreshPair } from '../../connection/refresh-pair.ts';
import { credentialAges } from './credential-age.ts';
import { iso } from '../inspect/inspect-list.ts';
import { connectionToLogIn } from './login.ts';
import { oauthConnections, oauthParts, type TokenHands } from './open-tokens.ts';

/** How a connection with OAuth fares: the shape of `auth status --json`. Times are ISO 8601. */
export interface Login {
  readonly connection: string;
  readonly state: 'logged in' | 'logged out' | 'trouble';
  readonly expiresAt: string | null;
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** Needs no key: what is secret is not looked at. */
export async function readLogins(config: Config, tenant: string, store: Store | undefined): Promise<Login[]> {
  const logins: Login[] = [];
  for (const { connection } of oauthConnections(config)) {
    const { name } = connection;
    const row = await store?.read.tokens.get({ tenant, connection: name });
    const out = !row || row.sealed === null;
    logins.push({
      connection: name,
      state: out ? 'logged out' : row.trouble ? 'trouble' : 'logged in',
      expiresAt: row?.expiresAt === null || row?.expiresAt === undefined ? null : iso(row.expiresAt),
      reason: row?.trouble?.reason ?? null,
      remedy: row?.trouble?.remedy ?? (out ? `boothsync auth login ${name}` : null),
    });
  }
  return logins;
}

/** How old a static credential is: part of `status --json`. */
export interface Credential {
  readonly connection: string;
  readonly since: string;
  readonly dueAt: string;
  readonly due: boolean;
}

export async function readCredentials(
  config: Config,
  tenant: string,
  store: Store,
  now: number,
): Promise<Credential[]> {
  return (await credentialAges(config, tenant, store)).map(({ connection, since, dueAt }) => ({
    connection,
    since: iso(since),
    dueAt: iso(dueAt),
    due: dueAt <= now,
  }));
}

export type RefreshedNow =
  | { readonly ok: true; readonly expiresAt: number | null }
  | { readonly ok: false; readonly reason: string; readonly remedy: string };

/** A new pair now, also where the old one is good; one that another process gets at this moment counts as well. */
export async function refreshNow(hands: TokenHands, name: string): Promise<RefreshedNow> {
  const { connection, auth } = connectionToLogIn(hands, name);
  const parts = oauthParts(hands, connection, auth);
  const { version, trouble } = await parts.shelf.read();
  if (trouble && trouble.kind !== 'client' && trouble.kind !== 'install')
    return { ok: false, reason: trouble.reason, remedy: trouble.remedy };
  const refreshed = await refreshPair({ ...parts, clock: hands.clock, stopped: () => false }, version);
  if (refreshed.type === 'trouble') return { ok: false, ...refreshed.trouble };
  if (refreshed.type === 'later')
    return { ok: false, reason: refreshed.message, remedy: 'try again in a minute' };
  const { tokens } = await parts.shelf.read();
  return { ok: true, expiresAt: tokens?.expiresAt ?? null };
}
