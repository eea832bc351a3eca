import { GHL_RESOURCES } from '../src/catalog/resources.ts';
import { checkBuilt } from '../src/config/check-built.ts';
import { readYaml } from '../src/config/read-yaml.ts';

/** What this page reads of a JSON Schema. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
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

/** The config's schema as Markdown: a table for each map of properties. What isn't built is only named, at the end. */
export function configReference(root: Schema): string {
  const sections: string[] = [];
  const notBuilt: string[] = probes.filter(({ document }) => !isBuilt(document)).map(({ words }) => words);
  const shown = new Set<Schema>();
  const open: Section[] = [{ place: { title: 'The file', holding: wholeFile }, schema: root }];
  for (let section = open.shift(); section; section = open.shift()) {
    if (shown.has(section.schema)) continue;
    shown.add(section.schema);
    const { text, children, missing } = describe(root, section);
    sections.push(text);
    notBuilt.push(...missing);
    open.unshift(...children);
  }
  return `${sections.join('\n')}
### Not built yet

\`validate\` knows these names and says that this version lacks them.

${notBuilt.map((words) => `- ${words}`).join('\n')}
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

function describe(root: Schema, { place, schema }: Section) {
  const rows: string[] = [];
  const children: Section[] = [];
  const missing: string[] = [];
  // The kind of connection, auth, … decides what else there may be; a sync has a target.
  const kind = schema.properties?.['type']?.const;
  const beside = kind !== undefined ? { type: kind } : schema.properties?.['to'] ? { to: 'ghl.contact' } : {};
  for (const [name, written] of Object.entries(schema.properties ?? {})) {
    const property = resolved(root, written);
    const inside = {
      title: titleOf(place, name),
      holding: (value: unknown) => place.holding({ ...beside, [name]: value }),
    };
    if (!isBuilt(inside.holding('x'))) {
      missing.push(`\`${inside.title}\``);
      continue;
    }
    const below = sectionsIn(root, inside, property);
    const [built, unbuilt] = [
      below.filter(isSectionBuilt),
      below.filter((section) => !isSectionBuilt(section)),
    ];
    missing.push(...unbuilt.map((section) => `\`${section.place.title}\``));
    children.push(...built);
    const required = schema.required?.includes(name) === true ? ', required' : '';
    const more = built[0] ? ` See [below](#${slug(built[0].place.title)}).` : '';
    rows.push(
      `| \`${name}\`${required} | ${cell(expected(property))} | ${cell(property.description ?? '')}${more} |`,
    );
  }
  const rules = [schema, ...(schema.allOf ?? []).map((part) => resolved(root, part))].flatMap((part) =>
    part['x-message'] === undefined
      ? []
      : [`An error otherwise: ${part['x-message']}; ${part['x-remedy'] ?? ''}.`],
  );
  const words = [schema.description ?? '', ...rules].filter((part) => part !== '').join('\n\n');
  const text = `### ${place.title}\n\n${words}\n\n| property | takes | means |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
  return { text, children, missing };
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
  const words = schema['x-expects'];
  const example = schema.examples?.[0];
  const shown = typeof example === 'string' ? `, such as \`${example}\`` : '';
  if (words !== undefined) return words.includes('such as') ? words : `${words}${shown}`;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.type === 'object') return 'a map';
  if (schema.type === 'array') return 'a list';
  return schema.then || schema.else || schema.type === undefined ? 'see the right' : String(schema.type);
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
