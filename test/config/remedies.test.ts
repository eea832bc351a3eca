import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

const hire = readFileSync(new URL('./mistakes/hire.yaml', import.meta.url), 'utf8').replace(
  '    sample: hire.json\n',
  '',
);
const shop = readFileSync(new URL('./mistakes/shop.yaml', import.meta.url), 'utf8');

function remediesOf(config: string, part: string, by: string): readonly string[] {
  expect(config).toContain(part);
  const { problems } = checkText(
    '/c.yaml',
    config.replace(part, () => by),
  );
  return problems.map(({ remedy }) => remedy);
}

const WHEN = 'when: \'status = "Confirmed"\'';

test.each([
  ['to: ghl.note', 'to: ghl:note', 'write ghl.note'],
  // of a map in braces, the one value that YAML stumbles over
  [
    `fields: { body: '"Extra: " & name & " at " & price' }`,
    'fields: { title: name, body: extras[0].name, color: name }',
    "put an expression in single quotes: 'extras[0].name'",
  ],
  ['to: ghl.note', 'to: note', 'write ghl.note'],
  ['to: ghl.note', 'to: { connection: ghl, resource: note }', 'write ghl.note'],
  // what other languages, and people in a hurry, make of a function or a default
  [
    'email: $lowercase(email)',
    'email: email or phone',
    'for the first that is there write email ? email : phone',
  ],
  ['email: $lowercase(email)', 'email: first_name and email', 'to join texts write first_name & " " & email'],
  ['email: $lowercase(email)', 'email: $lowercase[email]', 'call it with round brackets: $lowercase(email)'],
  ['email: $lowercase(email)', 'email: email.$lowercase', 'call it: $lowercase(email)'],
  ['onDelete: delete', 'onDelete: gone', 'write ignore or delete, or for a tag { tag: gone }'],
  ['key: $person\n', 'key: [email, phone]\n', `join them to one text: 'email & "-" & phone'`],
  [
    'customFields:\n        event_date: event_date\n',
    'customFields.vip: vip\n      customFields:\n        event_date: event_date\n',
    'write customFields: { vip: vip }, one map for all of them',
  ],
  ['every: 10m', 'every: 15', 'write 15m for minutes, 15s for seconds, 15h for hours'],
  ['every: 10m', 'every: 1 hour', 'write 1h'],
  ['every: 10m', 'every: PT15M', 'write 15m'],
  ['to: +540d', 'to: +2 years', 'write +730d'],
  ['per: 1m', 'per: minute', 'write 1m'],
  ['completed: $yes(packed)', 'completed: "\'no\'"', 'write false'],
  ['completed: $yes(packed)', 'completed: no', 'write false; for the word itself { value: no }'],
  ['completed: $yes(packed)', 'completed: "1"', 'write true'],
  [
    'when: $exists($person)',
    'when: !$exists($person)',
    'put an expression in single quotes, and write "not" as a function: \'$not($exists($person))\'',
  ],
  ['title: event_name', 'title: `For ${event_name}!`', 'join texts with &: \'"For " & event_name & "!"\''],
  [
    'location: ${GHL_LOCATION_ID}',
    'location: {{ GHL_LOCATION_ID }}',
    'a variable is filled in as ${GHL_LOCATION_ID}',
  ],
  [
    'location: ${GHL_LOCATION_ID}',
    'location: !env GHL_LOCATION_ID',
    'a variable is filled in as ${GHL_LOCATION_ID}',
  ],
  [
    'location: ${GHL_LOCATION_ID}',
    'location: ${{ secrets.GHL_LOCATION_ID }}',
    'write ${GHL_LOCATION_ID} to fill it in',
  ],
  [WHEN, 'when: [a, b]', 'join the conditions with "and", in one line'],
  [WHEN, 'when: { status: Confirmed }', 'write \'status = "Confirmed"\''],
  [WHEN, "when: 'email = null'", 'write $not($exists(email))'],
  [WHEN, 'when: \'event_name like "Pen"\'', 'write `$contains(event_name, "…")`'],
  ['phone: $e164(phone)', 'phoneNumber: $e164(phone)', 'did you mean "phone"?'],
  ['firstName: first_name', 'shoe_size: first_name', 'a field of your own stands under customFields'],
  [
    "auth: { type: form, fields: { key: '${BOOTH_KEY}', secret: '${BOOTH_SECRET}' } }",
    "auth: { type: form, key: '${BOOTH_KEY}', secret: '${BOOTH_SECRET}' }",
    'it stands under fields, as "secret" does',
  ],
  // what follows is the expression as it was meant, to be copied
  [WHEN, 'when: venue.city starts with "Le"', 'write `$contains(venue.city, /^Le/)`'],
  [WHEN, 'when: 5 < guests < 100', 'write 5 < guests and guests < 100'],
  [WHEN, 'when: status in "Confirmed, Pending"', 'write ["Confirmed", "Pending"]'],
  [WHEN, 'when: !status', "'$not(status)'"],
  [WHEN, 'when: "!venue.open"', '$not(venue.open)'],
  [WHEN, 'when: "$exists(site) and status = "Confirmed""', `'$exists(site) and status = "Confirmed"'`],
  [WHEN, "when: 'status = 'Confirmed' and $exists(site)'", `'status = "Confirmed" and $exists(site)'`],
  ['email: $lowercase(email)', 'email: venue.mail.lower()', 'write `$lowercase(venue.mail)`'],
  ['email: $lowercase(email)', 'email: email | lower', 'write the function around it: $lowercase(email)'],
  [
    'title: event_name',
    'title: $join(event_name, venue.city, ", ")',
    '$join([event_name, venue.city], ", ")',
  ],
  ['title: event_name', 'title: event_name, status', 'write event_name & ", " & status'],
  ['title: event_name', 'title: event_name — status', '`& " — " &` to join texts'],
  ["'packages[0].name'", `'packages["0"].name'`, 'packages[0]'],
  ['{ when: $paid, add: paid,', '{ when: $paid, add: "paid:" & status,', `'"paid:" & status'`],
  ['timeout: 20s', 'timeout: 20000', 'write 20s for milliseconds'],
  ["full: '0 3 * * 0'", "full: '3:30'", 'write "30 3 * * *"'],
  ['from: -30d', 'from: 30 days ago', 'write -30d'],
  ['change: 30%', 'change: 0.25', 'write 25%'],
  ['title: event_name', 'title: \'guests > 5 and "big" or "small"\'', 'write guests > 5 ? "big" : "small"'],
  ['title: event_name', 'title: 1,250.00', '1250.00'],
  ['title: event_name', "title: '{first_name}, {status}'", '{ text: "{{ first_name }}, {{ status }}" }'],
  ['title: event_name', 'title: first_name || status', 'texts are joined by `&`'],
  ['parent: contacts\n    mark', 'parent: [contacts]\n    mark', 'without the brackets: contacts'],
])('a poll of bookings: %s → %s', (part, by, remedy) => {
  expect(remediesOf(hire, part, by)).toEqual([expect.stringContaining(remedy)]);
});

