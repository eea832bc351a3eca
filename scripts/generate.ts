// Makes, from openapi/ghl/*.yaml:
//   openapi/ghl/generated/<part>.json      operations for src/catalog/load.ts: no YAML to parse at run time
//   src/catalog/ghl/generated/<part>.ts    types for openapi-fetch
//   src/catalog/ghl/generated/paths.ts     all of them in one type
//   src/catalog/ghl/generated/index.ts     which part has an operation
// from the declarations in src/catalog/ghl:
//   src/catalog/ghl/generated/resources.ts all of them in one list
// in schemas/sync.schema.json, which is written by hand, the definition `hints`: what an editor offers of HighLevel;
// and from that schema:
//   src/config/generated/shape.ts          its check as code
// `--check` writes nothing and exits 1 when the files on disk differ.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';
import { parse } from 'yaml';
import { readDocument } from '../src/catalog/operation.ts';
import type { Operation } from '../src/catalog/operation.ts';
import type { ConfigSchema } from './editor-hints.ts';
import { shapeCheck } from './shape-check.ts';

const root = new URL('../', import.meta.url);
const sources = 'openapi/ghl/';
const data = 'openapi/ghl/generated/';
const schema = 'schemas/sync.schema.json';
const declarations = 'src/catalog/ghl/';
const code = 'src/catalog/ghl/generated/';
const checks = 'src/config/generated/';
const banner = '// Made by scripts/generate.ts from openapi/ghl: change those files, then run it again.\n';

/** Every generated file, by its path from the repository's root. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = await readdir(new URL(sources, root));
  const parts = files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
  const made = await Promise.all(parts.sort().map(filesOf));
  const operations = made.flatMap((part) => part.operations);
  const written = JSON.parse((await textOf(schema)) ?? '') as ConfigSchema;
  return new Map([
    ...made.flatMap(({ files }) => files),
    [`${code}paths.ts`, pathsFile(parts)],
    [`${code}index.ts`, indexFile(parts, operations)],
    [`${code}resources.ts`, await resourcesFile()],
    [schema, await schemaFile(written, operations)],
    [`${checks}shape.ts`, `${banner.replace('openapi/ghl', schema)}${shapeCheck(written)}`],
  ]);
}

/** Paths of generated files that are missing, stale, or left over. */
export async function staleFiles(files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const onDisk = await Promise.all([data, code, checks].map(filesIn));
  const leftOver = onDisk.flat().filter((path) => !files.has(path));
  const differing = await Promise.all(
    [...files].map(async ([path, text]) => ((await textOf(path)) === text ? [] : [path])),
  );
  return [...leftOver, ...differing.flat()];
}

interface Made {
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly operations: readonly Operation[];
}

async function filesOf(part: string): Promise<Made> {
  const source = new URL(`${sources}${part}.yaml`, root);
  const { operations, problems } = readDocument(parse(await readFile(source, 'utf8')), part);
  if (problems.length > 0) throw new Error(`${part}.yaml: ${problems.join(' ')}`);
  // A default is what the API fills in, not what a caller has to send: hence defaultNonNullable.
  // `immutable` would suit us, but openapi-fetch 0.17 turns read-only lists in answers into plain objects.
  const types = await openapiTS(source, { defaultNonNullable: false, silent: true });
  return {
    operations,
    files: [
      [`${data}${part}.json`, await format(JSON.stringify(operations), { parser: 'json', printWidth: 110 })],
      [`${code}${part}.ts`, `${banner}${astToString(types)}`],
    ],
  };
}

async function schemaFile(written: ConfigSchema, operations: readonly Operation[]): Promise<string> {
  const text = JSON.stringify(
    { ...written, definitions: { ...written.definitions, hints: 'HINTS' } },
    null,
    2,
  );
  // Without line breaks of its own, what is short stays on one line: a third of the bytes.
  const { editorHints } = await import('./editor-hints.ts');
  const hints = JSON.stringify(editorHints(written, operations));
  return format(
    text.replace('"HINTS"', () => hints),
    { parser: 'json', printWidth: 110 },
  );
}

function pathsFile(parts: readonly string[]): string {
  const imports = parts.map((part) => `import type { paths as ${part} } from './${part}.ts';\n`);
  return `${banner}${imports.join('')}\n/** Every path of HighLevel's API that the catalogue knows. */\nexport type GhlPaths = ${parts.join(' & ')};\n`;
}

function indexFile(parts: readonly string[], operations: readonly Operation[]): string {
  const having = new Map<string, string[]>();
  for (const { id, part } of operations) having.set(id, [...(having.get(id) ?? []), part]);
  const lines = [...having].map(([id, names]) => `  ${JSON.stringify(id)}: ${JSON.stringify(names)},\n`);
  return `${banner}
/** Documents there are. */
export const parts: readonly string[] = ${JSON.stringify(parts)};

/** Parts that have an operation, by its id. */
export const partOf: Readonly<Record<string, readonly string[]>> = {
${lines.join('')}};
`;
}

/** One more resource is one more file: what declares one is in the list. */
async function resourcesFile(): Promise<string> {
  const files = (await filesIn(declarations)).filter((path) => path.endsWith('.ts')).sort();
  const texts = await Promise.all(files.map(textOf));
  const found = files.flatMap((path, at) => {
    const name = /^export const (\w+): Resource = /mu.exec(texts[at] ?? '')?.[1];
    return name === undefined ? [] : [{ name, file: path.slice(declarations.length) }];
  });
  const imports = found.map(({ name, file }) => `import { ${name} } from '../${file}';\n`);
  const names = found.map(({ name }) => `  ${name},\n`);
  return `${banner.replace('openapi/ghl', declarations.slice(0, -1))}${imports.join('')}import type { Resource } from '../../resource.ts';

/** What a sync can write to on a connection of type \`ghl\`. */
export const resources: readonly Resource[] = [
${names.join('')}];
`;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(new URL(folder, root)).catch(() => []);
  return names.map((name) => `${folder}${name}`);
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(new URL(path, root), 'utf8').catch(() => undefined);
}

async function main(check: boolean): Promise<void> {
  // First: the editor's hints come of the catalogue, which imports this list.
  if (!check) await writeFile(new URL(`${code}resources.ts`, root), await resourcesFile());
  const files = await generatedFiles();
  const stale = await staleFiles(files);
  if (check) {
    for (const path of stale) console.error(`${path} is stale: run node scripts/generate.ts`);
    process.exitCode = stale.length > 0 ? 1 : 0;
    return;
  }
  for (const path of stale) {
    const text = files.get(path);
    await mkdir(new URL('./', new URL(path, root)), { recursive: true });
    await (text === undefined ? rm(new URL(path, root)) : writeFile(new URL(path, root), text));
    console.log(`${text === undefined ? 'removed' : 'wrote'} ${path}`);
  }
}

if (import.meta.main) await main(process.argv.includes('--check'));
