import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Database } from './schema.ts';
import { decodeText, encodeText } from './text.ts';

/** Statements kept prepared; lists of different lengths make different statements, so there is an end. */
const STATEMENTS_KEPT = 400;

/** Kysely over one connection of `node:sqlite`: its answers come at once, only wrapped in promises. */
export function kyselyOver(database: DatabaseSync): Kysely<Database> {
  const dialect: Dialect = {
    createAdapter,
    createDriver: () => driverOver(connectionOver(database)),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<Database>({ dialect });
}

/** Kysely's own has each step of a migration stand by itself: one that is killed half way could never be ended. */
function createAdapter(): SqliteAdapter {
  return Object.defineProperty(new SqliteAdapter(), 'supportsTransactionalDdl', { value: true });
}

/** A connection as the store wants it. `timeout` 0: a busy timeout would freeze the event loop. */
export function openDatabase(path: string, readOnly = false): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0, readOnly });
  if (!readOnly)
    // What is deleted is overwritten: a key that was handed over must not stay in the file's free space.
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 2000; pragma secure_delete = fast',
    );
  return database;
}

function driverOver(connection: DatabaseConnection): Driver {
  const exec = async (statement: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(statement));
  };
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: () => exec('begin immediate'),
    commitTransaction: () => exec('commit'),
    rollbackTransaction: () => exec('rollback'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
}

function connectionOver(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, { statement: StatementSync; reads: boolean }>();

  function prepare(sql: string) {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= STATEMENTS_KEPT) statements.clear();
    const statement = database.prepare(sql);
    const prepared = { statement, reads: statement.columns().length > 0 };
    statements.set(sql, prepared);
    return prepared;
  }

  return {
    executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      try {
        const { statement, reads } = prepare(sql);
        const values = (parameters as readonly SQLInputValue[]).map(encoded);
        if (reads) return Promise.resolve({ rows: decodeRows(statement.all(...values)) as R[] });
        const { changes, lastInsertRowid } = statement.run(...values);
        return Promise.resolve({
          rows: [],
          numAffectedRows: BigInt(changes),
          insertId: BigInt(lastInsertRowid),
        });
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error('SQLite threw', { cause: error }));
      }
    },
    streamQuery() {
      throw new Error('streaming is not used with SQLite: read in pages');
    },
  };
}

function encoded(value: SQLInputValue): SQLInputValue {
  return typeof value === 'string' ? encodeText(value) : value;
}

/** In place: rows are made for us alone. */
function decodeRows(rows: Record<string, SQLOutputValue>[]): Record<string, SQLOutputValue>[] {
  for (const row of rows) {
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'string') row[name] = decodeText(value);
    }
  }
  return rows;
}

/** Another process writes at this moment: a command beside the owner, or a checkpoint. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode as number) % 256 === 5;
}
