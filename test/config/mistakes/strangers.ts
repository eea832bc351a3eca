import type { Mistake } from './mistake.ts';

const TITLE = 'title: event_name';
const WHEN = 'when: \'status = "Confirmed"\'';
const RULE = '- when: \'status = "Confirmed"\'';
const BODY = `fields: { body: '"Extra: " & name & " at " & price' }`;
const WELCOME = '  welcome:\n';

/** What strangers write in styles of their own: each was two problems, another's place, or none. */
export const STRANGERS: readonly Mistake[] = [
  // what no record has is told once, whatever it is compared with
  ['hire', WHEN, `when: '▶coupon != "x"'`, 'unknown-name', 'coupon'],
  ['hire', RULE, `- when: 'status in [▶"confirmed", "pending"]'`, 'always-false', '"confirmed" or "pending"'],
  // texts are joined by &, and a quote that is open takes all behind it
  ['hire', BODY, `fields: { body: '"Extra: " ▶. name' }`, 'expression', '`.` takes a field'],
  ['hire', TITLE, `title: 'first_name ▶. " " . last_name'`, 'expression', '`.` takes a field'],
  [
    'hire',
    TITLE,
    `title: { text: "For {{ first_name ?? ▶'you\\" }} of Leeds" }`,
    'text',
    "no other ' closes this one",
  ],
  ['hire', "'late:{{ status }}'", `'▶"late:" & {{ status }}'`, 'text', 'its quotes and &'],
  ['hire', "'late:{{ status }}'", "'▶venue.city'", 'text', 'the word "venue.city" itself'],
  ['hire', TITLE, 'title: { text: ▶venue.city }', 'text', 'the word "venue.city" itself'],
  // ranges that hold nothing
  ['hire', WHEN, 'when: ▶guests < 0 and guests > 10', 'always-false', "can't be above 10 and below 0"],
  [
    'hire',
    '{ when: $paid, add: paid,',
    '{ when: "▶0 < $num(balance) and $num(balance) <= 0", add: paid,',
    'always-false',
    "$num(balance) can't be above 0 and at most 0",
  ],
  // objects where a custom field takes what can be read
  ['hire', "package: 'packages[0].name'", 'package: ▶packages', 'wrong-type', 'a list of objects'],
  ['hire', "package: 'packages[0].name'", 'package: ▶venue', 'wrong-type', 'an object'],
  // names that are looked for in the wrong place
  ['hire', TITLE, 'title: ▶$SHOP', 'unknown-variable', '$SHOP'],
  ['hire', BODY, 'fields: { body: ▶$booking.event_name }', 'unknown-variable', '$booking'],
  ['hire', "start: '{{ $date($from) }}'", "start: '{{ $date(▶$now()) }}'", 'text', '`$now` is not there'],
  ['hire', TITLE, 'title: ▶Uppercase(event_name)', 'expression', '`Uppercase` is called like a function'],
  ['shop', 'event: body.type', 'event: headers.▶x-shop-topic', 'expression', 'x minus shop minus topic'],
  ['shop', 'record: body.data.object', 'record: body.▶data-object', 'expression', 'data minus object'],
  ['shop', 'value: next_cursor', 'value: $headers.▶x-next-cursor', 'expression', 'x minus next minus cursor'],
  ['shop', 'event: body.type', 'event: ▶header.topic', 'unknown-name', '"header"'],
  ['shop', '[ContactCreate, ContactUpdate]', "[▶'Contact.*']", 'unknown-event', 'Contact.*'],
  // addresses of others: the connection's credentials go nowhere else
  ['shop', 'path: /tasks, query', 'path: ▶https://other.example/tasks, query', 'bad-value', 'other.example'],
  [
    'shop',
    "fetch: { path: '/tasks/{{ id }}'",
    "fetch: { path: '▶https://shop.example.net/tasks/{{ id }}'",
    'bad-value',
    'shop.example.net',
  ],
  [
    'hire',
    'path: /api/v1/get/bookings',
    'path: ▶https://hire.example/api/v1/get/bookings',
    'bad-value',
    'a whole address',
  ],
  // parents whose ids a path does not have
  [
    'shop',
    'parent: { sync: customers, key: customer.email }',
    'parent: { sync: ▶deal, key: customer.email }',
    'bad-value',
    'wants {customerId} of its parent',
  ],
  [
    'shop',
    'parent: { sync: customers, key: customer.email }',
    '▶parent: { key: customer.email }',
    'missing-property',
    'has no "sync"',
  ],
  // times
  ['shop', "'*/10 8-18 * * mon-fri'", "▶'*/10 * 8-18 * * mon-fri'", 'bad-value', 'fires every 10 s'],
  // two that write one field, also where they write the same
  [
    'hire',
    WELCOME,
    `  again:\n    from: bookings\n    key: $person\n    to: ghl.contact\n    fields: { ▶firstName: first_name }\n${WELCOME}`,
    'written-twice',
    'the same, twice',
  ],
  // what may be a number, and is none for any record
  ['hire', 'completed: $yes(packed)', "completed: '▶status ? status : false'", 'wrong-type', 'this is text'],
  // choices, as a map and as a list
  ['hire', TITLE, 'title: { ▶Wedding: Big day, Prom: Ball }', 'unknown-property', '"Wedding"'],
  ['hire', WHEN, 'when: status = ▶["Confirmed", "Pending"]', 'wrong-type', 'equals no list'],
  // parameters, and lists of what is no text
  [
    'hire',
    'call: ghl.add-contact-to-workflow\n    once: per-key\n    initial: skip\n    parent: contacts\n    with: { workflowId:',
    'call: ghl.add-contact-to-campaign\n    once: per-key\n    initial: skip\n    parent: contacts\n    with: { ▶campaign:',
    'unknown-field',
    '"campaign"',
  ],
  ['shop', "with: { tags: '[status]' }", "with: { tags: '▶[1, 2]' }", 'wrong-type', 'a list of a number'],
  ['hire', "'late:{{ status }}'", "'▶${venue.city}'", 'bad-value', '${venue.city} is no variable'],
  ['hire', TITLE, `title: { text: 'At {{ venue[▶"city"] }}' }`, 'always-true', 'the text "city"'],
  // a second sync of the same people that says nobody's key
  [
    'hire',
    WELCOME,
    `  ▶again:\n    from: bookings\n    to: ghl.contact\n    fields: { firstName: first_name, email: $lowercase(email) }\n${WELCOME}`,
    'missing-property',
    '"again" has no key',
  ],
  // secrets that are short
  ['hire', "secret: '${BOOTH_SECRET}'", 'secret: ▶s3cret', 'secret', 'secret'],
  // a tab in front is a character of the text
  [
    'hire',
    '          "Take: " & $join($names, ", ")\n',
    '          \t"Take: " & $join(▶$nams, ", ")\n',
    'unknown-variable',
    '$nams',
  ],
  // a point that other languages have
  ['hire', "package: 'packages[0].name'", "package: 'packages▶.[0].name'", 'expression', 'behind a point'],
  ['hire', 'city: venue.city', `city: 'venue▶.["city"]'`, 'expression', 'behind a point'],
  ['hire', 'email: $lowercase(email)', 'email: ▶$lowercase[email]', 'wrong-type', 'this is a function'],
  [
    'hire',
    '      customFields:\n',
    '      ▶customFields.vip: booking_id\n      customFields:\n',
    'unknown-field',
    'vip',
  ],
  // lists and variables in the way of other tools
  ['shop', 'key: id', 'key: ▶[id, owner]', 'wrong-type', 'not a list'],
  [
    'shop',
    "updated_since: '{{ $since }}'",
    "updated_since: '▶${since}'",
    'text',
    '$since is a variable here',
  ],
  ['shop', 'events: [task.*, order.paid]', "events: ▶'task.*, order.paid'", 'unknown-event', 'one event'],
  // a table is no part of a record, a tag stands in a map, and a rule without tags is one mistake
  ['hire', `'$table("hire", hire_type, "Other")'`, "'▶hire[hire_type]'", 'unknown-name', '"hire"'],
  ['hire', '    onDelete: delete\n', '    onDelete: ▶gone\n', 'bad-value', 'onDelete takes'],
  [
    'hire',
    `- when: 'status = "Confirmed"'\n        add: [booked, customer]\n`,
    `- ▶when: 'status = "Confirmed"'\n`,
    'missing-property',
    'a tag rule',
  ],
  // a bracket that closes too late
  ['hire', WHEN, 'when: $length(▶first_name > 3)', 'wrong-type', '$length'],
  ['hire', WHEN, `when: '$exists(▶status = "Confirmed")'`, 'always-true', 'a comparison is there'],
  ['hire', WHEN, 'when: $count(▶extras > 0)', 'always-true', 'one value'],
  // a field in the way of a shell
  ['hire', "'event:{{ event_type }}'", "'event:▶$event_type'", 'text', 'event_type is a field'],
];
