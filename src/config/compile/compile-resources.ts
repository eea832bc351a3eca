import type { ApiDocument } from '../../catalog/api-document.ts';
import type { BodyFields } from '../../catalog/body-fields.ts';
import type { HttpResource, ResourceRequest } from '../../model/http-resource.ts';
import type { Method } from '../../model/request.ts';
import type { Documents } from '../api/documents.ts';
import { fieldsOf, mappedOperation } from '../api/http-target.ts';
import { compileRequest } from './compile-request.ts';
import { looseText, optionalExpression } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { partsOf } from '../variables.ts';

/** What each request is sent with unless it says so itself. */
const METHOD = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

/** The checked `resources` of a connection; one that can't be created is none that a sync may write. */
export function compileResources(
  reader: Reader,
  connection: string,
  node: Node | undefined,
  document: ApiDocument | undefined,
): ReadonlyMap<string, HttpResource> {
  const documents: Documents = document ? new Map([[connection, document]]) : new Map();
  const compiled = entriesOf(node).flatMap(({ name, value }) => {
    const create = compileCall(reader, child(value, 'create'), METHOD.create);
    if (!create) return [];
    const bodyFieldsOf = (call: 'create' | 'update') =>
      closedFields(fieldsOf(mappedOperation(documents, connection, value, call)));
    const update = compileCall(reader, child(value, 'update'), METHOD.update);
    const others = {
      update: update && { ...update, ...bodyFieldsOf('update') },
      delete: compileCall(reader, child(value, 'delete'), METHOD.delete),
      find: compileCall(reader, child(value, 'find')),
    };
    const there = Object.entries(others).filter(([, call]) => call !== undefined);
    const known = { ...create, ...bodyFieldsOf('create') };
    return [[name, { connection, name, create: known, ...Object.fromEntries(there) }] as const];
  });
  return new Map(compiled);
}

/** Where the document says all that a body may hold, it says what the parent's id is called, and whether it is there. */
function closedFields(fields: BodyFields | undefined): Pick<ResourceRequest, 'bodyFields'> {
  return fields && !fields.open ? { bodyFields: Object.keys(fields.properties) } : {};
}

function compileCall(reader: Reader, node: Node | undefined, method?: Method): ResourceRequest | undefined {
  if (!node) return undefined;
  const request = compileRequest(reader, node, 'all');
  return {
    request: method && !child(node, 'method') ? { ...request, method } : request,
    pathNames: pathNamesOf(looseText(child(node, 'path'))),
    id: optionalExpression(reader, child(node, 'id')) ?? idOf,
    records: optionalExpression(reader, child(node, 'records')) ?? itself,
  };
}

/** `{names}` of a path, outside of its `{{ holes }}`. */
export function pathNamesOf(path: string): string[] {
  return partsOf(path)
    .filter(({ hole }) => !hole)
    .flatMap(({ text }) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!));
}

const itself = (body: unknown) => Promise.resolve(body);

/** `id`, where nothing else is said. */
function idOf(body: unknown): Promise<unknown> {
  return Promise.resolve((body as Readonly<Record<string, unknown>> | null | undefined)?.['id']);
}
