import type { JsonSchema } from './schema.ts';

/** The fields of a body, whatever its schema is put together of. */
export interface BodyFields {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** It may hold others, too, or nobody knows what it holds. */
  readonly open: boolean;
}

/** Parts joined by `allOf` count together; of alternatives any may be meant, and what all of them require. */
export function bodyFields(schema: JsonSchema | undefined): BodyFields {
  const fields = fieldsIn(schema ?? {});
  return { ...fields, open: fields.open || Object.keys(fields.properties).length === 0 };
}

/** A body that is no object, such as a list: it has no fields. */
export function isWhole({ type }: JsonSchema): boolean {
  return type !== undefined && type !== 'object';
}

function fieldsIn(schema: JsonSchema): BodyFields {
  // What a reference to another file would hold is read as an empty schema.
  if (isWhole(schema) || Object.keys(schema).length === 0)
    return { properties: {}, required: [], open: true };
  const choices = [schema.anyOf ?? [], schema.oneOf ?? []].filter((each) => each.length > 0).map(oneOf);
  const parts = [...(schema.allOf ?? []).map(fieldsIn), ...choices];
  const others = schema.additionalProperties;
  return {
    properties: joined([...parts.map(({ properties }) => properties), schema.properties ?? {}]),
    required: [...new Set([...(schema.required ?? []), ...parts.flatMap(({ required }) => required)])],
    open: (others !== undefined && others !== false) || parts.some(({ open }) => open),
  };
}

function oneOf(alternatives: readonly JsonSchema[]): BodyFields {
  const read = alternatives.map(fieldsIn);
  const [first, ...rest] = read;
  return {
    properties: joined(read.map(({ properties }) => properties)),
    required: (first?.required ?? []).filter((name) => rest.every(({ required }) => required.includes(name))),
    open: read.some(({ open }) => open),
  };
}

function joined(parts: readonly BodyFields['properties'][]): BodyFields['properties'] {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}
