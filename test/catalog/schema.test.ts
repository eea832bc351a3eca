import { expect, test } from 'vitest';
import { schemaReader } from '../../src/catalog/schema.ts';

function read(value: unknown, components: Readonly<Record<string, unknown>> = {}): unknown {
  return schemaReader((ref) => components[ref])(value);
}

test('references are resolved wherever they stand', () => {
  const name = { type: 'string', maxLength: 9 };

  const schema = read(
    {
      type: 'object',
      properties: { name: { $ref: 'name' }, names: { type: 'array', items: { $ref: 'name' } } },
      additionalProperties: { anyOf: [{ $ref: 'name' }, { type: 'number' }] },
    },
    { name },
  );

  expect(schema).toEqual({
    type: 'object',
    properties: { name, names: { type: 'array', items: name } },
    additionalProperties: { anyOf: [name, { type: 'number' }] },
  });
});

test('a schema that contains itself is cut to its type', () => {
  const group = { type: 'object', properties: { groups: { type: 'array', items: { $ref: 'group' } } } };

  const schema = read({ $ref: 'group' }, { group });

  expect(schema).toEqual({
    type: 'object',
    properties: { groups: { type: 'array', items: { type: 'object' } } },
  });
});

test('schemas that all refer to each other stay small', () => {
  const names = Array.from({ length: 40 }, (_, at) => `s${at}`);
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: name }]));
  const components = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
  let followed = 0;

  schemaReader((ref) => {
    followed += 1;
    return components[ref];
  })({ $ref: 's0' });

  expect(followed).toBeLessThan(names.length ** 2);
});

test('lists of types, as in OpenAPI 3.1, become one type or alternatives', () => {
  expect(read({ type: ['string', 'null'] })).toEqual({ type: 'string', nullable: true });
  expect(read({ type: ['string', 'number'] })).toEqual({ anyOf: [{ type: 'string' }, { type: 'number' }] });
});

test('keywords of the wrong type and unknown ones are dropped', () => {
  expect(read({ type: 'text', minLength: '3', required: true, example: 'x' })).toEqual({});
  expect(read(true)).toEqual({});
});
