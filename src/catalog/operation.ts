import { isObject } from '../model/json.ts';
import { schemaReader } from './schema.ts';
import type { Follow, JsonSchema } from './schema.ts';

/** One call that an API offers. */
export interface Operation {
  /** Its operationId, such as `create-contact`. */
  readonly id: string;
  /** The document it stands in, such as `contacts`. */
  readonly part: string;
  readonly method: Method;
  /** With holes, such as `/contacts/{contactId}`; a slash at the end counts. */
  readonly path: string;
  readonly summary: string;
  /** Value of the `Version` header, where the operation wants one. */
  readonly version?: string;
  /** Those in path and query; headers are the connection's business. */
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  /** OAuth scopes the token needs; empty where the API documents none. */
  readonly scopes: readonly string[];
  readonly deprecated: boolean;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export interface Body {
  readonly contentType: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** What an OpenAPI document offers, and what keeps parts of it from being used. */
export interface DocumentReading {
  readonly operations: readonly Operation[];
  /** A sentence each; empty when everything can be used. */
  readonly problems: readonly string[];
  /** The path of its first server's address, without a slash at the end: what stands before every path. */
  readonly basePath: string;
}

export interface ReadingOptions {
  /** Operations without an operationId are taken, too: they are named `GET /things`. */
  readonly nameless?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** The helpers that every step of reading one document shares. */
interface Reader {
  readonly part: string;
  readonly security: unknown;
  readonly follow: Follow;
  readonly schema: (value: unknown) => JsonSchema;
  readonly report: (problem: string) => void;
  readonly nameless: boolean;
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The operations of an OpenAPI 3 document in its own order, with every `$ref` resolved. */
export function operationsOf(document: unknown, part: string): readonly Operation[] {
  return readDocument(document, part).operations;
}

/** As `operationsOf`, with what is wrong: for documents that are not ours. */
export function readDocument(document: unknown, part: string, options: ReadingOptions = {}): DocumentReading {
  const none = (problem: string) => ({ operations: [], problems: [problem], basePath: '' });
  if (!isObject(document)) return none('This is not an OpenAPI document.');
  const version = document['openapi'];
  if (typeof version !== 'string' || !version.startsWith('3.')) {
    const seen = document['swagger'] === undefined ? 'none is given' : 'this is Swagger 2';
    return none(`\`openapi\` must be 3.0 or 3.1; ${seen}.`);
  }
  const paths = document['paths'];
  if (!isObject(paths)) return none('`paths` is missing.');

  const problems = new Set<string>();
  const reader = readerOf(document, part, (problem) => problems.add(problem), options.nameless === true);
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsAt(path, item, reader));
  for (const id of repeated(operations.map(({ id }) => id))) problems.add(`operationId ${id} is used twice.`);
  return { operations, problems: [...problems], basePath: basePathOf(document['servers']) };
}

/** Variables in an address stand for themselves: hosts have them, paths hardly ever. */
function basePathOf(servers: unknown): string {
  const [first] = list(servers);
  const url = isObject(first) ? text(first['url']) : undefined;
  const path = url?.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').split(/[?#]/)[0] ?? '';
  return path.replace(/\/+$/, '');
}

function readerOf(
  document: Fields,
  part: string,
  report: (problem: string) => void,
  nameless: boolean,
): Reader {
  const follow: Follow = (ref) => {
    const target = targetOf(document, ref);
    if (target === undefined) report(`$ref ${ref} leads nowhere in this document.`);
    return target;
  };
  return { part, security: document['security'], follow, schema: schemaReader(follow), report, nameless };
}

/** Follows a pointer such as `#/components/schemas/Contact`. */
function targetOf(document: Fields, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  const steps = ref
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>(
    (at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    document,
  );
}

function operationsAt(path: string, item: unknown, reader: Reader): Operation[] {
  const fields = resolved(item, reader);
  return methods.flatMap((method) => {
    const operation = fields[method.toLowerCase()];
    if (!isObject(operation)) return [];
    const id = operation['operationId'];
    if (typeof id === 'string' && id !== '')
      return [operationAt(id, method, path, fields, operation, reader)];
    if (reader.nameless) return [operationAt(`${method} ${path}`, method, path, fields, operation, reader)];
    reader.report(`${method} ${path} has no operationId.`);
    return [];
  });
}

function operationAt(
  id: string,
  method: Method,
  path: string,
  item: Fields,
  operation: Fields,
  reader: Reader,
): Operation {
  const all = mergedParameters(item['parameters'], operation['parameters'], reader);
  const version = versionOf(all);
  const declared = all.flatMap((parameter) => parameterOf(parameter, reader));
  const body = bodyOf(operation['requestBody'], reader);
  return {
    id,
    part: reader.part,
    method,
    path,
    summary: text(operation['summary']) ?? text(operation['description']) ?? '',
    ...(version === undefined ? {} : { version }),
    parameters: [...undeclaredHoles(path, declared), ...declared],
    ...(body === undefined ? {} : { body }),
    scopes: scopesOf(operation['security'] ?? reader.security),
    deprecated: operation['deprecated'] === true,
  };
}

/** The path's parameters and the operation's, which win where both name one. */
function mergedParameters(shared: unknown, own: unknown, reader: Reader): Fields[] {
  const byPlace = new Map<string, Fields>();
  for (const entry of [...list(shared), ...list(own)]) {
    const parameter = resolved(entry, reader);
    byPlace.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
  }
  return [...byPlace.values()];
}

function parameterOf(parameter: Fields, reader: Reader): Parameter[] {
  const { name, in: place, required } = parameter;
  if (typeof name !== 'string' || (place !== 'path' && place !== 'query')) return [];
  return [
    {
      name,
      in: place,
      required: place === 'path' || required === true,
      schema: reader.schema(parameter['schema']),
    },
  ];
}

/** Holes that nothing declares, as text: HighLevel's official documents forget six themselves. */
function undeclaredHoles(path: string, declared: readonly Parameter[]): Parameter[] {
  const known = new Set(declared.filter((parameter) => parameter.in === 'path').map(({ name }) => name));
  const holes = [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1]!);
  const missing = [...new Set(holes)].filter((name) => !known.has(name));
  return missing.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** HighLevel dates its API by a header with one allowed value. */
function versionOf(parameters: readonly Fields[]): string | undefined {
  const header = parameters.find(({ in: place, name }) => place === 'header' && name === 'Version');
  const schema = header?.['schema'];
  return isObject(schema) ? text(list(schema['enum'])[0]) : undefined;
}

/** JSON where the operation takes it, else the first kind that it names. */
function bodyOf(value: unknown, reader: Reader): Body | undefined {
  if (value === undefined) return undefined;
  const { required, content } = resolved(value, reader);
  if (!isObject(content)) return undefined;
  const contentType = 'application/json' in content ? 'application/json' : Object.keys(content)[0];
  if (contentType === undefined) return undefined;
  const media = content[contentType];
  return {
    contentType,
    required: required === true,
    schema: reader.schema(isObject(media) ? media['schema'] : undefined),
  };
}

/** Alternatives differ in the kind of token, not in scopes: so all that are named, each once. */
function scopesOf(security: unknown): readonly string[] {
  const alternatives = list(security).filter(isObject);
  const named = alternatives.flatMap((alternative) => Object.values(alternative).flatMap(list));
  return [...new Set(named.filter((scope) => typeof scope === 'string'))];
}

/** An object's fields, or those of what its `$ref` leads to; never more than one step, as OpenAPI has it. */
function resolved(value: unknown, reader: Reader): Fields {
  if (!isObject(value)) return {};
  const ref = value['$ref'];
  if (typeof ref !== 'string') return value;
  const target = reader.follow(ref);
  return isObject(target) ? target : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}
