import { expect, test } from 'vitest';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();

test('a location tells whether it allows duplicates, and its zone', async () => {
  const got = await call('GET', `/locations/${ghl().locationId}`);

  expect(got.body['location']).toMatchObject({
    ...{ id: ghl().locationId, timezone: 'Europe/London' },
    settings: { allowDuplicateContact: false },
  });
});

test('custom fields have an id, a key and a type; they are found by id and by key', async () => {
  const path = `/locations/${ghl().locationId}/customFields`;

  const list = await call('GET', `${path}?model=contact`);
  const made = await call('POST', path, { name: 'Booth type', dataType: 'TEXT' });
  const { id } = made.body['customField'] as { id: string };
  const [byId, byKey] = [await call('GET', `${path}/${id}`), await call('GET', `${path}/contact.booth_type`)];

  expect(list.body['customFields']).toMatchObject([
    { name: 'Event date', fieldKey: 'contact.event_date', dataType: 'DATE' },
    { name: 'Package', fieldKey: 'contact.package', dataType: 'TEXT' },
  ]);
  expect(made.status).toBe(201);
  expect([byId.body['customField'], byKey.body['customField']]).toMatchObject([{ id }, { id }]);
});

test('a tag of a location is created in lower case, renamed and deleted', async () => {
  const path = `/locations/${ghl().locationId}/tags`;
  const made = await call('POST', path, { name: ' VIP ' });
  const { id } = made.body['tag'] as { id: string };

  await call('PUT', `${path}/${id}`, { name: 'Very Important' });
  const renamed = ghl().tags();
  await call('DELETE', `${path}/${id}`);

  expect(made.body['tag']).toMatchObject({ name: 'vip' });
  expect([renamed, ghl().tags()]).toEqual([['very important'], []]);
});

test('calendars, users and pipelines are there to be looked up', async () => {
  const where = `locationId=${ghl().locationId}`;

  const calendars = await call('GET', `/calendars/?${where}`);
  const users = await call('GET', `/users/?${where}`);
  const pipelines = await call('GET', `/opportunities/pipelines?${where}`);
  const workflows = await call('GET', `/workflows/?${where}`);

  expect(calendars.body['calendars']).toMatchObject([{ id: ghl().calendarId, name: 'Events' }]);
  expect(users.body['users']).toMatchObject([{ name: 'Sam Host' }]);
  expect(pipelines.body['pipelines']).toMatchObject([{ name: 'Bookings', stages: [{}, {}, {}] }]);
  expect(workflows.body['workflows']).toMatchObject([{ name: 'Welcome' }]);
});
