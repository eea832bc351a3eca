import { ExpressionError } from '../../model/expression.ts';

/** Time that one expression may take, in ms, while the thread works: a mapping of ten fields takes 0.3. */
export const TIMEOUT_MS = 100;
/** How deep JSONata may call itself; long lists of properties count as well, since it evaluates them side by side. */
export const MAX_DEPTH = 200;
/** Elements of one list. A poll's answer with more records than this wants pages. */
export const MAX_SEQUENCE = 100_000;
/** Characters of one text that an expression makes. */
export const MAX_TEXT = 1_000_000;
/** Values in one result, counted as often as they are reached: a poll's answer may be large. */
const MAX_VALUES = 2_000_000;
/** Values in what gets a name on the way to a result: walking so many takes 20 ms. */
const MAX_NAMED_VALUES = 1_000_000;
const MAX_CHARACTERS = 64 * MAX_TEXT;
/** Levels of objects and lists in one result. `$ ~> |$|{"self": $}|` makes a ring: this ends the walk. */
export const MAX_LEVELS = 100;
/** Characters of one expression's source. */
export const MAX_SOURCE = 20_000;

/** What a walk through a value may still spend. */
export interface Budget {
  values: number;
  characters: number;
}

export function newBudget(): Budget {
  return budgetOf(MAX_VALUES);
}

function budgetOf(values: number): Budget {
  return { values, characters: MAX_CHARACTERS };
}

/**
 * Takes one value out of the budget. Throws `ExpressionError` when it is used up or the level is too deep.
 * Shared parts count each time: `{"a": $x, "b": $x}` in a loop of forty is small in memory, but walking it never ends.
 */
export function spend(budget: Budget, value: unknown, level: number): void {
  budget.values -= 1;
  if (typeof value === 'string') budget.characters -= value.length;
  if (budget.values < 0 || budget.characters < 0)
    throw new ExpressionError('it makes a value that is too large');
  if (level > MAX_LEVELS)
    throw new ExpressionError(
      `it makes a value with more than ${MAX_LEVELS} levels, or one that holds itself`,
    );
}

/** Throws `ExpressionError` for a value that would take too long to walk; yields it otherwise. */
export function bounded(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) walk(value, budgetOf(MAX_NAMED_VALUES), 0);
  return checkedSize(value);
}

/** Throws `ExpressionError` for a text or list that is too long; yields anything else as it is. */
export function checkedSize(value: unknown): unknown {
  if (typeof value === 'string' && value.length > MAX_TEXT)
    throw new ExpressionError(`it makes a text of more than ${MAX_TEXT} characters`);
  if (Array.isArray(value) && value.length > MAX_SEQUENCE)
    throw new ExpressionError(`it makes a list of more than ${MAX_SEQUENCE} elements`);
  return value;
}

function walk(value: object, budget: Budget, level: number): void {
  // without a copy of the list
  const inside: unknown[] = Array.isArray(value) ? value : propertiesOf(value);
  for (const inner of inside) {
    spend(budget, inner, level);
    if (typeof inner === 'object' && inner !== null) walk(inner, budget, level + 1);
  }
}

/** None of a function's: JSONata's own are objects that reach all of its insides. */
function propertiesOf(value: object): unknown[] {
  return '_jsonata_lambda' in value || '_jsonata_function' in value ? [] : Object.values(value);
}
