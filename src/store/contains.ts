import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** True where a column holds this text somewhere, whatever its case. */
export function contains(column: string, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replaceAll(/[!%_]/g, '!$&')}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(cast(${pattern} as text)) escape '!'`;
}
