import type { HttpOperation } from '../model/http-operation.ts';
import type { Json } from '../model/json.ts';
import type { ReadyRequest } from '../model/request.ts';
import type { Fields } from '../model/step.ts';

/** The request of an operation with its values, each wherever the API's document wants it: in several places, where it is in several. */
export function requestFor(operation: HttpOperation, given: Fields): ReadyRequest {
  const names = (place: 'path' | 'query') =>
    operation.parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
  const [inPath, inQuery] = [names('path'), names('query')];
  const path = operation.path.replace(/\{([^}]*)\}/g, (hole, name: string) =>
    given[name] === undefined ? hole : encodeURIComponent(textOf(given[name])),
  );
  const query = Object.fromEntries(Object.entries(given).filter(([name]) => inQuery.includes(name)));
  const request = { method: operation.method, path, route: operation.path, query, headers: {} };
  const { body } = operation;
  if (!body) return request;
  const isInBody = (name: string) =>
    body.fields?.includes(name) ?? !(inPath.includes(name) || inQuery.includes(name));
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => isInBody(name)));
  if (body.type !== 'json') return { ...request, body: { type: body.type, fields } };
  return { ...request, body: { type: 'json', value: body.whole ? (given['body'] ?? null) : fields } };
}

/** A value as it stands in a path. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
