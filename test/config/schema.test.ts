import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { readSchema } from '../../src/config/files/load.ts';
import { isObject } from '../../src/model/json.ts';

type Part = Readonly<Record<string, unknown>>;

/** Every schema in the schema, with its place. */
function partsOf(value: unknown, place: string): readonly (readonly [place: string, part: Part])[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => partsOf(each, `${place}/${at}`));
  if (!isObject(value)) return [];
  return [
    [place, value] as const,
    ...Object.entries(value).flatMap(([name, each]) => partsOf(each, `${place}/${name}`)),
  ];
}

const parts = partsOf(readSchema(), '#');

test('the schema is one of draft-07', () => {
  const ajv = new Ajv({ strict: false, discriminator: true });

  expect(ajv.validateSchema(readSchema())).toBe(true);
});

test('every property has a description of its own, which an editor shows', () => {
  const properties = parts.filter(([place]) => /\/properties\/[^/]+$/.test(place));
  const silent = properties
    .filter(([, part]) => typeof part['description'] !== 'string')
    .map(([place]) => place);

  expect(properties.length).toBeGreaterThan(150);
  expect(silent).toEqual([]);
});

test('every description is a sentence', () => {
  const odd = parts
    .map(([place, part]) => [place, part['description']] as const)
    .filter(([, text]) => typeof text === 'string' && !/^[^]{3,200}[.:)}`]$/.test(text));

  expect(odd).toEqual([]);
});

test('every reference leads to a definition, and every definition is used', () => {
  const used = new Set(
    parts.flatMap(([, part]) =>
      typeof part['$ref'] === 'string' ? [part['$ref'].replace('#/definitions/', '')] : [],
    ),
  );

  expect([...used].sort()).toEqual(Object.keys(readSchema().definitions ?? {}).sort());
});

test('maps with names of their own take x-* keys', () => {
  const closed = parts.filter(([, part]) => part['additionalProperties'] === false);
  const strict = closed.filter(
    ([, part]) => !(isObject(part['patternProperties']) && '^x-' in part['patternProperties']),
  );

  expect(closed.length).toBeGreaterThan(40);
  expect(strict.map(([place]) => place)).toEqual([]);
});
