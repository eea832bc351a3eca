import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Clock } from '../../src/model/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';

/** In memory where Linux has a folder for that: a file for each test costs a disk half a second under load. */
const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Opens an empty store for the test that runs; it is gone after it. Call it where the file begins. */
export function sqliteStores(clock: Clock): () => Promise<Store> {
  const opened: { readonly store: Store; readonly folder: string }[] = [];
  afterEach(async () => {
    for (const { store, folder } of opened.splice(0)) {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return async () => {
    const folder = mkdtempSync(join(ROOM, 'boothsync-unit-'));
    const store = await openStore(`sqlite:${join(folder, 'store.db')}`, { clock, owner: true });
    opened.push({ store, folder });
    return store;
  };
}
