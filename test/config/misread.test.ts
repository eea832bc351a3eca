import { expect, test } from 'vitest';
import { check } from '../../src/config/check.ts';
import { knowledge } from '../../src/config/knowledge.ts';
import { readingOf } from '../../src/config/reading.ts';

const BOOKING = {
  id: 1,
  email: 'ann@example.com',
  first_name: 'Ann',
  venue: { place: 'Hall', town: 'Leeds' },
  packages: [{ code: 'a', size: 2 }],
  extras: [{ name: 'Props', price: 40 }],
};
const LEAD = { id: 1, given: 'Ann', mail: 'ann@example.com' };

function config(contacts: string, more = ''): string {
  return `version: 1
connections:
  crm: { type: http, baseUrl: 'https://crm.example', auth: { type: bearer, token: '\${TOKEN}' } }
  ghl: { type: ghl, location: '\${LOCATION}', auth: { type: token, token: '\${GHL_TOKEN}' } }
sources:
  bookings: { connection: crm, key: id, poll: { every: 1h, request: { path: /bookings }, records: data } }
  leads: { connection: crm, key: id, poll: { every: 1h, request: { path: /leads }, records: data } }
syncs:
  contacts: { to: ghl.contact, ${contacts} }
${more}`;
}

/** A problem as what it points at, its message and its remedy. */
function told(text: string): readonly (readonly string[])[] {
  const samples = new Map([
    ['bookings', [BOOKING]],
    ['leads', [LEAD]],
  ]);
  const { problems } = check({ ...readingOf('/c.yaml', text), samples }, knowledge());
  return problems.map(({ at, message, remedy }) => [text.slice(at!.start, at!.end), message, remedy]);
}

const CONTACTS = 'from: bookings, key: email, fields: { firstName: first_name }';
const LEADS = `  leads: { from: leads, key: mail, to: ghl.contact, fields: { lastName: given } }\n`;

function notes(each: string, body: string): string {
  const fields = `key: $record.id & "-" & $string($), fields: { body: { text: '${body}' } }`;
  return config(
    CONTACTS,
    `${LEADS}  notes: { from: bookings, each: ${each}, to: ghl.note, parent: contacts, ${fields} }\n`,
  );
}

test('a sync that reads the wrong source is told once, at its from, with the source that is meant', () => {
  const wrong = CONTACTS.replace('from: bookings', 'from: leads');

  expect(told(config(wrong))).toEqual([
    [
      'leads',
      'from names "leads", and no record of the sample has "email" or "first_name" there',
      'did you mean "bookings"? It has all names that this sync reads',
    ],
  ]);
});

test('each of the wrong list is told once, with the list that has what is read', () => {
  expect(told(notes('packages', '{{ name }} {{ price }}'))).toEqual([
    ['packages', expect.stringContaining('"name" or "price"'), expect.stringContaining('"extras"')],
  ]);
});

test('each of one object that lacks what is read is told once', () => {
  expect(told(notes('venue', '{{ label }} {{ street }} {{ town }}'))).toEqual([
    ['venue', expect.stringContaining('is one object'), expect.stringContaining('venue.label')],
  ]);
});

test('one name that is missing is misspelt, whoever else has it', () => {
  const wrong = CONTACTS.replace('first_name', 'given');

  expect(told(config(wrong, LEADS)).map(([at]) => at)).toEqual(['given']);
});

test('names of the whole record are told one by one: each lacks its $record', () => {
  const problems = told(notes('extras', '{{ name }} {{ email }} {{ first_name }}'));

  expect(problems.map(([, , remedy]) => remedy)).toEqual([
    'it is one of the whole record: write $record.email',
    'it is one of the whole record: write $record.first_name',
  ]);
});

test('a source that was given the name of another is told where that stands twice', () => {
  const text = config(CONTACTS, LEADS).replace('  leads: { connection', '  bookings: { connection');

  expect(told(text)).toEqual([
    ['bookings', '"bookings" stands here twice', expect.stringContaining('call one of the two "leads"')],
  ]);
});

test('a name twice, and two names that nothing bears, are three mistakes', () => {
  const text = config(CONTACTS, LEADS)
    .replace('  leads: { connection', '  bookings: { connection')
    .replace('from: bookings', 'from: boats');

  expect(told(text).map(([, message]) => message)).toEqual([
    '"bookings" stands here twice',
    'unknown source "boats"',
    'unknown source "leads"',
  ]);
});
