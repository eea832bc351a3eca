import { describe, expect, test } from 'vitest';
import { check } from '../../src/config/check.ts';
import { knowledge } from '../../src/config/knowledge.ts';
import { checkText } from '../../src/config/validate.ts';
import { readingOf } from '../../src/config/reading.ts';

/** `▶` stands before the character that the one problem must point at. */
const MARK = '▶';

type Case = readonly [promise: string, yaml: string, code: string, word: string];

const HEAD = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
sources:
  bookings: { connection: booth, key: booking_id, poll: { every: 10m, request: { path: /b }, records: data } }
syncs:
`;
const CONTACTS = `  contacts: { from: bookings, to: ghl.contact, fields: { email: email } }
`;

function contact(fields: string, more = ''): string {
  return `${HEAD}  contacts:\n    from: bookings\n    to: ghl.contact\n${more}    fields:\n      email: email\n${fields}`;
}

function task(fields: string, name = 'tasks'): string {
  return `${HEAD}${CONTACTS}  ${name}:\n    from: bookings\n    to: ghl.task\n    parent: contacts\n    fields: ${fields}\n`;
}

const FIELDS: readonly Case[] = [
  ['a required field', task('{ title: name }', '▶tasks'), 'missing-field', 'dueDate'],
  ['a misspelt required field', task('{ ▶titel: name, dueDate: date }'), 'unknown-field', 'titel'],
  [
    'an appointment without calendar',
    `${HEAD}${CONTACTS}  ▶visits: { from: bookings, to: ghl.appointment, parent: contacts, fields: { startTime: at } }\n`,
    'missing-field',
    'calendarId',
  ],
  ['a field that an update refuses', contact('      ▶gender: gender\n'), 'create-only', 'gender'],
  ['what the runner fills in', contact('      ▶locationId: { value: abc }\n'), 'unknown-field', 'locationId'],
  [
    'custom fields of a task',
    task('{ title: a, dueDate: b, ▶customFields: { a: b } }'),
    'unknown-field',
    'customFields',
  ],
  ['a number for text', contact('      postalCode: ▶5\n'), 'wrong-type', 'postalCode'],
  ['text for true or false', contact("      dnd: { value: ▶'yes' }\n"), 'wrong-type', 'dnd'],
  [
    'an expression of text for true or false',
    task("{ title: a, dueDate: b, completed: '▶$lowercase(state)' }"),
    'wrong-type',
    'completed',
  ],
  ['a number expression for text', contact('      city: ▶$count(rooms)\n'), 'wrong-type', 'city'],
  ['a condition for text', contact('      city: "▶a = b"\n'), 'wrong-type', 'city'],
  ['a list for one value', contact('      city: "▶$split(towns, \\",\\")"\n'), 'list-for-one', 'list'],
  [
    'a value that is none of the few',
    `${HEAD}${CONTACTS}  visits:\n    from: bookings\n    to: ghl.appointment\n    parent: contacts\n    fields:\n      calendarId: { value: a }\n      startTime: at\n      appointmentStatus: 'gone ? ▶"canceled" : "confirmed"'\n`,
    'bad-value',
    'canceled',
  ],
  [
    'a bare word that is one of the few',
    `${HEAD}${CONTACTS}  visits:\n    from: bookings\n    to: ghl.appointment\n    parent: contacts\n    fields: { calendarId: { value: a }, startTime: at, appointmentStatus: ▶confirmed }\n`,
    'unknown-name',
    'confirmed',
  ],
  ['a time that is none', task('{ title: a, dueDate: { value: ▶tomorrow } }'), 'bad-value', 'tomorrow'],
  ['a field that is never written', contact("      city: '▶null'\n"), 'never-written', 'city'],
  [
    'a bare word among lower case names',
    contact('      source: ▶BoothBook\n      city: town\n'),
    'unknown-name',
    'BoothBook',
  ],
];

const WHOLE: readonly Case[] = [
  [
    'two texts at once',
    contact('', '    when: \'▶status = "a" and status = "b"\'\n'),
    'always-false',
    'false',
  ],
  ['a condition that is false', contact('', '    when: "▶1 = 2"\n'), 'always-false', 'false'],
  [
    'unequal where it may be missing',
    contact('', '    when: \'▶status != "Cancelled"\'\n'),
    'not-equal',
    'status',
  ],
  [
    'its own parent',
    `${HEAD}  notes: { from: bookings, to: ghl.note, parent: ▶notes, fields: { body: a } }\n`,
    'cycle',
    'notes',
  ],
  [
    'parents of each other',
    `${HEAD}  a: { from: bookings, to: ghl.note, parent: b, fields: { body: a } }\n  b: { from: bookings, to: ghl.note, parent: ▶a, fields: { body: a } }\n`,
    'cycle',
    'a → b → a',
  ],
  [
    'one field by two syncs',
    `${HEAD}${CONTACTS.replace('email: email', 'email: email, city: town')}  leads: { from: bookings, to: ghl.contact, fields: { email: email, ▶city: place } }\n`,
    'written-twice',
    'city',
  ],
  [
    'a source that nobody reads',
    contact('').replace(
      '  bookings: {',
      '  ▶old: { connection: booth, key: id, poll: { request: { path: /o }, records: data } }\n  bookings: {',
    ),
    'unused',
    'old',
  ],
  [
    'a connection that nobody uses',
    contact('').replace('  ghl:', '  ▶crm: { type: http, baseUrl: "http://x" }\n  ghl:'),
    'unused',
    'crm',
  ],
  ['a table that nobody looks into', `${contact('')}tables: { ▶hire: { a: b } }\n`, 'unused', 'hire'],
  [
    'an event that HighLevel has not',
    contact('')
      .replace(
        '  bookings: {',
        '  people: { connection: ghl, key: id, webhook: { events: [▶ContactCreated], record: body } }\n  bookings: {',
      )
      .replace('from: bookings', 'from: bookings') +
      '  others: { from: people, to: ghl.contact, fields: { email: email } }\n',
    'unknown-event',
    'ContactCreated',
  ],
  [
    'a cron line that never fires',
    contact('').replace('every: 10m', 'schedule: ▶"0 0 31 2 *"'),
    'bad-value',
    'never',
  ],
  [
    'a poll that its limit is too small for',
    contact('')
      .replace('"https://booth.example"', '"https://booth.example", rateLimit: { requests: 10, per: 1m }')
      .replace('every: 10m', 'every: ▶1m, window: { from: -1d, to: +30d, step: 1d }')
      .replace('path: /b', 'path: "/b/{{ $date($from) }}"'),
    'poll-pace',
    '31 calls',
  ],
  [
    'a token in the file',
    contact('').replace('"${GHL_TOKEN}"', '▶pit-0a1b2c3d-0a1b-4c2d-8e3f-0a1b2c3d4e5f'),
    'secret',
    'token',
  ],
  ['a password in an address', `${contact('')}store: postgres://me:▶hunter2x@db/sync\n`, 'secret', 'store'],
];

