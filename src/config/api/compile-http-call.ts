import { addressPath } from '../../catalog/api-document.ts';
import { bodyFields, isWhole } from '../../catalog/body-fields.ts';
import type { Body } from '../../catalog/operation.ts';
import type { HttpBody, HttpOperation } from '../../model/http-operation.ts';
import { looseText } from '../read-values.ts';
import { child } from '../tree.ts';
import type { Node } from '../tree.ts';
import type { Documents } from './documents.ts';
import { httpCallOf, httpOperationOf } from './http-target.ts';

/** What a checked `call` of a connection of type http sends; nothing for others. */
export function compileHttpCall(root: Node, sync: Node, documents: Documents): HttpOperation | undefined {
  const call = httpCallOf(root, sync);
  const operation = httpOperationOf(root, sync, documents);
  if (!call || !operation) return undefined;
  const { id, method, path, parameters, body } = operation;
  const baseUrl = looseText(child(root, 'connections', call.connection, 'baseUrl'));
  return {
    connection: call.connection,
    id,
    method,
    path: addressPath(documents.get(call.connection)!, baseUrl, path),
    parameters: parameters.map((parameter) => ({ name: parameter.name, in: parameter.in })),
    ...(body ? { body: bodyOf(body) } : {}),
  };
}

function bodyOf(body: Body): HttpBody {
  const { properties, open } = bodyFields(body.schema);
  return {
    type: typeOf(body),
    ...(open ? {} : { fields: Object.keys(properties) }),
    whole: isWhole(body.schema),
  };
}

function typeOf({ contentType }: Body): HttpBody['type'] {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return 'form';
  return contentType.startsWith('multipart/') ? 'multipart' : 'json';
}
