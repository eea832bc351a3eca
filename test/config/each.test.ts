import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

test.each([
  [
    'tasks: { each: extras, key: sku, to: ghl.task, parent: contacts, fields: { title: name, dueDate: day } }',
    [],
  ],
  [
    'tasks: { each: extras, key: sku, to: ghl.task, parent: contacts, fields: { title: "$record.name", dueDate: day } }',
    [],
  ],
  [
    'welcome: { each: guests, key: email, call: ghl.add-contact-to-workflow, parent: contacts, with: { workflowId: { value: w } } }',
    [],
  ],
  [
    'tasks: { each: extras, to: ghl.task, parent: contacts, fields: { title: name, dueDate: day } }',
    ['missing-property'],
  ],
  [
    'guests: { each: guests, key: email, to: ghl.contact, fields: { email: email } }, tasks: { to: ghl.task, parent: guests, fields: { title: name, dueDate: day } }',
    ['missing-property'],
  ],
  [
    'guests: { each: guests, key: email, to: ghl.contact, fields: { email: email } }, tasks: { to: ghl.task, parent: { sync: guests, key: host }, fields: { title: name, dueDate: day } }',
    [],
  ],
  [
    'guests: { each: guests, key: email, to: ghl.contact, fields: { email: email } }, tasks: { each: guests, key: email, to: ghl.task, parent: guests, fields: { title: name, dueDate: day } }',
    [],
  ],
  [
    'tasks: { to: ghl.task, parent: contacts, fields: { title: "$record.name", dueDate: day } }',
    ['unknown-variable'],
  ],
])('each: %s', (syncs, expected) => {
  const text = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
syncs: { contacts: { from: bookings, key: email, to: ghl.contact, fields: { email: email } }, ${syncs.replaceAll(/(\w+): \{ (?=each|to)/g, '$1: { from: bookings, ')} }
`;

  const { problems } = checkText('/sync.config.yaml', text);

  expect(problems.map(({ code }) => code)).toEqual(expected);
});
