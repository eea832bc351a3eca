import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Clock } from '../model/clock.ts';
import { inPieces } from './in-pieces.ts';
import { kyselyOver, openDatabase } from './node-sqlite.ts';
import type { Database } from './schema.ts';
import { openSqlite, pathOf } from './sqlite.ts';
import { storeFailure } from './store-failure.ts';
import type { Store } from './store.ts';
import { hasStore, isPostgres, postgres } from './open-store.ts';

/** All but the journal, which tells of the past only. */
const TABLES = [
  'deliveries',
  'records',
  'events',
  'members',
  'links',
  'intents',
  'holds',
  'lanes',
  'cursors',
  'lookups',
  'counters',
] as const;

/**
 * A copy of a store as it is at this moment, to try things on: in a SQLite file of its own that only this user can read and
 * that is gone when it is closed. Works beside an owner, and changes nothing. Of a store that is not there yet: an empty one.
 */
export async function copyStore(url: string, clock: Clock): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'copy.db');
  const open = () => openSqlite(`sqlite:${file}`, { clock, owner: true, durable: false });
  try {
    const there = await hasStore(url);
    if (there && !isPostgres(url)) copyFile(pathOf(url), file);
    if (there && isPostgres(url)) {
      const { readPostgres } = await postgres();
      const empty = await open();
      await empty.close();
      await readPostgres(url, (source) => copyRows(source, file));
    }
    const store = await open();
    await store.write(({ lanes }) => lanes.disown());
    return { ...store, close: () => store.close().finally(remove) };
  } catch (error) {
    await remove();
    throw storeFailure(
      error,
      "the store can't be copied for the plan",
      `see that there is room in ${tmpdir()}`,
    );
  }
}

function copyFile(from: string, to: string): void {
  const database = openDatabase(from, true);
  try {
    // One transaction, whoever writes meanwhile.
    database.prepare('vacuum into ?').run(to);
  } finally {
    database.close();
  }
}

async function copyRows(source: Kysely<Database>, file: string): Promise<void> {
  const database = openDatabase(file);
  try {
    const target = kyselyOver(database);
    database.exec('begin');
    for (const table of TABLES) {
      await target.deleteFrom(table).execute();
      const rows: readonly object[] = await source.selectFrom(table).selectAll().execute();
      // The very same columns on both sides.
      await inPieces(rows, (piece) =>
        target
          .insertInto(table)
          .values(piece as never)
          .execute(),
      );
    }
    database.exec('commit');
  } finally {
    database.close();
  }
}
