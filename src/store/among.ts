import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** True where a column is one of these; PostgreSQL knows no empty list, which is nobody's. */
export function among(column: string, values: readonly (string | number)[]): RawBuilder<SqlBool> {
  if (values.length === 0) return sql<SqlBool>`1 = 0`;
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})`;
}
