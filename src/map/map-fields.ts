import { CUSTOM_FIELD, type Desired } from '../model/desired.ts';
import { ExpressionError } from '../model/expression.ts';
import type { Json } from '../model/json.ts';
import type { Field, Sync } from '../model/sync.ts';
import type { Scope } from './scope.ts';

/** The fields that hold something for this record; one that yields nothing is left alone in the target. */
export async function mapFields(
  sync: Sync,
  scope: Scope,
  warn: (message: string) => void,
): Promise<Pick<Desired, 'always' | 'onCreate' | 'onEmpty'>> {
  const fields: Record<Field['on'], Record<string, Json>> = { always: {}, create: {}, empty: {} };
  for (const field of sync.fields) {
    const value = await evaluate(field, scope, warn);
    if (value === undefined) continue;
    fields[field.on][nameOf(field)] = value as Json;
  }
  const { always, create: onCreate, empty: onEmpty } = fields;
  return { always, onCreate, ...(Object.keys(onEmpty).length > 0 ? { onEmpty } : {}) };
}

function nameOf(field: Field): string {
  return field.custom ? CUSTOM_FIELD + field.name : field.name;
}

async function evaluate(field: Field, scope: Scope, warn: (message: string) => void): Promise<unknown> {
  try {
    return await field.value(scope.record, scope.bindings, (message) => warn(`${nameOf(field)}: ${message}`));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new ExpressionError(`field ${nameOf(field)}: ${error.message}`, { cause: error });
  }
}
