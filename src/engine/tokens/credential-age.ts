import { createHash } from 'node:crypto';
import type { Auth } from '../../model/auth.ts';
import { again } from '../../model/clock.ts';
import type { Config } from '../../model/config.ts';
import type { Connection } from '../../model/connection.ts';
import { messageOf } from '../../model/problem.ts';
import type { Store } from '../../store/store.ts';
import type { Runtime } from '../runtime.ts';

/** How old a static credential is, and when it should be replaced. Times in ms. */
export interface CredentialAge {
  readonly connection: string;
  readonly since: number;
  readonly dueAt: number;
}

/** How often it is seen whether one is due, in ms. */
const LOOK_MS = 3_600_000;

/** Of every connection that says how often its credential is to be replaced; those never seen at work are left out. */
export async function credentialAges(config: Config, tenant: string, store: Store): Promise<CredentialAge[]> {
  const ages: CredentialAge[] = [];
  for (const { name, rotateEveryMs } of config.connections.values()) {
    const kept = rotateEveryMs === undefined ? undefined : await store.read.credentials.get(tenant, name);
    if (kept) ages.push({ connection: name, since: kept.since, dueAt: kept.since + rotateEveryMs! });
  }
  return ages;
}

/** Notes since when each credential is in use, and tells once when one is due; what it returns stops that. */
export async function watchCredentials(runtime: Runtime): Promise<() => void> {
  const { config, tenant, store, clock, log } = runtime;
  const watched = [...config.connections.values()].filter(({ rotateEveryMs }) => rotateEveryMs !== undefined);
  if (watched.length === 0) return () => undefined;
  await store.write(async (tables) => {
    for (const connection of watched) {
      const mark = markOf(connection);
      const kept = await tables.credentials.get(tenant, connection.name);
      if (kept?.mark !== mark) await tables.credentials.put(tenant, connection.name, mark, clock.now());
    }
  });
  const told = new Set<string>();

  async function look(): Promise<void> {
    for (const { connection, since, dueAt } of await credentialAges(config, tenant, store)) {
      if (dueAt > clock.now() || told.has(connection)) continue;
      told.add(connection);
      const { message, remedy } = dueWords({ connection, since, dueAt });
      log.error({ connection, cause: 'auth-due' }, `${message}; ${remedy}`);
    }
  }

  await look();
  return again(clock, LOOK_MS, () =>
    look().catch((error: unknown) =>
      log.debug({ error: messageOf(error) }, 'the age of credentials could not be read'),
    ),
  );
}

export function dueWords({ connection, since }: CredentialAge): { message: string; remedy: string } {
  const day = new Date(since).toISOString().slice(0, 10);
  return {
    message: `the credential of connection ${connection} is in use since ${day} and due to be replaced`,
    remedy: 'make a new one, put it in the place of the old one, and start again',
  };
}

/** Tells a credential from its successor: 32 bits, too few to find it by guessing. */
function markOf({ name, auth }: Connection): string {
  const hash = createHash('sha256').update(JSON.stringify(['boothsync', name, secretOf(auth)]));
  return hash.digest('hex').slice(0, 8);
}

function secretOf(auth: Auth): unknown {
  return auth.type === 'oauth' ? auth.clientSecret : auth;
}
