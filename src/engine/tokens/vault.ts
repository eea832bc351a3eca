import type { Keys } from '../../model/config.ts';
import { failure } from '../../model/problem.ts';
import { keyIdOf, seal, sealedBy, unseal } from '../../store/seal.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';
import type { TokenOwner } from '../../store/tokens.ts';

type Sealed = 'tokens' | 'login';

/** Seals and opens what is secret in the store. */
export interface Vault {
  /** Inside of the transaction that stores it: the key may have been rotated a moment ago. */
  seal(tables: Tables, owner: TokenOwner, kind: Sealed, text: string): Promise<string>;
  open(tables: Tables, owner: TokenOwner, kind: Sealed, sealed: string): Promise<string>;
  /** Learns the new key, where it was rotated while this process runs, and takes away what nobody needs any more. */
  follow(store: Pick<Store, 'read' | 'write'>): Promise<void>;
}

/** For those who run with the old key: the new one, sealed with it. */
interface Handover {
  readonly by: string;
  readonly sealed: string;
  /** In ms: from then on nobody may still need it. */
  readonly until: number;
}

/** How long a rotated key is handed over, in ms: who runs looks every 2 s. */
const HANDOVER_MS = 30_000;
const HANDOVER = 'handover of the key';

/** `follows`: of a runner, which goes on where the key is rotated; a command is started with the right one. */
export function openVault({ current, next }: Keys, now: () => number, follows: boolean): Vault {
  if (!current) throw noKey();
  const keys = new Map([current, ...(next ? [next] : [])].map((key) => [keyIdOf(key), key]));

  async function keyOf(tables: Tables, id: string): Promise<Uint8Array> {
    if (!keys.has(id)) await learn(tables);
    const key = keys.get(id);
    if (!key) throw otherKey(id, keyIdOf(current!));
    return key;
  }

  async function learn(tables: Tables): Promise<void> {
    const text = follows ? await tables.vault.get('handover') : undefined;
    const handover = text === undefined ? undefined : (JSON.parse(text) as Handover);
    const old = handover && keys.get(handover.by);
    if (!handover || !old || handover.until < now()) return;
    const opened = unseal(old, handover.sealed, HANDOVER);
    const key = opened === undefined ? undefined : new Uint8Array(Buffer.from(opened, 'base64'));
    if (key) keys.set(keyIdOf(key), key);
  }

  return {
    seal: async (tables, owner, kind, text) => {
      const id = await tables.vault.get('current');
      if (id === undefined) await tables.vault.put('current', keyIdOf(current));
      return seal(await keyOf(tables, id ?? keyIdOf(current)), text, aboutOf(owner, kind));
    },
    open: async (tables, owner, kind, sealed) => {
      const key = await keyOf(tables, sealedBy(sealed));
      const text = unseal(key, sealed, aboutOf(owner, kind));
      if (text === undefined) throw spoilt(owner);
      return text;
    },
    follow: async ({ read, write }) => {
      const id = await read.vault.get('current');
      if (id !== undefined && !keys.has(id)) await learn(read);
      const text = await read.vault.get('handover');
      const over = text !== undefined && (JSON.parse(text) as Handover).until < now();
      if (over) await write((tables) => tables.vault.remove('handover'));
    },
  };
}

export interface Rotated {
  /** How many connections' tokens were sealed anew. */
  readonly tokens: number;
  readonly from: string;
  readonly to: string;
}

/** Goes over from one key to the other: all in one transaction, so that no moment has both. */
export async function rotateKey(tables: Tables, keys: Keys, now: number): Promise<Rotated> {
  const { current, next } = keys;
  if (!current) throw noKey();
  if (!next) throw noNewKey();
  const vault = openVault(keys, () => now, false);
  const from = (await tables.vault.get('current')) ?? keyIdOf(current);
  const to = keyIdOf(next);
  let count = 0;
  for (const row of await tables.tokens.all()) {
    const anew = async (kind: Sealed, sealed: string | null) =>
      sealed && seal(next, await vault.open(tables, row, kind, sealed), aboutOf(row, kind));
    await tables.tokens.reseal(row, {
      sealed: await anew('tokens', row.sealed),
      login: await anew('login', row.login),
    });
    if (row.sealed !== null) count += 1;
  }
  await tables.vault.put('current', to);
  // Only for who runs now: an old key that leaked must not open anything for long.
  const running = (await tables.lanes.all()).some(({ owner }) => owner !== null);
  const handover: Handover = {
    by: keyIdOf(current),
    sealed: seal(current, Buffer.from(next).toString('base64'), HANDOVER),
    until: now + HANDOVER_MS,
  };
  if (running && from !== to) await tables.vault.put('handover', JSON.stringify(handover));
  return { tokens: count, from, to };
}

function aboutOf({ tenant, connection }: TokenOwner, kind: Sealed): string {
  return JSON.stringify([tenant, connection, kind]);
}

const MAKE = 'make one with `openssl rand -base64 32`';

function noKey() {
  return failure(
    'unset-variable',
    'there is no key to keep tokens with: BOOTHSYNC_KEY is not set',
    `${MAKE}, and put it into the environment, .env, or boothsync.key beside the config (mode 600)`,
  );
}

function noNewKey() {
  return failure('unset-variable', 'BOOTHSYNC_NEW_KEY is not set: there is no key to go over to', MAKE);
}

function otherKey(wanted: string, ours: string) {
  return failure(
    'store',
    `the tokens in the store are sealed with key ${wanted}; BOOTHSYNC_KEY is key ${ours}`,
    'set BOOTHSYNC_KEY to that key (was it rotated?); where it is lost, log in again: boothsync auth logout, then login',
  );
}

function spoilt({ connection }: TokenOwner) {
  return failure(
    'store',
    `the tokens of connection ${connection} can't be opened: they were changed, or are another connection's`,
    `boothsync auth login ${connection}`,
  );
}
