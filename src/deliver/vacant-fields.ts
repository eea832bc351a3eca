import { shownValues } from '../catalog/resource.ts';
import { CUSTOM_FIELD } from '../model/desired.ts';
import { isObject } from '../model/json.ts';
import type { DeliverContext, Target } from './context.ts';
import { idsByName } from './ids-by-name.ts';
import { customFieldsOf } from './resolve-fields.ts';
import { succeed, type Result } from './result.ts';

type Shown = Readonly<Record<string, unknown>>;

/** Of these fields, those that a target has nothing for, as a read has shown it. */
export async function vacantFields(
  context: DeliverContext,
  target: Target,
  names: readonly string[],
  shown: Shown | undefined,
): Promise<Result<readonly string[]>> {
  // Nothing is written on a guess.
  if (!shown) {
    const failure = { status: 0, message: 'the answer to a read did not hold what was read' };
    return { ok: false, outcome: { type: 'busy', failure } };
  }
  const plain = names.filter((name) => !name.startsWith(CUSTOM_FIELD));
  const vacant = plain.filter((name) => shownValues(target.resource, shown, name).every(isNothing));
  const custom = names.filter((name) => name.startsWith(CUSTOM_FIELD));
  if (custom.length === 0) return succeed(vacant);
  const wanted = custom.map((name) => name.slice(CUSTOM_FIELD.length));
  const known = await idsByName(context, customFieldsOf(target), wanted, target.priority);
  if (!known.ok) return known;
  const filled = filledIds(shown['customFields']);
  return succeed([...vacant, ...custom.filter((_, at) => !filled.has(known.value[at]!.id))]);
}

/** Ids of the custom fields that hold something; their value has another name in each resource. */
function filledIds(customFields: unknown): ReadonlySet<unknown> {
  const fields = Array.isArray(customFields) ? customFields.filter(isObject) : [];
  const filled = fields.filter((field) =>
    Object.entries(field).some(([name, value]) => /value/i.test(name) && !isNothing(value)),
  );
  return new Set(filled.map(({ id }) => id));
}

/** False and 0 are something. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
