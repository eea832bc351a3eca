import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openVault, rotateKey } from '../../../src/engine/tokens/vault.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/engine/system-clock.ts';

const OWNER = { tenant: 'default', connection: 'ghl' };
const NOW = 1_000_000;
const MINUTE_MS = 60_000;
const keys = { current: randomBytes(32), next: randomBytes(32) };

async function aStore(): Promise<{ readonly store: Store; readonly bytes: () => Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-vault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = await openStore(`sqlite:${join(folder, 'sync.db')}`, { clock: systemClock, owner: true });
  const bytes = async () => {
    const files = await readdir(folder);
    return (await Promise.all(files.map((name) => readFile(join(folder, name), 'latin1')))).join('');
  };
  return { store, bytes };
}

/** A runner with tokens, whose key is rotated at `NOW`. */
async function rotated({ write }: Store): Promise<void> {
  const vault = openVault({ current: keys.current }, () => NOW, true);
  const lane = {
    account: 'ghl',
    owner: 'me',
    heartbeat: NOW,
    monotonic: 0,
    slots: [],
    day: '',
    dayCalls: 0,
    quota: {},
  };
  await write((tables) => tables.lanes.put({ ...lane, paused: null }));
  await write(async (tables) => {
    const sealed = await vault.seal(tables, OWNER, 'tokens', 'a pair');
    await tables.tokens.replace(OWNER, { sealed, expiresAt: null }, NOW);
  });
  await write((tables) => rotateKey(tables, keys, NOW));
}

async function opened({ read }: Store, key: Uint8Array, now: number): Promise<string> {
  const vault = openVault({ current: key }, () => now, true);
  const row = await read.tokens.get(OWNER);
  return vault.open(read, OWNER, 'tokens', row!.sealed!).catch((error: unknown) => String(error));
}

test('for half a minute who runs with the old key learns the new one, and nobody after it', async () => {
  const { store } = await aStore();
  await rotated(store);

  expect(await opened(store, keys.current, NOW + MINUTE_MS / 4)).toBe('a pair');
  expect(await opened(store, keys.current, NOW + MINUTE_MS)).toContain('BOOTHSYNC_KEY');
  expect(await opened(store, keys.next, NOW + MINUTE_MS)).toBe('a pair');
  await store.close();
});

test("what was handed over is taken away by who looks next, also from the file's free space", async () => {
  const { store, bytes } = await aStore();
  await rotated(store);
  const { sealed } = JSON.parse((await store.read.vault.get('handover'))!) as { sealed: string };
  const before = await bytes();

  await openVault({ current: keys.next }, () => NOW + MINUTE_MS, true).follow(store);
  const left = await store.read.vault.get('handover');
  await store.close();

  expect(before).toContain(sealed);
  expect(left).toBeUndefined();
  expect(await bytes()).not.toContain(sealed);
});
