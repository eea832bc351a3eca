import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { routes } from '../../src/sandbox/ghl/routes.ts';
import type { Shape } from '../../src/sandbox/ghl/shape.ts';

const folder = new URL('../../../shared/reference/highlevel/apps/', import.meta.url);

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, { readonly nullable?: boolean }>>;
  readonly required?: readonly string[];
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly schema: { readonly enum?: readonly string[] };
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Where the simulator follows the facts against the schema; each is told in ghl-facts.md. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  // The schema of the search is empty; the facts have its fields.
  'search-contacts-advanced': ['body'],
  // "calendarId or assignedUserId": prose against schema.
  'create-block-slot': ['required'],
  'edit-block-slot': ['required'],
};

describe.skipIf(!existsSync(folder))('the simulated GHL agrees with the official files', () => {
  test.each(routes.map((route) => [route.operation, route] as const))('%s', (name, route) => {
    const part = /^\/(\w+)/.exec(route.path)?.[1] ?? '';
    const [document, operation] = find(fileOf(part), route.operation, route.path, route.method);
    const excepted = exceptions[name] ?? [];

    const version = operation.parameters?.find((one) => one.name === 'Version');
    expect(version?.schema.enum).toEqual([route.version]);
    const scopes = operation.security?.flatMap((one) => Object.values(one).flat()) ?? [];
    expect(scopes.length === 0 ? '' : scopes[0]).toBe(route.scope);

    const query = operation.parameters?.filter((one) => one.in === 'query') ?? [];
    expect(query.map((one) => one.name)).toEqual(expect.arrayContaining(Object.keys(route.query ?? {})));
    expect(requiredOf(route.query)).toEqual(
      query
        .filter((one) => one.required)
        .map((one) => one.name)
        .sort(),
    );

    const schema = bodyOf(document, operation);
    expect(route.body === undefined).toBe(schema === undefined);
    if (!schema || excepted.includes('body')) return;
    expect(Object.keys(route.body ?? {}).sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
    if (!excepted.includes('required')) {
      expect(requiredOf(route.body)).toEqual([...(schema.required ?? [])].sort());
    }
    const nullable = Object.entries(schema.properties ?? {}).filter(([, property]) => property.nullable);
    expect(namesWhere(route.body, (rule) => rule.nullable)).toEqual(nullable.map(([key]) => key).sort());
  });
});

function fileOf(part: string): Document {
  return JSON.parse(readFileSync(new URL(`${part}.json`, folder), 'utf8')) as Document;
}

function find(document: Document, id: string, path: string, method: string): [Document, Operation] {
  const official = path.replaceAll(/:(\w+)/g, '{$1}');
  const operation = document.paths[official]?.[method.toLowerCase()];
  expect(operation?.operationId, `${method} ${official}`).toBe(id);
  return [document, operation!];
}

function bodyOf(document: Document, operation: Operation): Schema | undefined {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : document.components.schemas[name];
}

function requiredOf(shape: Shape | undefined): readonly string[] {
  return namesWhere(shape, (rule) => rule.required);
}

function namesWhere(shape: Shape | undefined, fits: (rule: Shape[string]) => boolean): readonly string[] {
  return Object.entries(shape ?? {})
    .filter(([, rule]) => fits(rule))
    .map(([name]) => name)
    .sort();
}
