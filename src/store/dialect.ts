/** The few words of SQL in which the two databases differ; each has its own in its file. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A numbered primary key. */
  readonly id: string;
  /** A whole number that holds milliseconds since 1970. */
  readonly int: string;
}
