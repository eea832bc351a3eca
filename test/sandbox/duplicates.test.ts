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

describe('duplicates', () => {
  test('a second contact of the same email is refused with its id, whatever the case', async () => {
    const { id } = ghl.addContact({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' });

    const got = await create({ email: 'ANN@example.com' });

    expect(got.status).toBe(400);
    expect(got.body).toMatchObject({
      message: 'This location does not allow duplicated contacts.',
      meta: { contactId: id, contactName: 'Ann Lee', matchingField: 'email' },
    });
  });

  test('the phone is compared after the email, by its digits', async () => {
    const joe = ghl.addContact({ phone: '+447700900123' });

    const got = await create({ email: 'new@example.com', phone: '+44 (7700) 900123' });

    expect(got.body['meta']).toMatchObject({ contactId: joe.id, matchingField: 'phone' });
  });

  test("PUT to another contact's value is refused", async () => {
    ghl.addContact({ email: 'a@example.com' });
    const { id } = ghl.addContact({ email: 'b@example.com' });

    const got = await call('PUT', `/contacts/${id}`, { email: 'a@example.com' });
    const same = await call('PUT', `/contacts/${id}`, { email: 'B@example.com' });

    expect([got.status, same.status]).toEqual([400, 200]);
    expect(ghl.contact(id)?.email).toBe('b@example.com');
  });

  test('where the location allows duplicates a create makes a twin', async () => {
    ghl.changeLocation({ allowDuplicateContact: true });
    ghl.addContact({ email: 'a@example.com' });

    const got = await create({ email: 'a@example.com' });

    expect(got.status).toBe(201);
    expect(ghl.contacts()).toHaveLength(2);
  });

  test('upsert updates by email first, ignores a phone of somebody else, and drops gender', async () => {
    const ann = ghl.addContact({ email: 'ann@example.com' });
    ghl.addContact({ phone: '+447700900123' });

    const got = await call('POST', '/contacts/upsert', {
      ...{ locationId: ghl.locationId, email: 'ann@example.com', phone: '+447700900123' },
      ...{ gender: 'female', firstName: 'Ann' },
    });

    expect(got.body).toMatchObject({ new: false, contact: { id: ann.id, firstName: 'Ann' } });
    expect(ghl.contact(ann.id)).not.toHaveProperty('phone');
    expect(ghl.contact(ann.id)).not.toHaveProperty('gender');
  });

  test('upsert makes a contact where none matches', async () => {
    const got = await call('POST', '/contacts/upsert', {
      locationId: ghl.locationId,
      email: 'a@example.com',
    });

    expect([got.status, got.body['new']]).toEqual([200, true]);
  });

  test('createNewIfDuplicateAllowed makes a twin only where the location allows it', async () => {
    ghl.addContact({ email: 'a@example.com' });
    const body = { locationId: ghl.locationId, email: 'a@example.com', createNewIfDuplicateAllowed: true };

    const first = await call('POST', '/contacts/upsert', body);
    ghl.changeLocation({ allowDuplicateContact: true });
    const second = await call('POST', '/contacts/upsert', body);

    expect([first.body['new'], second.body['new']]).toEqual([false, true]);
  });
});