test.each([
  [
    '    updatedAt: updated_at\n',
    '',
    'add updatedAt: … to sources.tasks, with the field that holds that time',
  ],
  [
    "update: { method: PUT, path: '/customers/{id}' }",
    "update: { method: PUT, path: '/customers/{{ id }}' }",
    'the id of the customer is {id}',
  ],
  ['onDelete: ignore', 'onDelete: { delete: true }', 'write onDelete: delete'],
  [
    'parent: { sync: customers, key: customer.email }',
    'parent: customers',
    'write parent: { sync: customers, key: … }, with the field of tasks that holds the key of "customers"',
  ],
])('a shop: %s → %s', (part, by, remedy) => {
  expect(remediesOf(shop, part, by)).toEqual([expect.stringContaining(remedy)]);
});

test('a window that no request asks for is told, and one that is asked for is not', () => {
  const idle = "form: { start: '{{ $date($from) }}', end: '{{ $date($to) }}', scope: full }";

  expect(remediesOf(hire, idle, 'form: { scope: full }')).toEqual([
    expect.stringContaining('or take the window out'),
  ]);
  expect(remediesOf(hire, idle, "form: { day: '{{ $date($from) }}' }")).toEqual([]);
});

test('one connection without a webhook is one problem, whatever number of sources', () => {
  const door = / {4}webhook:\n(?: {6}.*\n)+?(?= {4}resources)/.exec(shop)![0];
  const twice = shop.replace(
    '  people:\n',
    '  more: { connection: shop, key: id, webhook: { record: body } }\n  people:\n',
  );

  expect(remediesOf(twice, door, '')).toEqual(['add webhook: { event, id, verify } to connections.shop']);
});

test('what a source keeps may be compared with null and ""', () => {
  const part = '    to: ghl.contact\n';

  expect(remediesOf(shop, part, `${part}    when: 'title = null or title = ""'\n`)).toEqual([]);
});
