import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** True where a column holds this text somewhere, whatever its case. */
export function contains(column: string, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replaceAll(/[!%_]/g, '!$&')}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(cast(${pattern} as text)) escape '!'`;
}

/** True where a column holds these digits somewhere, however people have parted them. */
export function containsDigits(column: string, digits: string): RawBuilder<SqlBool> {
  const bare = [' ', '-', '(', ')', '.', '/'].reduce(
    (text, sign) => sql<string>`replace(${text}, ${sql.lit(sign)}, '')`,
    sql<string>`${sql.ref(column)}`,
  );
  return sql<SqlBool>`${bare} like ${`%${digits}%`}`;
}
