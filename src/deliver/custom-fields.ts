import { CUSTOM_FIELD } from '../model/desired.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext } from './context.ts';

/** A custom field of the location; `key` is such as `contact.event_date`. */
interface CustomField {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

type Resolved = { readonly type: 'fields'; readonly fields: Fields } | Outcome;

/** Answers of this age are asked for anew when a name isn't among them: somebody may just have made the field. */
const FRESH_MS = 60_000;
const MAX_AGE_MS = 30 * 86_400_000;

/**
 * The body's fields of a step: custom fields by the ids that they have in this location, as HighLevel wants them,
 * and "" for what is to be cleared, as it refuses null.
 */
export async function resolveFields(
  context: DeliverContext,
  fields: Fields,
  priority: number,
): Promise<Resolved> {
  const entries = Object.entries(fields).map(([name, value]) => [name, value ?? ''] as const);
  const plain = entries.filter(([name]) => !name.startsWith(CUSTOM_FIELD));
  const custom = entries.filter(([name]) => name.startsWith(CUSTOM_FIELD));
  if (custom.length === 0) return { type: 'fields', fields: Object.fromEntries(plain) };
  const names = custom.map(([name]) => name.slice(CUSTOM_FIELD.length));
  const ids = await idsOf(context, names, priority);
  if ('type' in ids) return ids;
  const customFields = custom.map(([, value], at) => ({ id: ids[at]!, field_value: value }));
  return { type: 'fields', fields: { ...Object.fromEntries(plain), customFields } };
}

async function idsOf(
  context: DeliverContext,
  names: readonly string[],
  priority: number,
): Promise<string[] | Outcome> {
  let known = await readFields(context, priority, 0);
  if ('type' in known) return known;
  if (missingOf(known, names).length > 0)
    known = await readFields(context, priority, context.clock.now() - FRESH_MS);
  if ('type' in known) return known;
  const missing = missingOf(known, names);
  const fields = known;
  if (missing.length === 0) return names.map((name) => find(fields, name)!.id);
  return {
    type: 'dead',
    reason: `the location has no custom field "${missing.join('", "')}"; it has ${known.map((field) => shortKey(field)).join(', ') || 'none'}`,
    remedy: 'make the field in HighLevel, or correct its name in the mapping; then retry the event',
  };
}

async function readFields(
  context: DeliverContext,
  priority: number,
  newerThan: number,
): Promise<CustomField[] | Outcome> {
  const question = {
    name: 'custom-fields',
    operation: context.operation('get-custom-fields'),
    keep: keepFields,
    maxAgeMs: MAX_AGE_MS,
  };
  const looked = await context.lookups.ask(question, priority, newerThan);
  if (looked.ok) return looked.value as unknown as CustomField[];
  return classifyFailure(looked.answer, context.clock.now());
}

function keepFields(body: unknown): Json {
  const list =
    isObject(body) && Array.isArray(body['customFields']) ? (body['customFields'] as unknown[]) : [];
  return list.filter(isObject).map((field) => ({
    id: textOf(field['id']),
    key: textOf(field['fieldKey'] ?? field['key']),
    name: textOf(field['name']),
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function missingOf(fields: readonly CustomField[], names: readonly string[]): string[] {
  return names.filter((name) => !find(fields, name));
}

/** By key with or without its `contact.`, by id, or by the name that people see. */
function find(fields: readonly CustomField[], name: string): CustomField | undefined {
  return (
    fields.find((field) => field.key === name || shortKey(field) === name || field.id === name) ??
    fields.find((field) => field.name.toLowerCase() === name.toLowerCase())
  );
}

function shortKey(field: CustomField): string {
  return field.key.replace(/^(contact|opportunity)\./, '');
}
