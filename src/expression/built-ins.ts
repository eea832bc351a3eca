import jsonata from 'jsonata';
import { ExpressionError } from '../model/expression.ts';
import { distinct } from './functions/distinct.ts';
import { bounded, checkedSize, MAX_SEQUENCE, MAX_TEXT } from './run/limits.ts';
import {
  isNativeFunction,
  nativeFunction,
  shapeOf,
  type Focus,
  type NativeFunction,
} from './run/native-function.ts';
import { checkMillis, checkPicture, noClock } from './functions/date-picture.ts';

/**
 * JSONata's functions with the least and most arguments of a call. Where a function can take its first argument from
 * the context (`names.$uppercase()`), the least is one less.
 */
export const BUILT_INS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  sum: [1, 1],
  count: [1, 1],
  max: [1, 1],
  min: [1, 1],
  average: [1, 1],
  string: [0, 2],
  substring: [1, 3],
  substringBefore: [1, 2],
  substringAfter: [1, 2],
  lowercase: [0, 1],
  uppercase: [0, 1],
  length: [0, 1],
  trim: [0, 1],
  pad: [1, 3],
  match: [1, 3],
  contains: [1, 2],
  replace: [2, 4],
  split: [1, 3],
  join: [1, 2],
  formatNumber: [1, 3],
  formatBase: [0, 2],
  formatInteger: [1, 2],
  parseInteger: [1, 2],
  number: [0, 1],
  floor: [0, 1],
  ceil: [0, 1],
  round: [0, 2],
  abs: [0, 1],
  sqrt: [0, 1],
  power: [1, 2],
  boolean: [0, 1],
  not: [0, 1],
  map: [2, 2],
  zip: [1, Infinity],
  filter: [2, 2],
  single: [1, 2],
  reduce: [2, 3],
  sift: [1, 2],
  keys: [0, 1],
  lookup: [1, 2],
  append: [2, 2],
  exists: [1, 1],
  spread: [0, 1],
  merge: [1, 1],
  reverse: [1, 1],
  each: [1, 2],
  error: [0, 1],
  assert: [1, 2],
  type: [1, 1],
  sort: [1, 2],
  distinct: [1, 1],
  base64encode: [0, 1],
  base64decode: [0, 1],
  encodeUrlComponent: [0, 1],
  encodeUrl: [0, 1],
  decodeUrlComponent: [0, 1],
  decodeUrl: [0, 1],
  toMillis: [0, 2],
  fromMillis: [0, 3],
  clone: [0, 1],
};

/** JSONata's functions that are not there: `$shuffle` is as random as `$random`. */
export const BANNED: ReadonlySet<string> = new Set(['now', 'millis', 'random', 'shuffle', 'eval']);
/** Why each of them is not there, and what to write instead. */
export function banRemedy(name: string): string {
  if (name === 'eval') return 'Write the expression itself';
  if (name === 'random' || name === 'shuffle')
    return 'The same record must always give the same values: take one from the record';
  return 'The same record must always give the same values: take a time from the record, such as updated_at';
}

/** Changes or refuses the arguments before a call. */
type Prepare = (values: unknown[], focus: Focus) => void;

const PREPARE: Readonly<Record<string, Prepare>> = {
  string: ([value]) => void bounded(value),
  clone: ([value]) => void bounded(value),
  keys: ([value]) => {
    if (Array.isArray(value)) bounded(value);
  },
  lookup: ([value]) => {
    if (Array.isArray(value)) bounded(value);
  },
  pad: ([, width]) => refuseLength(typeof width === 'number' ? Math.abs(width) : 0),
  join: ([texts, separator]) => refuseLength(joinedLength(texts, separator)),
  match: countMatches,
  contains: countMatches,
  replace: countMatches,
  split: countMatches,
  toMillis: ([text, picture]) => checkPicture(text, picture),
  fromMillis: ([millis]) => checkMillis(millis),
};

/**
 * JSONata's functions by name, each watched: time and depth are checked at every call, so that a loop of native
 * functions ends as well; arguments that make it work or grow without end are refused; no result is an endless text.
 */
export const builtIns: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  ...(await Promise.all(
    Object.keys(BUILT_INS).map(async (name) => [name, watched(name, await original(name))] as const),
  )),
  ...[...BANNED].map((name) => [name, banned(name)] as const),
]);

async function original(name: string): Promise<NativeFunction> {
  const native: unknown = await jsonata(`$${name}`).evaluate(undefined);
  if (!isNativeFunction(native)) throw new Error(`jsonata has no $${name}`);
  return native;
}

function watched(name: string, native: NativeFunction): NativeFunction {
  const prepare = PREPARE[name];
  const implementation = name === 'distinct' ? distinct : native.implementation;
  return nativeFunction(shapeOf(native), function (...values) {
    this.environment.base.guardrails();
    prepare?.(values, this);
    const focus = name === 'toMillis' ? { ...this, environment: { timestamp: noClock } } : this;
    const result: unknown = Reflect.apply(implementation, focus, values);
    return result instanceof Promise ? result.then(checkedSize) : checkedSize(result);
  });
}

function banned(name: string): NativeFunction {
  return nativeFunction({ parameters: [], length: 0 }, () => {
    throw new ExpressionError(`$${name} is not there. ${banRemedy(name)}`);
  });
}

function refuseLength(length: number): void {
  if (length > MAX_TEXT) throw new ExpressionError(`it makes a text of more than ${MAX_TEXT} characters`);
}

function joinedLength(texts: unknown, separator: unknown): number {
  if (!Array.isArray(texts)) return 0;
  const between = typeof separator === 'string' ? separator.length * texts.length : 0;
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? text.length : 0), between);
}

/** A pattern may be any function, and its matches may go on for ever without ever passing JSONata's own checks. */
function countMatches(values: unknown[], focus: Focus): void {
  const [, pattern] = values;
  if (typeof pattern !== 'function') return;
  let count = 0;

  const counting =
    (matcher: (...values: unknown[]) => unknown) =>
    async (text: unknown): Promise<unknown> => {
      focus.environment.base.guardrails();
      count += 1;
      if (count > MAX_SEQUENCE)
        throw new ExpressionError(`a pattern matches more than ${MAX_SEQUENCE} times`);
      const match = await matcher(text);
      if (typeof match !== 'object' || match === null || !('next' in match)) return match;
      return typeof match.next === 'function'
        ? { ...match, next: counting(match.next as typeof matcher) }
        : match;
    };
  values[1] = counting(pattern as (...values: unknown[]) => unknown);
}
