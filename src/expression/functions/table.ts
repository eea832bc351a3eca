import { ExpressionError } from '../../model/expression.ts';
import type { LanguageSettings } from '../language-settings.ts';
import { textArgument } from './argument.ts';

/**
 * `$table(name, key[, default])`: the key's value in a table of the config; the default, or nothing, for a key that
 * is not in it. Nothing for a key that is nothing: the record says nothing, so the default would be a guess.
 */
export function table([name, key, fallback]: readonly unknown[], { tables }: LanguageSettings): unknown {
  const tableName = textArgument('table', name) ?? '';
  const rows = Object.hasOwn(tables, tableName) ? tables[tableName] : undefined;
  if (rows === undefined) throw new ExpressionError(`there is no table ${JSON.stringify(tableName)}`);
  const row = textArgument('table', key);
  if (row === undefined) return undefined;
  return Object.hasOwn(rows, row) ? rows[row] : fallback;
}