const SAMPLE = [
  {
    booking_id: 1,
    status: 'Confirmed',
    town: 'Leeds',
    email: 'a@b.c',
    paid: true,
    packages: [{ name: 'a' }, { name: 'b' }],
    extras: [],
  },
  {
    booking_id: 2,
    email: 'a@b.c',
    paid: false,
    town: 'York',
    packages: [],
    extras: [],
    customer: { name: 'Ann' },
  },
];

/** With a sample of the source. */
const SAMPLED: readonly Case[] = [
  ['a name that no record has', contact('      city: ▶twon\n'), 'unknown-name', 'twon'],
  ['a name within a list', contact('      city: packages[0].▶nam\n'), 'unknown-name', 'nam'],
  ['a name within an object', contact('      city: customer.▶nme\n'), 'unknown-name', 'nme'],
  ['a bare word for a text', contact('', "    when: 'status = ▶Paid'\n"), 'unknown-name', 'Paid'],
  ['a bare word in a hole', contact('      city: { text: "in {{ ▶twon }}" }\n'), 'unknown-name', 'twon'],
  ['a list that may be one', contact('      city: ▶packages.name\n'), 'list-for-one', 'list'],
  ['a condition on another type', contact('', '    when: \'▶paid = "yes"\'\n'), 'always-false', 'sample'],
  ['a number for text', contact('      city: ▶booking_id\n'), 'wrong-type', 'city'],
  ['unequal where a record lacks it', contact('', '    when: \'▶status != "x"\'\n'), 'not-equal', 'status'],
];

/** Right, with a sample. */
const RIGHT: readonly string[] = [
  contact('', '    when: \'town != "x"\'\n'),
  contact('', '    when: \'$exists(status) and status != "x"\'\n'),
  contact('      city: status ?? "none"\n'),
  contact('      city: packages[0].name\n      state: $join(packages.name, ", ")\n'),
  contact("      city: '$map(packages, function($p) { $p.name })[0]'\n"),
  contact(
    '      city: |\n        (\n          $names := packages.name;\n          $join($names, ", ")\n        )\n',
  ),
  contact(
    '      city: extras[0].name\n      customFields: { count: $count(packages), list: packages.name, when: booking_id }\n',
  ),
  contact(
    '      city: "(packages[name = \\"a\\"].name)[0]"\n',
    '    when: \'$not(status = "x") and email != ""\'\n',
  ),
];

function problemsOf(text: string, records?: readonly Readonly<Record<string, unknown>>[]) {
  if (!records) return checkText('/c.yaml', text).problems;
  const reading = { ...readingOf('/c.yaml', text), samples: new Map([['bookings', records]]) };
  return check(reading, knowledge()).problems;
}

for (const [group, cases, records] of [
  ['fields', FIELDS, undefined],
  ['the whole', WHOLE, undefined],
  ['the sample', SAMPLED, SAMPLE],
] as const) {
  describe(`one mistake is one problem at its place: ${group}`, () => {
    test.each(cases)('%s', (_promise, marked, code, word) => {
      const text = marked.replace(MARK, '');

      const problems = problemsOf(text, records);

      const found = problems.map((each) => ({
        code: each.code,
        start: each.at!.start,
        message: each.message,
      }));
      expect(found).toEqual([
        { code, start: marked.indexOf(MARK), message: expect.stringContaining(word) as string },
      ]);
      expect(problems[0]!.remedy).not.toBe('');
    });
  });
}

test.each(RIGHT)('right with a sample: %#', (text) => {
  expect(problemsOf(text, SAMPLE)).toEqual([]);
});
