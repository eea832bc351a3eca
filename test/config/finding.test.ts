import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

function problemsOf(sync: string): (readonly [code: string, at: string, message: string])[] {
  const text = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
syncs:
  contacts: { from: bookings, key: email, to: ghl.contact, fields: { email: email } }
  children:
    from: bookings
${sync.replace(/^ */gm, '    ')}
`;
  const { problems } = checkText('/sync.config.yaml', text);
  // What else a target needs is another's promise.
  const found = problems.filter(({ code }) => code !== 'missing-field');
  return found.map(({ code, at, message }) => [code, text.slice(at!.start, at!.end), message]);
}

test.each([
  ['note', 'body: { value: Hi }'],
  ['task', 'title: { value: Call }'],
  ['appointment', 'title: { value: Party }'],
  ['opportunity', 'name: { value: Party }'],
])('a %s takes a mark', (resource, field) => {
  const problems = problemsOf(`to: ghl.${resource}\nparent: contacts\nmark: true\nfields: { ${field} }`);

  expect(problems).toEqual([]);
});

test.each([
  ['block-slot', 'a block-slot has no text that a mark could be found in'],
  ['contact', 'a contact is found by its own identity: it takes no mark'],
  ['business', 'a business is found by its own identity: it takes no mark'],
])('a %s takes no mark, and validate says so', (resource, message) => {
  const problems = problemsOf(`to: ghl.${resource}\nkey: id\nmark: true`);

  expect(problems).toEqual([['bad-value', 'mark', message]]);
});

test('a mark that is switched off is right anywhere', () => {
  const problems = problemsOf('to: ghl.contact\nkey: email\nmark: false');

  expect(problems).toEqual([]);
});

test.each([
  ['to: ghl.task\nparent: contacts\nmatch: [title, dueDate]\nfields: { title: name }', []],
  [
    'to: ghl.task\nparent: contacts\nmatch: [title, due]\nfields: { title: name }',
    [['unknown-field', 'due', 'unknown field "due" of a task']],
  ],
  [
    'to: ghl.task\nparent: contacts\nmatch: [dueDate]\nfields: { title: name }',
    [['bad-value', 'match', '"dueDate" is not mapped: there is nothing to find it by']],
  ],
  [
    'to: ghl.contact\nkey: email\nmatch: [email]\nfields: { email: email }',
    [['bad-value', 'match', 'a contact is found by its own identity, not among others']],
  ],
])('match: %j', (sync, expected) => {
  const problems = problemsOf(sync);

  expect(problems).toEqual(expected);
});
