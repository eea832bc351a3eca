import { GHL_RESOURCES } from '../src/catalog/resources.ts';
import { checkBuilt } from '../src/config/checks/check-built.ts';
import { readYaml } from '../src/config/read-yaml.ts';

/** What this page reads of a JSON Schema. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly discriminator?: unknown;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly examples?: readonly unknown[];
  readonly 'x-expects'?: string;
  readonly 'x-message'?: string;
  readonly 'x-remedy'?: string;
}

/** A place in the file: its name for people, and a document that holds something there. */
interface Place {
  readonly title: string;
  readonly holding: (value: unknown) => object;
}

interface Section {
  readonly place: Place;
  readonly schema: Schema;
}

/** What one section says, and what it leads to. */
interface Described {
  readonly rows: readonly Row[];
  readonly below: readonly Section[];
  readonly notBuilt: readonly string[];
}

interface Row {
  readonly name: string;
  readonly property: Schema;
  /** Where the property's own properties are told. */
  readonly see?: Schema;
}

/** The config's schema as Markdown: a table for each map of properties. What isn't built is only named, at the end. */
export function configReference(root: Schema): string {
  const sections = new Map<Schema, Section & Described>();
  const open: Section[] = [{ place: { title: 'The file', holding: wholeFile }, schema: root }];
  for (let section = open.shift(); section; section = open.shift()) {
    if (sections.has(section.schema)) continue;
    const described = describe(root, section);
    sections.set(section.schema, { ...section, ...described });
    open.unshift(...described.below);
  }
  const titles = new Map([...sections].map(([schema, { place }]) => [schema, place.title]));
  const probed = probes.filter(({ document }) => !isBuilt(document)).map(({ words }) => words);
  const notBuilt = new Set([...probed, ...[...sections.values()].flatMap((section) => section.notBuilt)]);
  return `${[...sections.values()].map((section) => sectionText(root, section, titles)).join('\n')}
### Not built yet

\`validate\` knows these names and says that this version lacks them.

${[...notBuilt].map((words) => `- ${words}`).join('\n')}
`;
}

function wholeFile(value: unknown): object {
  return { connections: { ghl: { type: 'ghl' } }, ...(value as object) };
}

/** Values, not properties, that the language has and this version may not have. */
const probes = [
  { words: '`store: postgres://…`', document: { store: 'postgres://host/name' } },
  { words: '`syncs` as a list of files', document: { syncs: ['./syncs/*.yaml'] } },
  {
    words: '`on: empty` of a field',
    document: syncWith({ fields: { email: { expr: 'email', on: 'empty' } } }),
  },
  ...GHL_RESOURCES.map((name) => ({
    words: `\`to: ghl.${name}\``,
    document: syncWith({ to: `ghl.${name}` }),
  })),
];

function syncWith(properties: object): object {
  return wholeFile({ syncs: { a: { from: 'b', to: 'ghl.contact', ...properties } } });
}

function isBuilt(document: object): boolean {
  const { root } = readYaml('reference', JSON.stringify(document));
  return root !== undefined && checkBuilt(root).length === 0;
}

function describe(root: Schema, { place, schema }: Section): Described {
  const rows: Row[] = [];
  const below: Section[] = [];
  const notBuilt: string[] = [];
  // The kind of connection, auth, … decides what else there may be; a sync has a target.
  const kind = schema.properties?.['type']?.const;
  const beside = kind !== undefined ? { type: kind } : schema.properties?.['to'] ? { to: 'ghl.contact' } : {};
  const values = schema.additionalProperties;
  if (typeof values === 'object') below.push(...sectionsIn(root, placeOfName(place), values));
  for (const [name, written] of Object.entries(schema.properties ?? {})) {
    const property = resolved(root, written);
    const inside: Place = {
      title: titleOf(place, name),
      holding: (value) => place.holding({ ...beside, [name]: value }),
    };
    if (!isBuilt(inside.holding('x'))) {
      notBuilt.push(`\`${inside.title}\``);
      continue;
    }
    const [built, unbuilt] = partition(sectionsIn(root, inside, property), isSectionBuilt);
    notBuilt.push(...unbuilt.map((section) => `\`${section.place.title}\``));
    below.push(...built);
    rows.push({ name, property, ...(built[0] ? { see: built[0].schema } : {}) });
  }
  return { rows, below, notBuilt };
}

