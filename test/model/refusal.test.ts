import { expect, test } from 'vitest';
import { refusalOf } from '../../src/model/refusal.ts';

const answer = (status: number, message: string, challenge?: string) => ({
  ...{ status, message },
  headers: challenge === undefined ? {} : { 'www-authenticate': challenge },
});

test.each([
  ['an expired token of HighLevel', answer(401, 'Invalid JWT'), 'token'],
  ['another one', answer(401, 'Invalid token: access token is invalid'), 'token'],
  [
    'a missing scope, which HighLevel answers with 401',
    answer(401, 'The token is not authorized for this scope.'),
    'scope',
  ],
  ['a missing Version', answer(401, 'version header was not found'), 'version'],
  ['a wrong Version', answer(401, 'version header is invalid'), 'version'],
  ['another location', answer(403, 'The token does not have access to this location'), 'access'],
  [
    "a scope that the standard's challenge tells",
    answer(403, 'no', 'Bearer error="insufficient_scope"'),
    'scope',
  ],
  ["the standard's code alone", answer(401, 'insufficient_scope'), 'scope'],
  [
    "the standard's code in a body with other words",
    { ...answer(401, 'Access denied'), body: { error: 'insufficient_scope', message: 'Access denied' } },
    'scope',
  ],
  [
    "a token that the standard's challenge tells, whatever the status",
    answer(403, 'no', 'Bearer error="invalid_token"'),
    'token',
  ],
  ['a wrong value', answer(422, 'phone must be a valid phone number'), undefined],
])('%s is told apart', (_, refused, expected) => {
  expect(refusalOf(refused)).toBe(expected);
});
