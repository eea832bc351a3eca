import { expect, test } from 'vitest';
import { seedIds } from '../../src/sandbox/ghl/seed-location.ts';
import { runningGhl } from './running-ghl.ts';

const { ghl, call } = runningGhl();

const anOpportunity = (more: object = {}) => ({
  ...{ pipelineId: seedIds.pipeline, locationId: ghl().locationId, name: 'Wedding', status: 'open' },
  contactId: ghl().contactByEmail('a@example.com')?.id ?? ghl().addContact({ email: 'a@example.com' }).id,
  ...more,
});
const idOf = (got: { readonly body: Readonly<Record<string, unknown>> }) =>
  (got.body['opportunity'] as { id: string }).id;

test('an opportunity starts in the first stage and shows its contact', async () => {
  const got = await call('POST', '/opportunities/', anOpportunity({ monetaryValue: 450 }));

  expect(got.status).toBe(201);
  expect(got.body['opportunity']).toMatchObject({
    ...{ pipelineStageId: seedIds.stages[0], monetaryValue: 450, status: 'open' },
    contact: { email: 'a@example.com' },
  });
});

test.each([
  ['an unknown pipeline', { pipelineId: 'x' }, 400],
  ["another pipeline's stage", { pipelineStageId: 'x' }, 400],
  ['an unknown contact', { contactId: 'x' }, 400],
  ['status all', { status: 'all' }, 422],
  ['a value as text', { monetaryValue: '450.00' }, 422],
])('%s is refused', async (_, wrong, status) => {
  const got = await call('POST', '/opportunities/', anOpportunity(wrong));

  expect(got.status).toBe(status);
});

test('a change keeps what it does not name; PUT refuses contactId', async () => {
  const id = idOf(await call('POST', '/opportunities/', anOpportunity()));

  await call('PUT', `/opportunities/${id}`, { pipelineStageId: seedIds.stages[1] });
  await call('PUT', `/opportunities/${id}/status`, { status: 'won' });
  const wrong = await call('PUT', `/opportunities/${id}`, { contactId: 'x' });

  expect(ghl().opportunities()).toMatchObject([
    { name: 'Wedding', pipelineStageId: seedIds.stages[1], status: 'won' },
  ]);
  expect(wrong.status).toBe(422);
});

test('a second one of a contact in a pipeline is refused where the location says so', async () => {
  ghl().changeLocation({ allowDuplicateOpportunity: false });

  const first = await call('POST', '/opportunities/', anOpportunity());
  const second = await call('POST', '/opportunities/', anOpportunity());

  expect([first.status, second.status]).toEqual([201, 400]);
});

test('they are found by contact, in a query of snake case', async () => {
  const body = anOpportunity();
  await call('POST', '/opportunities/', body);

  const found = await call(
    'GET',
    `/opportunities/search?location_id=${ghl().locationId}&contact_id=${body.contactId}`,
  );
  const wrong = await call('GET', `/opportunities/search?locationId=${ghl().locationId}`);

  expect(found.body).toMatchObject({ opportunities: [{ name: 'Wedding' }], meta: { total: 1 } });
  expect(wrong.status).toBe(422);
});
