/** A webhook request as it came. */
export interface Knock {
  /** The body's very bytes: what was signed. */
  readonly raw: Buffer;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}
