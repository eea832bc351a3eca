import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import { either, NOTHING, typeOf } from './static-type.ts';
import type { StaticType } from './static-type.ts';

/** Of no value: either this or another is the other. */
const NEVER = typeOf();
const MAX_DEPTH = 12;

/** The type of a value that never changes. */
export function typeOfConstant(value: Json): StaticType {
  return { ...typeOfValue(value, true), values: [value] };
}

/** The type of what one of these records may be; null and "" are nothing unless they are kept. */
export function typeOfRecords(records: readonly unknown[], keepEmpty: boolean): StaticType {
  return records.map((record) => typeOfValue(record, keepEmpty)).reduce(either, NEVER);
}

function typeOfValue(value: unknown, keepEmpty: boolean, depth = 0): StaticType {
  if (value === undefined) return NOTHING;
  if (value === null) return keepEmpty ? typeOf('null') : NOTHING;
  if (value === '') return keepEmpty ? typeOf('string') : NOTHING;
  if (Array.isArray(value)) return typeOfList(value, keepEmpty, depth);
  if (isObject(value)) return depth > MAX_DEPTH ? typeOf('object') : typeOfObject(value, keepEmpty, depth);
  const kind = typeof value;
  return typeOf(kind === 'number' || kind === 'boolean' ? kind : 'string');
}

function typeOfList(list: readonly unknown[], keepEmpty: boolean, depth: number): StaticType {
  if (depth > MAX_DEPTH) return typeOf('list');
  const item = list.map((each) => typeOfValue(each, keepEmpty, depth + 1)).reduce(either, NEVER);
  return { ...typeOf('list'), item };
}

function typeOfObject(
  value: Readonly<Record<string, unknown>>,
  keepEmpty: boolean,
  depth: number,
): StaticType {
  const fields = Object.entries(value).map(
    ([name, each]) => [name, typeOfValue(each, keepEmpty, depth + 1)] as const,
  );
  return { ...typeOf('object'), fields: new Map(fields) };
}
