import type { ErrorObject } from 'ajv';
import type { Schema } from './json-schema.ts';
import type { Node, Path } from './tree.ts';

/** What the schema validator found at one place. */
export interface Shape {
  readonly root: Node;
  readonly path: Path;
  readonly errors: readonly ErrorObject[];
  /** What it found in the map around it. */
  readonly above: readonly ErrorObject[];
  readonly schema: Schema;
}

/** The values of `type` that a union knows. */
export function typesOf(shape: Shape): readonly string[] {
  const union = shape.errors
    .map((error) => error.parentSchema as Schema | undefined)
    .find((schema) => schema?.oneOf);
  return (union?.oneOf ?? []).flatMap((each) => {
    const type = resolve(shape.schema, each)?.properties?.['type']?.const;
    return typeof type === 'string' ? [type] : [];
  });
}

/** `syncs.contacts.tags[1]`, or `the file`. */
export function placeName(path: Path): string {
  const words = path.map((part) => (/^\d+$/.test(String(part)) ? `[${part}]` : `.${part}`)).join('');
  return words === '' ? 'the file' : words.slice(1);
}

/** A schema that may be a reference → the schema itself. */
export function resolve(root: Schema, schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema;
  return root.definitions?.[schema.$ref.replace('#/definitions/', '')];
}

/** The property names of a schema, through references, `then` and the kinds of a union. */
export function propertiesOf(root: Schema, schema: Schema | undefined): readonly string[] {
  const found = resolve(root, schema);
  const own = Object.keys(found?.properties ?? resolve(root, found?.then)?.properties ?? {});
  return [...new Set([...own, ...(found?.oneOf ?? []).flatMap((each) => propertiesOf(root, each))])];
}

/** The schema of a property that `required` asks for. */
export function schemaOfMissing(shape: Shape, name: string): Schema | undefined {
  const owner = shape.errors.find(
    ({ keyword, params }) => keyword === 'required' && params['missingProperty'] === name,
  );
  return resolve(shape.schema, (owner?.parentSchema as Schema | undefined)?.properties?.[name]);
}
