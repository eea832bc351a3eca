import { listIn, type Reference } from '../catalog/resource.ts';
import type { JsonSchema } from '../catalog/schema.ts';
import { CUSTOM_FIELD } from '../model/desired.ts';
import type { Json } from '../model/json.ts';
import type { Fields } from '../model/step.ts';
import type { DeliverContext, Target } from './context.ts';
import { idsByName, type NamedList } from './ids-by-name.ts';
import { succeed, type Result } from './result.ts';

/** Types of custom fields that take a list of texts (CheckboxField and MultiSelectField of the official document). */
const LISTS = ['CHECKBOX', 'MULTIPLE_OPTIONS'];
const SINGLES = [
  'TEXT',
  'LARGE_TEXT',
  'NUMERICAL',
  'MONETORY',
  'PHONE',
  'EMAIL',
  'DATE',
  'RADIO',
  'SINGLE_OPTIONS',
];

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
  // Any other API takes what is mapped as it is: null clears.
  if (target.resource.http) return succeed(fields);
  const entries = Object.entries(fields).map(([name, value]) => [name, value ?? ''] as const);
  const plain = entries.filter(([name]) => !name.startsWith(CUSTOM_FIELD));
  const schemas = context.operation(target.resource.create.operation).body?.schema.properties;
  const fitted = fitAll(plain.map(([name, value]) => ({ name, value, list: takesList(schemas?.[name]) })));
  if (!fitted.ok) return fitted;
  const referred = await resolveReferences(context, target, Object.fromEntries(fitted.value));
  const custom = entries.filter(([name]) => name.startsWith(CUSTOM_FIELD));
  if (!referred.ok || custom.length === 0) return referred;
  const names = custom.map(([name]) => name.slice(CUSTOM_FIELD.length));
  const known = await idsByName(context, customFieldsOf(target), names, target.priority);
  if (!known.ok) return known;
  const values = fitAll(custom.map(([name, value], at) => ({ name, value, list: known.value[at]!.list })));
  if (!values.ok) return values;
  const customFields = values.value.map(([, value], at) => ({ id: known.value[at]!.id, field_value: value }));
  return succeed({ ...referred.value, customFields });
}

/** What the operation's schema says of a field; nothing where it doesn't say. */
function takesList(schema: JsonSchema | undefined): boolean | undefined {
  return schema?.type === undefined ? undefined : schema.type === 'array';
}

interface Fitting {
  readonly name: string;
  readonly value: Json;
  /** Whether the target takes a list; undefined where nobody knows. */
  readonly list: boolean | undefined;
}

/** Where the target wants a list, one value is wrapped; where it wants one value, a list is an error. "" clears either. */
function fitAll(values: readonly Fitting[]): Result<readonly (readonly [string, Json])[]> {
  const many = values.find(({ value, list }) => list === false && Array.isArray(value));
  if (many) {
    const reason = `field ${many.name} takes one value, and the mapping yields a list of ${(many.value as readonly Json[]).length}`;
    const remedy = 'join it with $join(list, ", "), or choose one element; then retry the event';
    return { ok: false, outcome: { type: 'dead', reason, remedy } };
  }
  const wraps = ({ value, list }: Fitting) =>
    list === true && !Array.isArray(value) && value !== '' && typeof value !== 'object';
  return succeed(values.map((one) => [one.name, wraps(one) ? [one.value] : one.value] as const));
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
    resolved[field] = ids.value[0]!.id;
  }
  return succeed(resolved);
}

function listOf({ operation, answer, kind }: Reference): NamedList {
  const keep = (body: unknown) =>
    listIn(body, answer).map(({ id, name }) => ({ id: text(id), names: [text(name)] }));
  return { lookup: operation, operation, kind, keep, orIds: true };
}

/** By key with or without its `contact.`, by id, or by the name that people see. */
export function customFieldsOf({ resource }: Target): NamedList {
  const model = resource.customFields ?? 'contact';
  return {
    lookup: `custom-fields/${model}`,
    operation: 'get-custom-fields',
    kind: 'custom field',
    ...(model === 'contact' ? {} : { query: { model } }),
    keep: (body) =>
      listIn(body, ['customFields']).map((field) => {
        const key = text(field['fieldKey'] ?? field['key']);
        const list = takesListOf(text(field['dataType']).toUpperCase());
        return {
          id: text(field['id']),
          names: [key.replace(/^(contact|opportunity)\./, ''), key, text(field['name'])],
          ...(list === undefined ? {} : { list }),
        };
      }),
  };
}

function takesListOf(dataType: string): boolean | undefined {
  if (LISTS.includes(dataType)) return true;
  return SINGLES.includes(dataType) ? false : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
