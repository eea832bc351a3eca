/** Rows in one statement: SQLite takes 32,766 values in one, PostgreSQL 65,535, and no table has 30 columns. */
const ROWS = 1_000;

/** Acts on a long list piece by piece, in order. */
export async function inPieces<T>(
  items: readonly T[],
  act: (piece: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += ROWS) await act(items.slice(at, at + ROWS));
}
