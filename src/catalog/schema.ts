import { isObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';

/** The keywords of JSON Schema (in its OpenAPI 3.0 dialect, with `nullable`) that the catalogue keeps. */
export interface JsonSchema {
  readonly type?: JsonType;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';

const types: readonly unknown[] = ['object', 'array', 'string', 'number', 'integer', 'boolean'];
const words = ['format', 'description', 'pattern'];
const numbers = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

/** What a `$ref` leads to, or undefined: only places inside the same document count. */
export type Follow = (ref: string) => unknown;

/**
 * A function that copies schemas of one document with every `$ref` resolved.
 *
 * Each referred schema is resolved once and then shared: big APIs refer in all directions, and copying at
 * every use would grow exponentially. A schema that contains itself is cut at the second level to its bare
 * type, which accepts more than the API does.
 */
export function schemaReader(follow: Follow): (value: unknown) => JsonSchema {
  const done = new Map<string, JsonSchema>();
  const open = new Set<string>();

  function read(value: unknown): JsonSchema {
    if (!isObject(value)) return {}; // `true` and absent schemas accept anything
    if (typeof value['$ref'] === 'string') return referred(value['$ref']);
    return { ...typeOf(value), ...plainKeywords(value), ...nestedKeywords(value, read) };
  }

  function referred(ref: string): JsonSchema {
    const known = done.get(ref);
    if (known !== undefined) return known;
    const target = follow(ref);
    if (open.has(ref)) return isObject(target) ? typeOf(target) : {};
    open.add(ref);
    const schema = read(target);
    open.delete(ref);
    done.set(ref, schema);
    return schema;
  }

  return read;
}

/** Type and nullability; OpenAPI 3.1 lists types, among them "null". */
function typeOf(schema: Readonly<Record<string, unknown>>): JsonSchema {
  const listed: readonly unknown[] = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const known = listed.filter(isType);
  const nullable = schema['nullable'] === true || listed.includes('null');
  return {
    ...(known.length === 1 ? { type: known[0]! } : {}),
    ...(known.length > 1 ? { anyOf: known.map((type) => ({ type })) } : {}),
    ...(nullable ? { nullable } : {}),
  };
}

function isType(value: unknown): value is JsonType {
  return types.includes(value);
}

function plainKeywords(schema: Readonly<Record<string, unknown>>): JsonSchema {
  const kept = [
    ...words.filter((keyword) => typeof schema[keyword] === 'string'),
    ...numbers.filter((keyword) => typeof schema[keyword] === 'number'),
    ...['enum', 'required'].filter((keyword) => Array.isArray(schema[keyword])),
    ...['default'].filter((keyword) => schema[keyword] !== undefined),
  ];
  return Object.fromEntries(kept.map((keyword) => [keyword, schema[keyword]]));
}

function nestedKeywords(
  schema: Readonly<Record<string, unknown>>,
  read: (value: unknown) => JsonSchema,
): JsonSchema {
  const { items, properties, additionalProperties: others } = schema;
  const lists = (['anyOf', 'oneOf', 'allOf'] as const).flatMap((keyword) => {
    const list: unknown = schema[keyword];
    return Array.isArray(list) ? [[keyword, list.map(read)] as const] : [];
  });
  return {
    ...(items === undefined ? {} : { items: read(items) }),
    ...(isObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, value]) => [name, read(value)]),
          ),
        }
      : {}),
    ...(typeof others === 'boolean' ? { additionalProperties: others } : {}),
    ...(isObject(others) ? { additionalProperties: read(others) } : {}),
    ...Object.fromEntries(lists),
  };
}
