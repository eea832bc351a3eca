import { ExpressionError } from '../../model/expression.ts';
import { newBudget, spend, type Budget } from './limits.ts';

/**
 * A result as plain JSON, or `undefined` for nothing: a copy that shares nothing with the input, without JSONata's
 * marks on lists. Dates become ISO text, what is undefined inside is left out, `__proto__` too. Throws
 * `ExpressionError` for functions, numbers that JSON has not, and values that are too large or hold themselves.
 */
export function cleanValue(value: unknown): unknown {
  // the usual results, before the walk
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null)
    return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return clean(value, newBudget(), 0);
}

function clean(value: unknown, budget: Budget, level: number): unknown {
  spend(budget, value, level);
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null)
    return value;
  if (typeof value === 'object') return cleanObject(value, budget, level);
  if (typeof value !== 'number') throw new ExpressionError(`it yields a ${typeof value}, not a value`);
  if (!Number.isFinite(value)) throw new ExpressionError('it yields a number that is not finite');
  return value;
}

function cleanObject(value: object, budget: Budget, level: number): unknown {
  if (value instanceof Date) return value.toJSON();
  if (isFunction(value)) throw new ExpressionError('it yields a function, not a value');
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const element of value) {
      const cleaned = clean(element, budget, level + 1);
      if (cleaned !== undefined) list.push(cleaned);
    }
    return list;
  }
  const object: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(value)) {
    const cleaned = clean(property, budget, level + 1);
    if (cleaned !== undefined && name !== '__proto__') object[name] = cleaned;
  }
  return object;
}

/** JSONata's functions are objects with a mark. A record may carry the mark, but never a function of JavaScript. */
export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  if ('_jsonata_function' in value)
    return 'implementation' in value && typeof value.implementation === 'function';
  if (!('_jsonata_lambda' in value && 'environment' in value)) return false;
  const { environment } = value;
  return (
    typeof environment === 'object' &&
    environment !== null &&
    'lookup' in environment &&
    typeof environment.lookup === 'function'
  );
}