function partition<T>(all: readonly T[], holds: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}

function sectionText(
  root: Schema,
  { place, schema, rows }: Section & Described,
  titles: ReadonlyMap<Schema, string>,
): string {
  const rules = [schema, ...(schema.allOf ?? []).map((part) => resolved(root, part))].flatMap((part) =>
    part['x-message'] === undefined ? [] : [`An error: ${part['x-message']}; ${part['x-remedy'] ?? ''}.`],
  );
  const words = [schema.description ?? '', ...rules].filter((part) => part !== '').join('\n\n');
  const lines = rows.map(({ name, property, see }) => {
    const required = schema.required?.includes(name) === true ? ', required' : '';
    const title = see && titles.get(see);
    const link = title === undefined ? '' : ` See [${title}](#${slug(title)}).`;
    return `| \`${name}\`${required} | ${cell(expected(property))} | ${cell(property.description ?? '')}${link} |`;
  });
  return `### ${place.title}\n\n${words}\n\n| property | takes | means |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
}

function isSectionBuilt({ place, schema }: Section): boolean {
  const kind = schema.properties?.['type']?.const;
  const call = schema.properties?.['call'];
  const value = kind !== undefined ? { type: kind } : call ? { call: 'ghl.x' } : {};
  return isBuilt(place.holding(value));
}

/** The maps of properties that a value may be, or hold. */
function sectionsIn(root: Schema, place: Place, written: Schema): readonly Section[] {
  const schema = resolved(root, written);
  const { additionalProperties: values, items } = schema;
  const either = schema.discriminator !== undefined ? (schema.oneOf ?? []) : [schema.then, schema.else];
  const below = either.flatMap((part) => (part ? sectionsIn(root, variant(place, root, part), part) : []));
  if (below.length > 0) return below;
  if (schema.properties && Object.keys(schema.properties).length > 0)
    return [{ place, schema: original(root, written) }];
  if (typeof values === 'object')
    return sectionsIn(
      root,
      { title: `${place.title}.NAME`, holding: (value) => place.holding({ a: value }) },
      values,
    );
  if (items)
    return sectionsIn(root, { title: `${place.title}[]`, holding: (value) => place.holding([value]) }, items);
  return [];
}

function placeOfName(place: Place): Place {
  return { title: `${place.title}.NAME`, holding: (value) => place.holding({ a: value }) };
}

/** `auth` of type `form`: one kind of several. */
function variant(place: Place, root: Schema, part: Schema): Place {
  const { properties } = resolved(root, part);
  const kind = properties?.['type']?.const;
  if (typeof kind === 'string') return { ...place, title: `${place.title} (type ${kind})` };
  return properties?.['call'] ? { ...place, title: `${place.title} (call)` } : place;
}

function titleOf({ title }: Place, name: string): string {
  return title === 'The file' ? name : `${title.replace(/ \(.*\)/, '')}.${name}`;
}

/** With what a `$ref` leads to; words beside the `$ref` win. */
function resolved(root: Schema, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : { ...original(root, schema), ...schema };
}

/** The schema itself: the same object wherever it is referred to. */
function original(root: Schema, schema: Schema): Schema {
  const target = root.definitions?.[schema.$ref?.replace('#/definitions/', '') ?? ''];
  return target ?? schema;
}

function expected(schema: Schema): string {
  const words = [schema, schema.else, schema.then].find((part) => part?.['x-expects'])?.['x-expects'];
  const example = schema.examples?.[0];
  const shown = typeof example === 'string' ? `, such as \`${example}\`` : '';
  if (words !== undefined) return words.includes('such as') ? words : `${words}${shown}`;
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.type === 'object') return 'a map';
  if (schema.type === 'array') return 'a list';
  return schema.type === undefined ? 'any value' : String(schema.type);
}

/** Text inside a table: a bar would end the cell, and `<…>` would be taken for HTML. */
export function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll(/<(\w+)>/g, '‹$1›')
    .replaceAll('\n', ' ');
}

/** A heading's anchor, as GitHub makes it. */
export function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}
