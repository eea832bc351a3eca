import { operationsAt } from '../../catalog/api-document.ts';
import type { ApiDocument } from '../../catalog/api-document.ts';
import { bodyFields } from '../../catalog/body-fields.ts';
import type { Operation } from '../../catalog/operation.ts';
import type { Problem } from '../../model/problem.ts';
import { didYouMean } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';
import type { Documents } from './documents.ts';
import { bodyEntries, requestsOf } from './requests.ts';
import type { ConfigRequest } from './requests.ts';

/** Requests that the API's own document does not know so: paths, methods, parameters, fields of bodies. */
export function checkRequests(root: Node, documents: Documents): readonly Problem[] {
  return requestsOf(root).flatMap((request) => {
    const document = documents.get(request.connection);
    // An address of its own, or one that is only known when something runs.
    if (!document || !request.path.startsWith('/')) return [];
    const operation = operationsAt(document, request.path).find(({ method }) => method === request.method);
    if (!operation) return [unknownRequest(document, request)];
    const given = credentialNames(root, request.connection);
    return [...queryProblems(operation, request, given), ...bodyProblems(operation, request, given)];
  });
}

function unknownRequest(document: ApiDocument, request: ConfigRequest): Problem {
  const { connection, method, pathNode } = request;
  const path = (textOf(pathNode) ?? '').split('?')[0] ?? '';
  const others = operationsAt(document, request.path).map((operation) => operation.method);
  if (others.length > 0) {
    const message = `the API of ${connection} takes no ${method} at ${path}`;
    const at = child(request.node, 'method')?.at ?? pathNode.at;
    return problemAt('unknown-operation', at, message, `it takes ${others.join(', ')} there`);
  }
  const sameMethod = document.operations.filter((operation) => operation.method === method);
  const paths = (sameMethod.length > 0 ? sameMethod : document.operations).map((operation) => operation.path);
  const based = path.startsWith(`${document.basePath}/`)
    ? paths.map((each) => document.basePath + each)
    : paths;
  const remedy = didYouMean(path, new Set(based), 'see its document');
  return problemAt('unknown-operation', pathNode.at, `the API of ${connection} has no path ${path}`, remedy);
}

/** What the connection's credentials add to each call. */
function credentialNames(root: Node, connection: string): readonly string[] {
  const auth = child(root, 'connections', connection, 'auth');
  if (!['query', 'form'].includes(textOf(child(auth, 'type')) ?? '')) return [];
  const name = textOf(child(auth, 'name'));
  return [
    ...entriesOf(child(auth, 'fields')).map((entry) => entry.name),
    ...(name === undefined ? [] : [name]),
  ];
}

function queryProblems(
  operation: Operation,
  { node, pathNode, inPath, added }: ConfigRequest,
  credentials: readonly string[],
): readonly Problem[] {
  const query = child(node, 'query');
  const written = query?.kind === 'map' ? [...query.entries.values()] : [];
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const names = known.map(({ name }) => name);
  const unknown = written
    .filter(({ name }) => !isKnown(name, names))
    .map((entry) => stranger(entry, operation, names));
  const given = [...written.map(({ name }) => name), ...inPath, ...added, ...credentials];
  const missing = known
    .filter(({ name, required }) => required && !isKnown(name, given))
    .map(({ name }) => name);
  const misspelt = unknown.length > 0;
  return misspelt || missing.length === 0 ? unknown : [missingProblem(pathNode, operation, missing, 'query')];
}

/** `filter[name]` is a part of the parameter `filter`, and `ids[]` the list `ids`. */
function isKnown(name: string, names: readonly string[]): boolean {
  const plain = (text: string) => text.replace(/\[.*$/, '');
  return names.some((one) => one === name || plain(one) === plain(name));
}

function stranger({ name, key }: Entry, operation: Operation, known: readonly string[]): Problem {
  const remedy = didYouMean(name, known, 'remove it');
  return problemAt('unknown-field', key, `unknown parameter "${name}" of ${wordsOf(operation)}`, remedy);
}

function missingProblem(
  node: Node,
  operation: Operation,
  missing: readonly string[],
  where: string,
): Problem {
  const names = missing.map((name) => `"${name}"`).join(' and ');
  return problemAt('missing-field', node.at, `${wordsOf(operation)} wants ${names}`, `add under "${where}:"`);
}

/** Bodies that the request gives itself; where the mapped fields are the body, the syncs are looked at. */
function bodyProblems(
  operation: Operation,
  { node, pathNode, added }: ConfigRequest,
  credentials: readonly string[],
): readonly Problem[] {
  const entries = bodyEntries(node);
  if (!entries || !operation.body) return [];
  const { properties, required, open } = bodyFields(operation.body.schema);
  const names = Object.keys(properties);
  const unknown = open
    ? []
    : entries.filter(({ name }) => !isKnown(name, names)).map((entry) => stranger(entry, operation, names));
  const given = [...entries.map(({ name }) => name), ...added, ...credentials];
  const missing = required.filter((name) => !isKnown(name, given));
  if (unknown.length > 0 || missing.length === 0) return unknown;
  const block = ['form', 'multipart', 'json'].find((name) => child(node, name)) ?? 'json';
  return [missingProblem(pathNode, operation, missing, block)];
}

/** Its operationId, or its method and path where nobody named it. */
export function wordsOf({ id }: Operation): string {
  return id;
}
