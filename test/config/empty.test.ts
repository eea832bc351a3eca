import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

const REMEDY = 'write "on: create", or take "on" out';

test.each([
  ['to: ghl.contact, key: email, fields: { source: { value: web, on: empty } }', []],
  ['to: ghl.contact, key: email, fields: { customFields: { size: { expr: size, on: empty } } }', []],
  ['to: ghl.contact, key: email, fields: { gender: { expr: sex, on: empty } }', [['empty', REMEDY]]],
  ['to: ghl.block-slot, fields: { title: { value: Closed, on: empty } }', [['empty', REMEDY]]],
  [
    'call: ghl.add-contact-to-workflow, parent: contacts, with: { workflowId: { value: w, on: empty } }',
    [['empty', 'take "on" out']],
  ],
])('on: empty in %s', (sync, expected) => {
  const text = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
syncs:
  contacts: { from: bookings, key: email, to: ghl.contact, fields: { email: email } }
  other: { from: bookings, ${sync} }
`;

  const { problems } = checkText('/sync.config.yaml', text);

  expect(problems.map(({ at, remedy }) => [text.slice(at!.start, at!.end), remedy])).toEqual(expected);
});
