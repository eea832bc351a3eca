import { operationAt, operationNamed } from '../../catalog/api-document.ts';
import { bodyFields } from '../../catalog/body-fields.ts';
import type { BodyFields } from '../../catalog/body-fields.ts';
import type { Operation } from '../../catalog/operation.ts';
import type { JsonSchema } from '../../catalog/schema.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import type { Documents } from './documents.ts';
import { resourceRequest } from './requests.ts';

/** A `call` of a connection of type http: its connection, and its operationId, which may hold dots. */
export function httpCallOf(
  root: Node,
  sync: Node,
): { readonly connection: string; readonly id: string; readonly node: Node } | undefined {
  const node = child(sync, 'call');
  const text = textOf(node) ?? '';
  const connection = text.split('.')[0] ?? '';
  if (!node || textOf(child(root, 'connections', connection, 'type')) !== 'http') return undefined;
  return { connection, id: text.slice(connection.length + 1), node };
}

/** The operation that a sync calls, by the connection's document. */
export function httpOperationOf(root: Node, sync: Node, documents: Documents): Operation | undefined {
  const call = httpCallOf(root, sync);
  const document = call && documents.get(call.connection);
  return document && operationNamed(document, call.id);
}

/** The operation behind a request of a resource; nothing where the mapped fields are not its body, or nobody knows it. */
export function mappedOperation(
  documents: Documents,
  connection: string,
  resource: Node,
  call: 'create' | 'update',
): Operation | undefined {
  const document = documents.get(connection);
  const [request] = resourceRequest(connection, resource, call);
  if (!document || !request?.mapped) return undefined;
  return operationAt(document, request.method, request.path);
}

/** Fields of a body that is an object. */
export function fieldsOf(operation: Operation | undefined): BodyFields | undefined {
  return operation?.body && bodyFields(operation.body.schema);
}

/** What the fields or parameters of a sync to a connection of type http may hold, by name. */
export function httpFieldSchemas(
  root: Node,
  sync: Node,
  documents: Documents,
): Readonly<Record<string, JsonSchema>> {
  const operation = httpOperationOf(root, sync, documents);
  if (operation) {
    const parameters = operation.parameters.map(({ name, schema }) => [name, schema] as const);
    return { ...Object.fromEntries(parameters), ...fieldsOf(operation)?.properties };
  }
  const [connection = '', name = ''] = (textOf(child(sync, 'to')) ?? '').split('.');
  const resource = child(root, 'connections', connection, 'resources', name);
  if (!resource) return {};
  const [create, update] = (['create', 'update'] as const).map((call) =>
    fieldsOf(mappedOperation(documents, connection, resource, call)),
  );
  return { ...update?.properties, ...create?.properties };
}
