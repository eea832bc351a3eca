import { readFileSync, statSync } from 'node:fs';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { messageOf } from '../model/problem.ts';
import { partOf, parts } from './ghl/generated/index.ts';
import { readDocument } from './operation.ts';
import type { ApiDocument } from './api-document.ts';
import type { Operation } from './operation.ts';

/** HighLevel's operations, read when first asked for. */
export interface Catalog {
  /** Undefined when nothing has this id, or when several parts have it and none is named. */
  operation(id: string, part?: string): Operation | undefined;
  /** In the document's order; empty for a part that is none of `parts`. */
  operations(part: string): readonly Operation[];
  /** Such as `contacts` and `calendars`. */
  readonly parts: readonly string[];
  /** Every operation id there is: for "did you mean". */
  readonly ids: readonly string[];
}

export type LoadedDocument =
  | { readonly kind: 'document'; readonly document: ApiDocument }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** What a user's own document may weigh, in bytes: YAML of this size takes about two seconds to parse. */
export const maxDocumentBytes = 4 * 1024 * 1024;
/** The same of JSON, which is read fifty times as fast. */
export const maxJsonBytes = 32 * 1024 * 1024;

/** A catalogue that reads each part once. */
export function createCatalog(): Catalog {
  const loaded = new Map<string, readonly Operation[]>();

  function operations(part: string): readonly Operation[] {
    if (!parts.includes(part)) return [];
    const known = loaded.get(part) ?? loadPart(part);
    loaded.set(part, known);
    return known;
  }

  function operation(id: string, part?: string): Operation | undefined {
    const having = Object.hasOwn(partOf, id) ? partOf[id]! : [];
    const found = part ?? (having.length === 1 ? having[0] : undefined);
    return found === undefined ? undefined : operations(found).find((candidate) => candidate.id === id);
  }

  return { operation, operations, parts, ids: Object.keys(partOf) };
}

/**
 * The operations of one of our own documents, `openapi/ghl/<part>.yaml`.
 *
 * Reads what `scripts/generate.ts` made of it, as parsing the YAML costs too much for a command
 * line: 46 to 64 ms for contacts, where this takes 0.5 ms.
 * Both `src/catalog` and `dist/catalog` lie two levels under the package's root, where `openapi/` is.
 */
export function loadPart(part: string): readonly Operation[] {
  const file = new URL(`../../openapi/ghl/generated/${part}.json`, import.meta.url);
  // Our own file, made from this type; `generate.ts --check` guards that it is fresh.
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Operation[];
}

/** A user's own OpenAPI document, YAML or JSON. What of it can't be used is left out and told; nothing that can be: problems. */
export function loadDocument(path: string, part: string): LoadedDocument {
  const text = readText(path);
  if (typeof text !== 'string') return text;
  const parsed = parse(text);
  if ('problems' in parsed) return { kind: 'problems', problems: parsed.problems };
  const { operations, problems, basePath } = readDocument(parsed.value, part, { nameless: true });
  if (operations.length > 0) return { kind: 'document', document: { operations, basePath, gaps: problems } };
  return { kind: 'problems', problems: problems.length > 0 ? problems : ['It has no operation.'] };
}

function readText(path: string): string | LoadedDocument {
  try {
    const found = statSync(path);
    // A pipe would be waited for, and a device may never end.
    if (!found.isFile() && !found.isDirectory())
      return problem("The file can't be read: it is a pipe or a device.");
    const { size } = found;
    if (size > maxJsonBytes) return problem(`The file has ${size} bytes; ${maxJsonBytes} are allowed.`);
    const text = readFileSync(path, 'utf8');
    if (size <= maxDocumentBytes || isJson(text)) return text;
    return problem(
      `The file has ${size} bytes, and ${maxDocumentBytes} are allowed of YAML; JSON may have ${maxJsonBytes}.`,
    );
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    return problem(`The file can't be read: ${isMissing ? 'it is not there' : messageOf(thrown)}.`);
  }
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

function problem(sentence: string): LoadedDocument {
  return { kind: 'problems', problems: [sentence] };
}

type Parsed = { readonly value: unknown } | { readonly problems: readonly string[] };

function parse(text: string): Parsed {
  try {
    // Fifty times as fast as the YAML parser, which would read JSON too.
    return isJson(text) ? { value: JSON.parse(text) } : parseYaml(text);
  } catch (thrown) {
    return { problems: [messageOf(thrown)] };
  }
}

/** Where the package speaks of itself. */
const YAML_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'It holds more than one YAML document.',
  RESOURCE_EXHAUSTION: 'Its values are nested too deep.',
};

/** Throws for what the package finds only while building values: unknown and exploding aliases. */
function parseYaml(text: string): Parsed {
  // The package compares every key with every other (40,000 keys: 9 s), so we look for doubles ourselves.
  const document = parseDocument(text, { uniqueKeys: false });
  // The first line names the place; the rest draws it.
  const problems = document.errors.map(
    ({ code, message }) => YAML_WORDS[code] ?? message.split('\n')[0]!.replace(/:$/, '.'),
  );
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) problems.push(`${String(name)} stands twice in one place.`);
        seen.add(name);
      }
    },
  });
  if (problems.length > 0) return { problems };
  return isMap(document.contents)
    ? { value: document.toJS() }
    : { problems: ['This is not an OpenAPI document.'] };
}
