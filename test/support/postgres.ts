import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe } from 'vitest';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

/** The stores of one test: all of them, however often opened, hold the same. Those left open are closed after it. */
export interface TestStores {
  readonly database: 'sqlite' | 'postgres';
  /** Of the test that runs now. */
  url(): string;
  open(options?: { readonly owner?: boolean }): Promise<Store>;
}

/** The same promises on both databases; each test starts with an empty one. */
export function describeStores(name: string, tests: (stores: TestStores) => void): void {
  describe(`${name} (SQLite)`, () => {
    const folders: string[] = [];
    afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
    tests(
      storesAt('sqlite', () => {
        const folder = mkdtempSync(join(tmpdir(), 'boothsync-store-'));
        folders.push(folder);
        return Promise.resolve(`sqlite:${join(folder, 'store.db')}`);
      }),
    );
  });
  const server = sharedPostgres();
  describe(`${name} (PostgreSQL)`, () => tests(storesAt('postgres', async () => (await server()).schema())));
}

let shared: (() => Promise<PostgresServer>) | undefined;

/** One server for all tests of a file, from the first that needs it to the end of the file. Call it where the file begins. */
export function sharedPostgres(): () => Promise<PostgresServer> {
  if (shared) return shared;
  let server: Promise<PostgresServer> | undefined;
  afterAll(async () => (await server)?.stop());
  shared = () => (server ??= startPostgres());
  return shared;
}

function storesAt(database: TestStores['database'], place: () => Promise<string>): TestStores {
  let url = '';
  const opened = new Set<Store>();
  beforeEach(async () => {
    url = await place();
  });
  afterEach(async () => {
    for (const store of [...opened].reverse()) await store.close();
  });
  return {
    database,
    url: () => url,
    open: async ({ owner = true } = {}) => {
      const store = await openStore(url, { clock: systemClock, owner });
      const close = () => (opened.delete(wrapped) ? store.close() : Promise.resolve());
      const wrapped: Store = { ...store, close };
      opened.add(wrapped);
      return wrapped;
    },
  };
}
