import { ExpressionError } from '../../model/expression.ts';

/**
 * An argument as text, numbers and booleans included, or `undefined` for nothing and null. Throws `ExpressionError`
 * for lists and objects, with how to apply the function to each element.
 */
export function textArgument(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value))
    throw new ExpressionError(
      `$${name} takes one value, not a list: write list.$${name}($) for each of its elements`,
    );
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new ExpressionError(`$${name} takes text, not an object`);
}

/** A value as a warning shows it: quoted, and never long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
