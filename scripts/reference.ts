// Makes docs/reference.md from schemas/sync.schema.json and from the code: the catalogue, the functions, the commands.
// `--check` writes nothing and exits 1 when the page on disk differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { createCatalog } from '../src/catalog/load.ts';
import { mappableFields, needsField } from '../src/catalog/mappable-fields.ts';
import { GHL_RESOURCES, ghlResource } from '../src/catalog/resources.ts';
import { OWN_FUNCTIONS } from '../src/expression/functions/own-functions.ts';
import { commandReference } from './reference-commands.ts';
import { cell, configReference, type Schema } from './reference-config.ts';

const root = new URL('../', import.meta.url);
const page = new URL('docs/reference.md', root);

/** The page as it should be. */
export async function referencePage(): Promise<string> {
  const schema = JSON.parse(readFileSync(new URL('schemas/sync.schema.json', root), 'utf8')) as Schema;
  const text = `<!-- Made by scripts/reference.ts: change the schema or the code, then run it again. -->

# Reference

Made from the schema and the code of this version. For a start, read the [guide](guide.md).

- [Commands](#commands)
- [Config](#config)
- [Fields of HighLevel](#fields-of-highlevel)
- [Functions](#functions)

## Commands

${await commandReference()}
## Config

\`NAME\` stands for a name that you choose, \`[]\` for each element of a list. A property whose name begins with \`x-\` is
free, for anchors and notes. An *expression* is [JSONata](https://docs.jsonata.org) on the record; a *text* is literal,
with holes such as \`{{ first_name }}\`. In every other value \`\${NAME}\` is taken from the environment.

${configReference(schema)}
## Fields of HighLevel

What \`fields\` of a sync may name, beside \`customFields\`.

${GHL_RESOURCES.map(resourceTable).join('\n')}
## Functions

What expressions may call beside [JSONata's own functions](https://docs.jsonata.org/string-functions). \`$now\`,
\`$millis\`, \`$random\` and \`$eval\` are not there: the same record always yields the same fields.

| function | yields |
| --- | --- |
${Object.keys(OWN_FUNCTIONS).map(functionRow).join('\n')}
`;
  return format(text, { parser: 'markdown', printWidth: 110 });
}

/** True where the page on disk is what the code would make. */
export async function isFresh(): Promise<boolean> {
  return readFileSync(page, 'utf8') === (await referencePage());
}

function resourceTable(name: string): string {
  const resource = ghlResource(name)!;
  const { parent, createOnly } = resource;
  const create = createCatalog().operation(resource.create.operation)!;
  const fields = Object.entries(mappableFields(resource, create));
  const rows = fields.map(([field, { type = 'any', description = '' }]) => {
    const required = needsField(resource, create, field) ? ', required' : '';
    const once = createOnly.includes(field) ? ' Only sent with a create.' : '';
    return `| \`${field}\`${required} | ${type} | ${cell(description)}${once} |`;
  });
  const words = parent
    ? `Its parent is a \`ghl.${parent.resource}\`: a sync to it needs \`parent\`.\n\n`
    : '';
  return `### \`ghl.${name}\`\n\n${words}| field | type | means |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

const YIELDS: Readonly<Record<string, string>> = {
  e164: 'The phone number as `+447700900123`; nothing, and a warning on the event, where it is none. `country` is the file’s unless given.',
  zoned:
    'A local date and time as an instant with its offset. The second argument is a time zone, or `{ "zone": …, "after": … }`: a time before `after` is moved past midnight.',
  date: 'The day of an instant, as `2026-06-14`, in the file’s time zone unless given.',
  table: 'What the look-up table holds for the key, else the default.',
  slug: 'The text in lower case with hyphens.',
  num: 'The number that a text holds; nothing where it holds none.',
  yes: 'True for 1, "1", "true", "yes" and "on".',
  result:
    'What another sync got for this record: a target with its `id`, or the body of a call’s answer. Only in the `with` of a later call.',
};

function functionRow(name: string): string {
  const words = YIELDS[name];
  if (words === undefined) throw new Error(`say in scripts/reference.ts what $${name} yields`);
  const { parameters, least } = OWN_FUNCTIONS[name]!;
  const required = parameters.slice(0, least).join(', ');
  const optional = parameters.slice(least).map((parameter) => `[, ${parameter}]`);
  return `| \`$${name}(${required}${optional.join('')})\` | ${cell(words)} |`;
}

async function main(check: boolean): Promise<void> {
  if (!check) {
    writeFileSync(page, await referencePage());
  } else if (!(await isFresh())) {
    console.error('docs/reference.md is stale: run node scripts/reference.ts');
    process.exitCode = 1;
  }
}

if (import.meta.main) await main(process.argv.includes('--check'));
