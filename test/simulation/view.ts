import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What the store holds, seen from outside. Opened once: a look at each commit is cheap. */
export interface View {
  readonly query: <T = Record<string, unknown>>(sql: string) => T[];
  /** Lets go of the file; who asks again opens what is there then. */
  readonly close: () => void;
}

export function createView(path: string): View {
  const statements = new Map<string, StatementSync>();
  let database: DatabaseSync | undefined;

  function prepared(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    database ??= new DatabaseSync(path, { readOnly: true });
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  return {
    query: <T>(sql: string) => prepared(sql).all() as T[],
    close: () => {
      statements.clear();
      database?.close();
      database = undefined;
    },
  };
}
