import { mappableFields, needsField } from '../src/catalog/mappable-fields.ts';
import type { Operation } from '../src/catalog/operation.ts';
import { GHL_RESOURCES, ghlResource } from '../src/catalog/resources.ts';
import type { JsonSchema } from '../src/catalog/schema.ts';

/** What is read here of the config's schema. */
export interface ConfigSchema {
  readonly definitions: Readonly<Record<string, Definition>>;
}

interface Definition {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Definition>>;
}

type Words = Readonly<Record<string, unknown>>;

/**
 * The definition `hints` of the config's schema: what an editor offers for `to` and `call`, and for the
 * fields or parameters of what is named there. It refuses nothing, so that other connections' names stay free.
 */
export function editorHints(schema: ConfigSchema, operations: readonly Operation[]): Words {
  return {
    $comment: 'For editors only. Made by scripts/generate.ts.',
    properties: {
      to: { description: wordsOf(schema, 'targetSync', 'to'), defaultSnippets: resourceSnippets() },
      call: { description: wordsOf(schema, 'callSync', 'call'), defaultSnippets: callSnippets(operations) },
    },
    allOf: [
      ...GHL_RESOURCES.map((name) => fieldsWhere(schema, name, operations)),
      ...operations.flatMap((operation) => parametersWhere(schema, operation, operations)),
    ],
  };
}

function resourceSnippets(): readonly Words[] {
  return GHL_RESOURCES.map((name) => {
    const parent = ghlResource(name)?.parent;
    const below = parent ? `, below a ${parent.resource}: needs parent` : '';
    return snippet(`ghl.${name}`, `A resource of HighLevel${below}.`);
  });
}

function callSnippets(operations: readonly Operation[]): readonly Words[] {
  return operations.map((operation) =>
    snippet(`ghl.${calledAs(operation, operations)}`, sentence(operation.summary)),
  );
}

function snippet(label: string, description: string): Words {
  return { label, description, body: label };
}

/** With its part where another part has an operation of that name. */
function calledAs({ id, part }: Operation, operations: readonly Operation[]): string {
  return operations.some((other) => other.id === id && other.part !== part) ? `${part}.${id}` : id;
}

function fieldsWhere(schema: ConfigSchema, name: string, operations: readonly Operation[]): Words {
  const resource = ghlResource(name)!;
  const create = operations.find(({ id }) => id === resource.create.operation)!;
  const fields = Object.entries(mappableFields(resource, create)).map(([field, written]) => {
    const notes = [
      ...(needsField(resource, create, field) ? ['Required.'] : []),
      ...(resource.references?.[field] ? ['Its name will do, too.'] : []),
      ...(resource.createOnly.includes(field) ? ['Only sent with a create.'] : []),
    ];
    return [field, offered(written, `\`${field}\` of ${name}`, notes)] as const;
  });
  const custom = { description: wordsOf(schema, 'targetSync', 'fields', 'customFields') };
  const properties = {
    ...Object.fromEntries(fields),
    ...(resource.customFields && { customFields: custom }),
  };
  return where(schema, 'targetSync', 'to', name, 'fields', properties);
}

function parametersWhere(
  schema: ConfigSchema,
  operation: Operation,
  operations: readonly Operation[],
): readonly Words[] {
  const { body } = operation;
  const own = operation.parameters.map(({ name, required, schema: written }) => ({
    name,
    required,
    written,
  }));
  const ofBody = Object.entries(body?.schema.properties ?? {}).map(([name, written]) => ({
    name,
    required: body?.schema.required?.includes(name) === true,
    written,
  }));
  const properties = [...own, ...ofBody]
    .filter(({ name }) => name !== 'locationId')
    .map(({ name, required, written }) => [
      name,
      offered(written, `\`${name}\` of ${operation.id}`, required ? ['Required.'] : []),
    ]);
  if (properties.length === 0) return [];
  const name = calledAs(operation, operations);
  return [where(schema, 'callSync', 'call', name, 'with', Object.fromEntries(properties) as Words)];
}

/** What `under` may hold where the property `by` ends in this name, whatever the connection is called. */
function where(
  schema: ConfigSchema,
  definition: string,
  by: string,
  name: string,
  under: string,
  properties: Words,
): Words {
  const pattern = `^[^.]+\\.(?:[^.]+\\.)?${name.replaceAll('.', '\\.')}$`;
  const description = wordsOf(schema, definition, under);
  return {
    if: { required: [by], properties: { [by]: { description: wordsOf(schema, definition, by), pattern } } },
    then: { properties: { [under]: { description, properties } } },
  };
}

/** One field: its words, and what can be chosen for a `value`. */
function offered(written: JsonSchema, name: string, notes: readonly string[]): Words {
  const choices = written.type === 'boolean' ? [true, false] : (written.enum ?? []);
  const words = written.description === undefined ? `${name}.` : sentence(written.description);
  const description = [words, kindOf(written), ...notes].filter((part) => part !== '').join(' ');
  if (choices.length === 0) return { description };
  const value = { description: 'Any JSON, verbatim; null clears the field.', examples: choices };
  // Of a text that stands there itself the editor would make the name of a field.
  const itself = written.type === 'boolean' ? { examples: choices } : {};
  return { description, ...itself, properties: { value } };
}

const KINDS: Readonly<Partial<Record<string, string>>> = {
  string: 'Text.',
  number: 'A number.',
  integer: 'A whole number.',
  boolean: 'True or false.',
  array: 'A list.',
};

function kindOf({ type, enum: values }: JsonSchema): string {
  if (values) return `One of ${values.map((value) => JSON.stringify(value).replaceAll('"', '')).join(', ')}.`;
  return KINDS[type ?? ''] ?? '';
}

/** On one line, with a full stop. */
function sentence(text: string): string {
  const line = text.replaceAll('\n', ' ').trim();
  return /[.:)]$/.test(line) ? line : `${line}.`;
}

/** A property's description in the schema, so that an editor shows the same wherever it finds it. */
function wordsOf(schema: ConfigSchema, definition: string, ...path: readonly string[]): string {
  let at: Definition | undefined = schema.definitions[definition];
  for (const name of path) at = at?.properties?.[name];
  if (at?.description === undefined) throw new Error(`the schema has no words for ${path.join('.')}`);
  return at.description;
}
