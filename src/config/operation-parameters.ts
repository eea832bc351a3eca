import { bodyFields, isWhole } from '../catalog/body-fields.ts';
import type { Operation } from '../catalog/operation.ts';

/** What a body that is no object is given by: all of it at once. */
const WHOLE_BODY = 'body';

/** Everything that an operation takes: in its path, its query and its body. */
export function parametersOf({ parameters, body }: Operation): readonly string[] {
  const named = parameters.map(({ name }) => name);
  if (!body) return named;
  return [
    ...named,
    ...(isWhole(body.schema) ? [WHOLE_BODY] : Object.keys(bodyFields(body.schema).properties)),
  ];
}

/** Those of them that it can't do without. */
export function requiredParameters({ parameters, body }: Operation): readonly string[] {
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  if (!body) return required;
  if (isWhole(body.schema)) return body.required ? [...required, WHOLE_BODY] : required;
  return [...new Set([...required, ...bodyFields(body.schema).required])];
}

/** Its body may hold what nobody names. */
export function takesOthers({ body }: Operation): boolean {
  return body !== undefined && !isWhole(body.schema) && bodyFields(body.schema).open;
}
