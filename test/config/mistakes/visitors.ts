import type { Mistake } from './mistake.ts';

const WHEN = 'when: \'status = "Confirmed"\'';
const TITLE = 'title: event_name';
const CITY = 'city: venue.city';
const PERSON = "      person: '$lowercase(email ? email : phone)'\n";
const PAID = 'paid: $num(balance) = 0';
const EACH_KEY = 'key: $record.booking_id & ":" & name';
const TABLE = `'$table("hire", hire_type, "Other")'`;
const PACKAGE = "'packages[0].name'";
const JOINED = '$join($names, ", ")\n        )';
const VERIFY = 'header: x-shop-signature';

/** What people of other trades write: each was two problems or more, another's place, or none. */
export const VISITORS: readonly Mistake[] = [
  // what is wrong with a let is told there, and not at each field that comes after it
  ['hire', PAID, 'paid: guests ▶- balance', 'wrong-type', 'balance is text'],
  [
    'hire',
    PERSON,
    "      person: '$lowercase(▶email or phone)'\n",
    'wrong-type',
    '`$lowercase` takes text here',
  ],
  ['hire', PAID, 'paid: status = ▶Paid', 'unknown-name', 'Paid'],
  // quotes that a list lacks are one mistake
  ['hire', WHEN, 'when: status in [▶Confirmed, Booked]', 'unknown-name', '"Confirmed" or "Booked"'],
  // a sample that can't be read hides what it would have shown
  ['hire', 'sample: hire.json', 'sample: ▶{ file: hire.json }', 'wrong-type', 'sample'],
  // conditions are joined by and
  ['hire', WHEN, 'when: $exists(site) ▶& status = "Confirmed"', 'wrong-type', 'between two conditions'],
  ['hire', WHEN, 'when: status = "Confirmed" ▶& guests > 5', 'wrong-type', 'between two conditions'],
  ['hire', WHEN, 'when: status in ▶"Confirmed, Pending"', 'bad-value', 'is one text'],
  ['hire', WHEN, 'when: status ▶exists', 'expression', '`exists`'],
  ['hire', WHEN, 'when: status ▶starts with "Conf"', 'expression', '`starts with`'],
  ['hire', WHEN, 'when: event_date > ▶2026-01-01', 'expression', 'is a subtraction'],
  ['hire', WHEN, 'when: event_date > ▶2026-11-12', 'expression', 'is a subtraction'],
  ['hire', WHEN, 'when: 5 < guests ▶< 100', 'wrong-type', '`<` compares'],
  // several tags are a list
  ['hire', 'add: [booked, customer]', 'add: ▶booked, customer', 'bad-value', 'one tag'],
  // names with their $
  ['hire', '{ when: $paid,', '{ when: ▶paid,', 'unknown-name', '"paid"'],
  ['hire', CITY, 'city: ▶SHOP', 'unknown-name', '"SHOP"'],
  ['hire', CITY, 'city: ▶$hire[hire_type]', 'unknown-variable', '$hire'],
  // rows and elements
  ['hire', TABLE, `'$table("hire", ▶"hire_type", "Other")'`, 'bad-value', 'not the field'],
  ['hire', EACH_KEY, 'key: ▶$record.booking_id', 'bad-value', 'every element of a record'],
  ['hire', '" at " & price', '" at " & ▶extras.price', 'unknown-name', '"extras"'],
  ['hire', PACKAGE, "'▶packages(0).name'", 'expression', '`packages` is called like a function'],
  ['hire', PACKAGE, "'packages[0]▶->name'", 'expression', '`->`'],
  ['hire', PACKAGE, "'packages[0]▶name'", 'expression', '`name`'],
  ['hire', PACKAGE, `'packages[▶"0"].name'`, 'always-true', '"0"'],
  ['hire', 'updatedAt: updated_at', 'updatedAt: ▶venue', 'wrong-type', 'venue is an object'],
  // signs and words of other languages
  ['hire', TITLE, 'title: event_name▶＆" at"', 'expression', '＆'],
  ['hire', TITLE, 'title: ▶.event_name', 'expression', '`.`'],
  ['hire', TITLE, "title: '▶<%= event_name %>'", 'expression', '`<`'],
  ['hire', JOINED, `▶return ${JOINED}`, 'expression', '`return`'],
  ['hire', JOINED, '$join($names▶; ", ")\n        )', 'expression', '`;`'],
  ['hire', JOINED, '$join($names ▶", ")\n        )', 'expression', '`", "`'],
  [
    'hire',
    'dueDate: $zoned(event_date & " 09:00")',
    'dueDate: $zoned(event_date, ▶"09:00")',
    'bad-value',
    '"09:00"',
  ],
  // doors and addresses
  [
    'shop',
    "auth: { type: bearer, token: '${SHOP_TOKEN}' }",
    "auth: { type: bearer, token: ▶'Bearer ${SHOP_TOKEN}' }",
    'bad-value',
    'twice',
  ],
  ['shop', VERIFY, `${VERIFY}, ▶tolerance: 5m`, 'missing-property', '"tolerance"'],
  [
    'hire',
    'redirectUri: https://sync.example/oauth',
    'redirectUri: ▶/oauth',
    'bad-value',
    'redirectUri takes an address',
  ],
  [
    'hire',
    "host: 127.0.0.1, port: 8080, token: '${BOOTHSYNC_SERVER_TOKEN:-}'",
    'host: ▶0.0.0.0, port: 8080',
    'missing-property',
    '0.0.0.0',
  ],
  ['shop', "query: { email: '{{ email }}' }", "query: { email: '▶{email}' }", 'text', '{email}'],
  [
    'hire',
    'method: POST\n        path: /api/v1/get/bookings\n        headers: { X-Client: boothsync }\n        form',
    'method: GET\n        path: /api/v1/get/bookings\n        headers: { X-Client: boothsync }\n        ▶form',
    'bad-value',
    '"form"',
  ],
  [
    'hire',
    '- contacts.readonly\n        - contacts.write',
    '- ▶contacts.readonly contacts.write',
    'missing-scope',
    'one scope to YAML',
  ],
  [
    'hire',
    'parent: { sync: contacts, timeout: 12h }',
    'parent: { ▶contacts: $person }',
    'unknown-property',
    '"contacts"',
  ],
  // what chooses, joins and names in other languages
  ['hire', TITLE, 'title: \'status = "Lost" and ▶"gone" or "there"\'', 'always-true', 'choose nothing'],
  ['hire', TITLE, "title: '▶case when paid then 1 end'", 'expression', '`case`'],
  ['hire', TITLE, 'title: guests.▶toFixed(2)', 'expression', '`toFixed`'],
  ['hire', '{ "after": start_time }', '{ "after" ▶= start_time }', 'expression', 'parted by `:`'],
  ['hire', '{ "after": start_time }', '"after"▶: start_time', 'expression', '`:`'],
  ['hire', 'records: bookings.*', 'records: bookings▶/*', 'expression', 'no end'],
  ['hire', 'key: $person', 'key: ▶$lowercase', 'wrong-type', 'is a function'],
  // one mistake in words that several checks look at
  [
    'hire',
    'source: { value: BoothBook, on: create }',
    'source: { value: BoothBook, on: ▶created }',
    'bad-value',
    '"created"',
  ],
  [
    'hire',
    "with: { workflowId: { value: '${WELCOME_WORKFLOW}' } }",
    "with: ▶'${WELCOME_WORKFLOW}'",
    'wrong-type',
    'with takes a map',
  ],
  ['hire', 'match: [title, dueDate]', 'match: [▶title dueDate]', 'unknown-field', '"title dueDate"'],
  ['hire', 'retention: { done: 30d,', 'retention: { ▶done:30d,', 'unknown-property', '"done:30d"'],
];
