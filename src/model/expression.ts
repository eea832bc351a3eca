/** Variables that an expression sees, without their `$`. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * A compiled expression or text, ready to run. Yields `undefined` for "nothing". Throws `ExpressionError`
 * when it fails. `warn` hears of values that were dropped, such as a phone number nobody can dial.
 */
export type Expression = (
  input: unknown,
  bindings: Bindings,
  warn?: (message: string) => void,
) => Promise<unknown>;

/** An expression failed on this record: its words, without the record's data where JSONata's own have none. */
export class ExpressionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExpressionError';
  }
}
