import type { Operation } from './operation.ts';
import type { Resource } from './resource.ts';
import type { JsonSchema } from './schema.ts';

/** What the runner fills in itself is no field to map. */
const FILLED_IN = ['locationId', 'tags', 'customFields'];

/** What the resource's create takes and a sync may map, beside custom fields. */
export function mappableFields(
  resource: Resource,
  create: Operation | undefined,
): Readonly<Record<string, JsonSchema>> {
  const filledIn = [...FILLED_IN, resource.parent?.parameter];
  const fields = Object.entries(create?.body?.schema.properties ?? {});
  return Object.fromEntries(fields.filter(([field]) => !filledIn.includes(field)));
}

/** Whether it is one that a create needs from the mapping. */
export function needsField({ createDefaults }: Resource, create: Operation, field: string): boolean {
  return create.body?.schema.required?.includes(field) === true && createDefaults?.[field] === undefined;
}
