import { expect, test } from 'vitest';
import { createCatalog } from '../../src/catalog/load.ts';
import type { JsonSchema } from '../../src/catalog/schema.ts';

// What ghl-facts.md knows beyond the official documents, which nothing else would hold in place.

const catalog = createCatalog();

function bodyOf(id: string): JsonSchema {
  return catalog.operation(id)?.body?.schema ?? {};
}

function fieldsOf(id: string): Readonly<Record<string, JsonSchema>> {
  return bodyOf(id).properties ?? {};
}

test('a search of contacts names its sub-account and length of page', () => {
  const { pageLimit, query, filters } = fieldsOf('search-contacts-advanced');

  expect(bodyOf('search-contacts-advanced').required).toEqual(['locationId', 'pageLimit']);
  expect(pageLimit?.maximum).toBe(500);
  expect(query?.maxLength).toBe(75);
  expect(filters?.items?.anyOf?.[0]?.properties?.['operator']?.enum).toEqual([
    'eq',
    'not_eq',
    'contains',
    'not_contains',
    'exists',
    'not_exists',
    'range',
  ]);
});

test('updating a contact refuses what only creating takes', () => {
  const lost = Object.keys(fieldsOf('create-contact')).filter(
    (name) => !(name in fieldsOf('update-contact')),
  );

  expect(lost).toEqual(['locationId', 'gender', 'companyName']);
  expect(bodyOf('update-contact').additionalProperties).toBe(false);
});

test('tags of many contacts are added or removed by the path', () => {
  expect(catalog.operation('create-association')?.parameters).toEqual([
    { name: 'type', in: 'path', required: true, schema: { type: 'string', enum: ['add', 'remove'] } },
  ]);
});

test('a call ties at most 50 contacts to a business', () => {
  expect(fieldsOf('add-remove-contact-from-business')['ids']?.maxItems).toBe(50);
});

test('a block slot needs no calendar, as it may belong to a user', () => {
  expect(bodyOf('create-block-slot').required).toEqual(['locationId']);
});

test.each(['1990/09/25', '09/25/1990', '1990-09-25', '09.25.1990', '1990_09_25'])(
  'a birth date may be %s',
  (date) => {
    const pattern = fieldsOf('create-contact')['dateOfBirth']?.pattern ?? '';

    expect(date).toMatch(new RegExp(pattern));
    expect(`${date} 00:00`).not.toMatch(new RegExp(pattern));
  },
);

test('each part has its own version, and asking for a token has none', () => {
  const versions = catalog.parts.map((part) => [
    ...new Set(catalog.operations(part).map(({ version }) => version)),
  ]);

  expect(Object.fromEntries(catalog.parts.map((part, at) => [part, versions[at]]))).toEqual({
    businesses: ['2021-07-28'],
    calendars: ['2021-04-15'],
    contacts: ['2021-07-28'],
    locations: ['2021-07-28'],
    oauth: [undefined, '2021-07-28'],
    opportunities: ['2021-07-28'],
    users: ['2021-07-28'],
    workflows: ['2021-07-28'],
  });
});
