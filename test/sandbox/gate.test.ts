import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { callGhl } from './call-ghl.ts';
import type { CallGhl } from './call-ghl.ts';

let ghl: RunningGhl;
let call: CallGhl;

beforeEach(async () => {
  ghl = await startGhl();
  call = callGhl(ghl);
});
afterEach(() => ghl.close());

test('a call without a token, or with a wrong one, is answered 401', async () => {
  const none = await call('GET', '/contacts/x', undefined, { authorization: null });
  const wrong = await call('GET', '/contacts/x', undefined, { authorization: 'Bearer nope' });

  expect([none.status, wrong.status]).toEqual([401, 401]);
  expect(wrong.body).toMatchObject({
    ...{ statusCode: 401, message: 'Invalid token: access token is invalid', error: 'Unauthorized' },
  });
});

test.each([
  ['no Version', '/contacts/x', null, 'version header was not found'],
  ['a made-up Version', '/contacts/x', '2023-02-21', 'version header is invalid'],
  ["the calendars' Version for contacts", '/contacts/x', '2021-04-15', 'version header is invalid'],
  [
    "the contacts' Version for calendars",
    '/calendars/?locationId=x',
    '2021-07-28',
    'version header is invalid',
  ],
])('%s is answered 401', async (_, path, version, message) => {
  const got = await call('GET', path, undefined, { version });

  expect([got.status, got.body['message']]).toEqual([401, message]);
});

test('another location is answered 403, in path, query and body', async () => {
  const answers = await Promise.all([
    call('GET', '/locations/other/tags'),
    call('GET', '/contacts/search/duplicate?locationId=other&email=a%40example.com'),
    call('POST', '/contacts/', { locationId: 'other' }),
  ]);

  expect(answers.map((got) => got.status)).toEqual([403, 403, 403]);
  expect(answers[0].body['message']).toBe('The token does not have access to this location');
});

test('a token without the scope is answered 401, which no refresh can mend', async () => {
  ghl.addToken('narrow', ghl.locationId, ['contacts.readonly']);

  const got = await call(
    'POST',
    '/contacts/',
    { locationId: ghl.locationId },
    { authorization: 'Bearer narrow' },
  );

  expect([got.status, got.body['message']]).toEqual([401, 'The token is not authorized for this scope.']);
});

test('an unknown path is answered 404, and a slash at the end counts', async () => {
  const unknown = await call('GET', '/nothing');
  const bare = await call('POST', '/contacts', { locationId: ghl.locationId });

  expect([unknown.status, bare.status]).toEqual([404, 404]);
});

test('JSON that is not said to be JSON is no body, and broken JSON is answered 400', async () => {
  const text = await call('POST', '/contacts/', '{"locationId":"x"}', { 'content-type': 'text/plain' });
  const broken = await call('POST', '/contacts/', '{"locationId":');

  expect([text.status, broken.status]).toEqual([422, 400]);
});

test('an unknown query parameter is refused', async () => {
  const got = await call('GET', `/locations/${ghl.locationId}/customFields?type=contact`);

  expect([got.status, got.body['message']]).toEqual([422, ['property type should not exist']]);
});

test('two locations have contacts, tokens and budgets of their own', async () => {
  const other = ghl.addLocation({ locationId: 'other', token: 'pit-other' });
  ghl.set({ limit: { requests: 1 } });

  const mine = await call('POST', '/contacts/', { locationId: ghl.locationId, email: 'a@example.com' });
  const theirs = await call(
    'POST',
    '/contacts/',
    { locationId: 'other', email: 'a@example.com' },
    { authorization: 'Bearer pit-other' },
  );

  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect([ghl.contacts().length, other.contacts().length]).toEqual([1, 1]);
});
