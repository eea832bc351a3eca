import type { JsonSchema } from '../../catalog/schema.ts';
import { modelOf } from '../../model/lock.ts';
import type { CustomFieldEntry, Lock } from '../../model/lock.ts';
import { ghlResourceOf, targetConnection } from '../target-of.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { lockedLocation } from './locked-location.ts';

const NUMBERS = ['NUMERICAL', 'MONETORY', 'MONETARY', 'FLOAT'];
const ONE_OF = ['SINGLE_OPTIONS', 'RADIO'];
const SOME_OF = ['CHECKBOX', 'MULTIPLE_OPTIONS'];
const TEXTS = ['TEXT', 'LARGE_TEXT', 'PHONE', 'EMAIL', 'DATE'];

/** What the custom fields that a sync names may hold, by the name that it uses; of an unknown one nothing is known. */
export function customFieldSchemas(
  root: Node,
  sync: Node,
  lock: Lock | undefined,
): Readonly<Record<string, JsonSchema>> {
  const known = customFieldsOf(root, sync, lock) ?? [];
  const named = entriesOf(child(sync, 'fields', 'customFields')).flatMap(({ name }) => {
    const field = findField(known, name);
    return field ? [[name, schemaOf(field)] as const] : [];
  });
  return Object.fromEntries(named);
}

/** The custom fields that a sync's resource has; nothing where the lock does not know them. */
export function customFieldsOf(
  root: Node,
  sync: Node,
  lock: Lock | undefined,
): readonly CustomFieldEntry[] | undefined {
  const model = ghlResourceOf(root, sync)?.customFields;
  const fields = lockedLocation(root, lock, targetConnection(sync))?.lists.customFields;
  return model && fields?.filter((field) => [model, ''].includes(modelOf(field)));
}

/** By key with or without its model, by id, or by the name that people see; as it is written, else in any case. */
export function findField(fields: readonly CustomFieldEntry[], name: string): CustomFieldEntry | undefined {
  const lower = name.toLowerCase();
  return (
    fields.find((field) => namesOf(field).includes(name)) ??
    fields.find((field) => namesOf(field).some((one) => one.toLowerCase() === lower))
  );
}

function namesOf({ id, key, name }: CustomFieldEntry): readonly string[] {
  return [id, shortKey(key), key, name];
}

/** As mappings write it: without its model. */
export function shortKey(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}

function schemaOf({ type, options = [] }: CustomFieldEntry): JsonSchema {
  const choice = options.length > 0 ? { enum: options } : {};
  if (NUMBERS.includes(type)) return { type: 'number' };
  if (ONE_OF.includes(type)) return { type: 'string', ...choice };
  // One value is wrapped.
  if (SOME_OF.includes(type)) return { type: 'array', items: { type: 'string', ...choice } };
  return TEXTS.includes(type) ? { type: 'string' } : {};
}
