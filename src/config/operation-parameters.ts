import type { Operation } from '../catalog/operation.ts';

/** Everything that an operation takes: in its path, its query and its body. */
export function parametersOf({ parameters, body }: Operation): readonly string[] {
  return [...parameters.map(({ name }) => name), ...Object.keys(body?.schema.properties ?? {})];
}

/** Those of them that it can't do without. */
export function requiredParameters({ parameters, body }: Operation): readonly string[] {
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return [...required, ...(body?.schema.required ?? [])];
}
