import { fieldsOf, followed, listOf, walk, writtenOperations } from './our-documents.ts';
import type { Fields, Written } from './our-documents.ts';

/** One side of the comparison: a schema's alternatives, taken together, and the document they refer to. */
interface Side {
  readonly document: Fields;
  readonly schemas: readonly unknown[];
}

/**
 * Places where `ours` declares something that `theirs` does not, such as `create-task request dueDate type`.
 *
 * What callers send has to be the same on both sides; of answers, ours may leave things out.
 */
export function differencesOf(ours: Fields, theirs: Fields): string[] {
  const others = new Map(writtenOperations(theirs).map((operation) => [operation.id, operation]));
  return writtenOperations(ours).flatMap((mine) => {
    const other = others.get(mine.id);
    if (other === undefined) return [`${mine.id} id`];
    const found = [...callDifferences(mine, other), ...bodyDifferences(mine, other, ours, theirs)];
    return [...found, ...answerDifferences(mine, other, ours, theirs)].map((place) => `${mine.id} ${place}`);
  });
}

/** Every sentence of the summaries and descriptions, in lower case and without markup. */
export function sentencesOf(document: Fields): string[] {
  const texts: string[] = [];
  walk(document, ({ summary, description }) => {
    for (const text of [summary, description]) if (typeof text === 'string') texts.push(text);
  });
  return texts
    .flatMap((text) => text.replaceAll(/<[^>]*>|[`*]/g, ' ').split(/[.!?:;](?:\s|$)|\n\s*\n/))
    .map((sentence) => sentence.toLowerCase().replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function callDifferences(mine: Written, other: Written): string[] {
  const declared = (operation: Written): Map<string, Fields> =>
    new Map(operation.parameters.map((each) => [`${String(each['in'])} ${String(each['name'])}`, each]));
  const [here, there] = [declared(mine), declared(other)];
  const places = [...new Set([...here.keys(), ...there.keys()])];
  return [
    ...unequal('method', mine.method, other.method),
    ...unequal('path', mine.path, other.path),
    ...unequal('deprecated', mine.fields['deprecated'] === true, other.fields['deprecated'] === true),
    ...unequal('scopes', scopesOf(mine), scopesOf(other)),
    ...places.flatMap((place) =>
      unequal(place, parameterFacts(here.get(place)), parameterFacts(there.get(place))),
    ),
  ];
}

function scopesOf({ fields }: Written): readonly unknown[] {
  const scopes = listOf(fields['security']).flatMap((each) => Object.values(fieldsOf(each)).flatMap(listOf));
  return [...new Set(scopes)].toSorted();
}

/** Limits of numbers are left out: prose has more of them than schemas. */
function parameterFacts(parameter: Fields | undefined): unknown {
  if (parameter === undefined) return undefined;
  const schema = fieldsOf(parameter['schema']);
  return [
    parameter['required'] === true,
    schema['type'],
    schema['enum'],
    schema['default'],
    fieldsOf(schema['items'])['type'],
  ];
}

function bodyDifferences(mine: Written, other: Written, ours: Fields, theirs: Fields): string[] {
  const [here, there] = [
    followed(mine.fields['requestBody'], ours),
    followed(other.fields['requestBody'], theirs),
  ];
  const [kinds, otherKinds] = [here, there].map((body) => Object.entries(fieldsOf(body['content'])));
  const [kind, otherKind] = [kinds?.[0], otherKinds?.[0]];
  return [
    ...unequal('content', kind?.[0], otherKind?.[0]),
    ...unequal('body', here['required'] === true, there['required'] === true),
    ...schemaDifferences(
      'request',
      { document: ours, schemas: [fieldsOf(kind?.[1])['schema']] },
      { document: theirs, schemas: [fieldsOf(otherKind?.[1])['schema']] },
      true,
    ),
  ];
}

function answerDifferences(mine: Written, other: Written, ours: Fields, theirs: Fields): string[] {
  const [here, there] = [fieldsOf(mine.fields['responses']), fieldsOf(other.fields['responses'])];
  // No official document has a 429: the limits stand in a guide.
  const statuses = Object.keys(here).filter((status) => status !== '429');
  return [
    ...unequal('statuses', statuses.toSorted(), Object.keys(there).toSorted()),
    ...statuses.flatMap((status) =>
      schemaDifferences(status, answerSide(here[status], ours), answerSide(there[status], theirs), false),
    ),
  ];
}

function answerSide(response: unknown, document: Fields): Side {
  const content = fieldsOf(followed(response, document)['content']);
  return { document, schemas: [fieldsOf(content['application/json'])['schema']] };
}

function schemaDifferences(place: string, ours: Side, theirs: Side, whole: boolean): string[] {
  const [mine, other] = [shapeOf(ours), shapeOf(theirs)];
  if (mine === undefined) return [];
  // Theirs says nothing at all, so neither agrees nor disagrees.
  if (
    other === undefined ||
    (other.properties.size === 0 && other.items.length === 0 && other.types.length === 0)
  )
    return [place];
  if (whole && mine.properties.size > 0 && other.properties.size === 0) return [place];
  const names = [...mine.properties.keys()];
  const missing = whole ? [...other.properties.keys()].filter((name) => !mine.properties.has(name)) : [];
  return [
    ...unequal(`${place} type`, mine.types, other.types),
    ...unequal(`${place} nullable`, mine.nullable, other.nullable),
    ...unequal(`${place} enum`, mine.values, other.values),
    ...unequal(
      `${place} required`,
      mine.required,
      whole ? other.required : other.required.filter((name) => mine.properties.has(name)),
    ),
    ...missing.map((name) => below(place, name)),
    ...names.flatMap((name) => {
      const schemas = other.properties.get(name);
      if (schemas === undefined) return [below(place, name)];
      return schemaDifferences(
        below(place, name),
        { document: ours.document, schemas: mine.properties.get(name) ?? [] },
        { document: theirs.document, schemas },
        whole,
      );
    }),
    ...(mine.items.length === 0 ? [] : itemDifferences(place, ours, theirs, mine, other, whole)),
  ];
}

function itemDifferences(
  place: string,
  ours: Side,
  theirs: Side,
  mine: Shape,
  other: Shape,
  whole: boolean,
): string[] {
  const open = mine.items.every((item) => Object.keys(fieldsOf(item)).length === 0);
  if (open) return other.items.length === 0 ? [] : [`${place}[] type`];
  const sides = [
    { document: ours.document, schemas: mine.items },
    { document: theirs.document, schemas: other.items },
  ] as const;
  return schemaDifferences(`${place}[]`, ...sides, whole);
}

/** `request` and `dueDate` make `request dueDate`; deeper down they are joined by dots. */
function below(place: string, name: string): string {
  return place.includes(' ') ? `${place}.${name}` : `${place} ${name}`;
}

function unequal(place: string, mine: unknown, other: unknown): string[] {
  return JSON.stringify(mine) === JSON.stringify(other) ? [] : [place];
}

/** What a schema's alternatives allow together. */
interface Shape {
  readonly types: readonly unknown[];
  readonly nullable: boolean;
  readonly values: readonly unknown[];
  readonly required: readonly string[];
  readonly properties: ReadonlyMap<string, readonly unknown[]>;
  readonly items: readonly unknown[];
}

function shapeOf(side: Side): Shape | undefined {
  const present = side.schemas.filter((schema) => schema !== undefined);
  if (present.length === 0) return undefined;
  const leaves = present.flatMap((schema) => leavesOf(schema, side.document));
  const properties = new Map<string, unknown[]>();
  for (const leaf of leaves) {
    for (const [name, schema] of Object.entries(fieldsOf(leaf['properties']))) {
      properties.set(name, [...(properties.get(name) ?? []), schema]);
    }
    if (typeof leaf['additionalProperties'] === 'object') properties.set('*', [leaf['additionalProperties']]);
  }
  const lists = leaves.filter((leaf) => leaf['properties'] !== undefined).map(requiredOf);
  return {
    types: [...new Set(leaves.flatMap((leaf) => leaf['type'] ?? []))].toSorted(),
    nullable: leaves.some((leaf) => leaf['nullable'] === true),
    values: [...new Set(leaves.flatMap((leaf) => listOf(leaf['enum'])))].toSorted(),
    required: (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name))).toSorted(),
    properties,
    items: leaves.flatMap((leaf) => leaf['items'] ?? []),
  };
}

function requiredOf(schema: Fields): readonly string[] {
  return listOf(schema['required']).filter((name) => typeof name === 'string');
}

/** A schema without anyOf and oneOf as one, its alternatives else; allOf is merged. */
function leavesOf(schema: unknown, document: Fields): Fields[] {
  const fields = followed(schema, document);
  const choices = [...listOf(fields['anyOf']), ...listOf(fields['oneOf'])];
  if (choices.length > 0) return choices.flatMap((choice) => leavesOf(choice, document));
  const parts = listOf(fields['allOf']).flatMap((part) => leavesOf(part, document));
  if (parts.length === 0) return [fields];
  const merged = [...parts, fields].flatMap((part) => Object.entries(part));
  const properties = parts.flatMap((part) => Object.entries(fieldsOf(part['properties'])));
  const inner = properties.length > 0 ? { properties: Object.fromEntries(properties) } : {};
  return [{ ...Object.fromEntries(merged), ...inner }];
}
