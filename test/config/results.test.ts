import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

function problemsOf(body: string, tasks = ''): (readonly [code: string, at: string])[] {
  const text = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
  others: { connection: booth, key: id, poll: { request: { path: /c }, records: data } }
syncs:
  contacts: { from: bookings, key: email, to: ghl.contact, fields: { email: email } }
  elsewhere: { from: others, key: email, to: ghl.contact, fields: { email: email } }
  tasks: { from: bookings, to: ghl.task, parent: contacts, fields: { title: name, dueDate: day }${tasks} }
  told: { from: bookings, call: ghl.create-note, parent: contacts, with: { body: ${body} } }
  later: { from: bookings, to: ghl.note, parent: contacts, fields: { body: name } }
`;
  const { problems } = checkText('/sync.config.yaml', text);
  return problems.map(({ code, at }) => [code, text.slice(at!.start, at!.end)]);
}

test.each([
  [`'$result("tasks").id'`, []],
  [`{ text: 'It is {{ $result("contacts").email }}' }`, []],
  [`'$result("task").id'`, [['unknown-sync', '"task"']]],
  [`{ text: 'It is {{ $result("task").id }}' }`, [['unknown-sync', '"task"']]],
  [`'$result("later").id'`, [['bad-value', '"later"']]],
  [`'$result("told").id'`, [['bad-value', '"told"']]],
  [`'$result("elsewhere").id'`, [['bad-value', '"elsewhere"']]],
  [`'$result(name).id'`, [['bad-value', '$result']]],
])('the result in %s', (body, expected) => {
  const problems = problemsOf(body);

  expect(problems).toEqual(expected);
});

test('there is one for each element only where the call has elements, too', () => {
  const problems = problemsOf(`'$result("tasks").id'`, ', each: extras, key: sku');

  expect(problems).toEqual([['bad-value', '"tasks"']]);
});

test('there is none outside of `with`', () => {
  const problems = problemsOf('name', `, when: '$result("contacts").id'`);

  expect(problems).toEqual([['bad-value', '$result']]);
});
