import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { callGhl } from './call-ghl.ts';
import type { CallGhl } from './call-ghl.ts';

let ghl: RunningGhl;
let call: CallGhl;

beforeEach(async () => {
  ghl = await startGhl({ searchLagMs: 60, limit: { requests: 10_000 } });
  call = callGhl(ghl);
});
afterEach(() => ghl.close());

const create = (fields: object) => call('POST', '/contacts/', { locationId: ghl.locationId, ...fields });
const refusal = (...message: readonly string[]) => ({
  statusCode: 422,
  message,
  error: 'Unprocessable Entity',
});

describe('what a contact may hold', () => {
  test('a created contact is answered 201 and read back as it is stored', async () => {
    const field = ghl.customFieldId('event_date');

    const made = await create({
      ...{ firstName: 'Ann', lastName: 'Lee', email: 'Ann@Example.com', phone: '+44 7700 900-123' },
      ...{ tags: [' VIP ', 'vip', 'Booked'], dateOfBirth: '09/25/1990', companyName: 'Lee Ltd' },
      customFields: [{ id: field, field_value: '2026-06-14' }],
    });

    expect(made.status).toBe(201);
    const { id } = made.body['contact'] as { id: string };
    const read = await call('GET', `/contacts/${id}`);
    expect(read.body).toMatchObject({
      contact: {
        ...{ id, name: 'Ann Lee', email: 'ann@example.com', phone: '+447700900123', companyName: 'Lee Ltd' },
        ...{ tags: ['vip', 'booked'], dateOfBirth: '1990-09-25T00:00:00.000Z' },
        customFields: [{ id: field, value: '2026-06-14' }],
      },
    });
  });

  test('an unknown property is refused by name', async () => {
    const got = await create({ additionalEmails: [] });

    expect(got.status).toBe(422);
    expect(got.body).toMatchObject(refusal('property additionalEmails should not exist'));
  });

  test.each([
    ['a number for a text', { firstName: 1 }, 'firstName must be a string'],
    ['null where the schema has none', { postalCode: null }, 'postalCode must be a string'],
    ['a broken email', { email: 'ann@' }, 'email must be an email'],
    ['a phone without country', { phone: '07700 900123' }, 'phone must be a valid phone number'],
    ['tags that are no list', { tags: 'vip' }, 'tags must be an array'],
    ['a lower-case country', { country: 'gb' }, 'country must be an ISO 3166-1 alpha-2 country code'],
    ['an odd birth date', { dateOfBirth: '25.09.90' }, 'dateOfBirth must be a date of a supported format'],
    [
      'the v3 spelling of a custom field',
      { customFields: [{ id: 'x', fieldValue: 'y' }] },
      'customFields.0.property fieldValue should not exist',
    ],
    [
      'a custom field by key alone',
      { customFields: [{ key: 'package', field_value: 'y' }] },
      'customFields.0.id must be a string',
    ],
    [
      'an unknown custom field',
      { customFields: [{ id: 'nope', field_value: 'y' }] },
      'customFields.0.id nope is not a custom field of this location',
    ],
  ])('%s is refused', async (_, fields, message) => {
    const got = await create(fields);

    expect(got.status).toBe(422);
    expect(got.body['message']).toContain(message);
  });

  test('a missing locationId is refused', async () => {
    const got = await call('POST', '/contacts/', { email: 'a@example.com' });

    expect(got.body).toMatchObject(refusal('locationId must be a string', 'locationId should not be empty'));
  });

  test.each(['locationId', 'gender', 'companyName'])('PUT refuses %s', async (name) => {
    const { id } = ghl.addContact({ email: 'a@example.com' });

    const got = await call('PUT', `/contacts/${id}`, { [name]: 'x' });

    expect(got.body).toMatchObject(refusal(`property ${name} should not exist`));
  });

  test('PUT clears by null and by the empty text, and leaves the rest alone', async () => {
    const { id } = ghl.addContact({
      email: 'a@example.com',
      city: 'Leeds',
      postalCode: 'LS1',
      firstName: 'Ann',
    });

    const got = await call('PUT', `/contacts/${id}`, { city: null, postalCode: '' });

    expect(got.body).toMatchObject({ succeded: true });
    expect(ghl.contact(id)).not.toHaveProperty('city');
    expect(ghl.contact(id)).not.toHaveProperty('postalCode');
    expect(ghl.contact(id)?.firstName).toBe('Ann');
  });

  test('PUT with tags overwrites all; custom fields are merged', async () => {
    const [date, pack] = [ghl.customFieldId('event_date'), ghl.customFieldId('Package')];
    const customFields = [{ id: date, field_value: '2026-06-14' }];
    const { id } = ghl.addContact({ tags: ['by-hand'], customFields });

    await call('PUT', `/contacts/${id}`, {
      tags: ['New'],
      customFields: [{ id: pack, field_value: 'Gold' }],
    });

    expect(ghl.contact(id)?.tags).toEqual(['new']);
    expect(ghl.contact(id)?.customFields).toEqual([
      { id: date, value: '2026-06-14' },
      { id: pack, value: 'Gold' },
    ]);
  });

  test('a number field takes a number and a checkbox a list of texts', async () => {
    const guests = ghl.addCustomField({ name: 'Guests', dataType: 'NUMERICAL' });
    const extras = ghl.addCustomField({ name: 'Extras', dataType: 'CHECKBOX' });

    const wrong = await create({ customFields: [{ id: guests.id, field_value: '80' }] });
    const right = await create({
      customFields: [
        { id: guests.id, field_value: 80 },
        { id: extras.id, field_value: ['props'] },
      ],
    });

    expect(wrong.status).toBe(422);
    expect(right.status).toBe(201);
  });
});

describe('contacts that are gone', () => {
  test('are answered 400, or 404 where it is set so', async () => {
    const { id } = ghl.addContact({ email: 'a@example.com' });
    ghl.deleteContact(id);

    const first = await call('PUT', `/contacts/${id}`, { firstName: 'Ann' });
    ghl.set({ unknownContact: 404 });
    const second = await call('PUT', `/contacts/${id}`, { firstName: 'Ann' });

    expect([first.status, second.status]).toEqual([400, 404]);
    expect(first.body['message']).toBe('Contact not found');
  });

  test('take their tasks and notes with them and free their email', async () => {
    const { id } = ghl.addContact({ email: 'a@example.com' });
    await call('POST', `/contacts/${id}/notes`, { body: 'Hi' });

    const gone = await call('DELETE', `/contacts/${id}`);
    const again = await create({ email: 'a@example.com' });

    expect(gone.body).toMatchObject({ succeded: true });
    expect(ghl.notes()).toEqual([]);
    expect(again.status).toBe(201);
  });
});
