import { printable } from './print-problems.ts';

/** Rows under their heads, each column as wide as its widest cell; what a cell holds can't steer the terminal. */
export function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [heads, ...rows].map((row) => row.map(printable));
  const widths = heads.map((_, at) => Math.max(...cells.map((row) => Array.from(row[at] ?? '').length)));
  return cells.map((row) => renderRow(row, widths)).join('\n');
}

function renderRow(row: readonly string[], widths: readonly number[]): string {
  const padded = row.map(
    (cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - Array.from(cell).length)),
  );
  return padded.join('  ').trimEnd();
}
