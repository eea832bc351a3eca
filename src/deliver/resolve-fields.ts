import { listIn, type Reference } from '../catalog/resource.ts';
import { CUSTOM_FIELD } from '../model/desired.ts';
import type { Json } from '../model/json.ts';
import type { Fields } from '../model/step.ts';
import type { DeliverContext, Target } from './context.ts';
import { idsByName, type NamedList } from './ids-by-name.ts';
import { succeed, type Result } from './result.ts';

/** HighLevel's ids are 20 letters and digits, or longer; names of people's making hardly ever are. */
const LOOKS_LIKE_AN_ID = /^[A-Za-z0-9]{20,}$/;

/**
 * The fields of a step as the API takes them: names turned into the ids of this location, and "" for what is to be
 * cleared, as HighLevel refuses null.
 */
export async function resolveFields(
  context: DeliverContext,
  target: Target,
  fields: Fields,
): Promise<Result<Fields>> {
  const entries = Object.entries(fields).map(([name, value]) => [name, value ?? ''] as const);
  const plain = Object.fromEntries(entries.filter(([name]) => !name.startsWith(CUSTOM_FIELD)));
  const custom = entries.filter(([name]) => name.startsWith(CUSTOM_FIELD));
  const referred = await resolveReferences(context, target, plain);
  if (!referred.ok || custom.length === 0) return referred;
  const names = custom.map(([name]) => name.slice(CUSTOM_FIELD.length));
  const ids = await idsByName(context, customFieldsOf(target), names, target.priority);
  if (!ids.ok) return ids;
  const customFields = custom.map(([, value], at) => ({ id: ids.value[at]!, field_value: value }));
  return succeed({ ...referred.value, customFields });
}

/** Fields that hold an id may be mapped to a name: `calendarId: Weddings`. */
async function resolveReferences(
  context: DeliverContext,
  target: Target,
  fields: Fields,
): Promise<Result<Fields>> {
  const resolved: Record<string, Json> = { ...fields };
  for (const [field, reference] of Object.entries(target.resource.references ?? {})) {
    const value = fields[field];
    if (typeof value !== 'string' || value === '' || LOOKS_LIKE_AN_ID.test(value)) continue;
    const ids = await idsByName(context, listOf(reference), [value], target.priority);
    if (!ids.ok) return ids;
    resolved[field] = ids.value[0]!;
  }
  return succeed(resolved);
}

function listOf({ operation, answer, kind }: Reference): NamedList {
  const keep = (body: unknown) =>
    listIn(body, answer).map(({ id, name }) => ({ id: text(id), names: [text(name)] }));
  return { lookup: operation, operation, kind, keep };
}

/** By key with or without its `contact.`, by id, or by the name that people see. */
function customFieldsOf({ resource }: Target): NamedList {
  const model = resource.customFields ?? 'contact';
  return {
    lookup: `custom-fields/${model}`,
    operation: 'get-custom-fields',
    kind: 'custom field',
    ...(model === 'contact' ? {} : { query: { model } }),
    keep: (body) =>
      listIn(body, ['customFields']).map((field) => {
        const key = text(field['fieldKey'] ?? field['key']);
        return {
          id: text(field['id']),
          names: [key.replace(/^(contact|opportunity)\./, ''), key, text(field['name'])],
        };
      }),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
