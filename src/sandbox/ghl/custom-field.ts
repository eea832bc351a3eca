import { isRecord } from '../http/message.ts';
import { badRequest, unprocessable } from './answers.ts';
import type { CustomFieldValue } from './contact.ts';
import type { CustomField } from './location-records.ts';
import type { Location } from './location.ts';
import { anything, listOf, objectOf, required, text } from './shape.ts';

/** The schema demands `id`, whatever its description says of `key`. */
export const customFieldsInput = listOf(objectOf({ id: required(text), key: text, field_value: anything }));

export interface CustomFieldInput {
  readonly id: string;
  readonly field_value?: unknown;
}

/** The values with `inputs` laid over them; the empty text clears one. Refuses unknown ids and values of the wrong type. */
export function mergeCustomFields(
  location: Location,
  values: readonly CustomFieldValue[],
  inputs: readonly CustomFieldInput[],
): readonly CustomFieldValue[] {
  const merged = new Map(values.map((entry) => [entry.id, entry.value]));
  for (const [index, input] of inputs.entries()) {
    const field = location.customFields.get(input.id);
    if (!field) throw unknownField(location, index, input.id);
    if (input.field_value === '') {
      merged.delete(input.id);
      continue;
    }
    const problem = wrongValue(field.dataType, input.field_value);
    if (problem) throw unprocessable([`customFields.${index}.field_value ${problem}`]);
    merged.set(input.id, input.field_value);
  }
  return [...merged].map(([id, value]) => ({ id, value }));
}

function unknownField(location: Location, index: number, id: string): Error {
  const message = `customFields.${index}.id ${id} is not a custom field of this location`;
  return location.ghl().unknownCustomField === 400 ? badRequest(message) : unprocessable([message]);
}

function wrongValue(dataType: string, value: unknown): string | undefined {
  switch (dataType) {
    case 'NUMERICAL':
    case 'MONETORY':
    case 'FLOAT':
      return typeof value === 'number' ? undefined : 'must be a number';
    case 'CHECKBOX':
    case 'MULTIPLE_OPTIONS':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? undefined
        : 'must be an array of strings';
    case 'FILE_UPLOAD':
      return isRecord(value) ? undefined : 'must be an object';
    case 'DATE':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? undefined : 'must be a date';
    default:
      return typeof value === 'string' ? undefined : 'must be a string';
  }
}

export interface CustomFieldWish {
  readonly id?: string;
  readonly name: string;
  readonly fieldKey?: string;
  readonly dataType?: string;
  readonly model?: 'contact' | 'opportunity';
  readonly placeholder?: string;
  readonly position?: number;
  readonly picklistOptions?: readonly string[];
}

export function newCustomField(location: Location, wish: CustomFieldWish): CustomField {
  const model = wish.model ?? 'contact';
  const slug = wish.name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
  const field: CustomField = {
    id: wish.id ?? location.newId(),
    name: wish.name,
    fieldKey: wish.fieldKey ?? `${model}.${slug}`,
    dataType: wish.dataType ?? 'TEXT',
    model,
    locationId: location.id,
    placeholder: wish.placeholder ?? '',
    position: wish.position ?? 0,
    ...(wish.picklistOptions && { picklistOptions: wish.picklistOptions }),
  };
  location.customFields.set(field.id, field);
  return field;
}
