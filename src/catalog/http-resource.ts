import type { HttpResource } from '../model/http-resource.ts';
import { parameterFor, type Resource } from './resource.ts';

/**
 * A resource of a connection of type http, as the engine takes it. `parent`: the resource that it is a child of, by name;
 * without one it has an identity of its own.
 */
export function httpResource(declared: HttpResource, parent: string | undefined): Resource {
  const nothing = { operation: '', answer: [] };
  return {
    // Two connections may have a `customer` each: they are different things.
    name: `${declared.connection}.${declared.name}`,
    idParameter: 'id',
    create: nothing,
    update: nothing,
    delete: nothing,
    createOnly: [],
    ...(parent === undefined ? {} : { parent: { resource: parent, parameter: parameterFor(parent) } }),
    http: declared,
  };
}
