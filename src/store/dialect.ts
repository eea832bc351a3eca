/** The few words in which the two databases differ. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A numbered primary key. */
  readonly id: string;
  /** A whole number that holds milliseconds since 1970. */
  readonly int: string;
}

export const SQLITE: Dialect = { name: 'sqlite', id: 'integer primary key autoincrement', int: 'integer' };
