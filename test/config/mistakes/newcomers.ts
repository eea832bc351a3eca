import type { Mistake } from './mistake.ts';

const TITLE = 'title: event_name';
const WHEN = 'when: \'status = "Confirmed"\'';
const NOTE = `fields: { body: '"Extra: " & name & " at " & price' }`;

/** What people write who know another language, another tool, or BoothBook and nothing else. */
export const NEWCOMERS: readonly Mistake[] = [
  // one mistake, however often it shows
  ['hire', TITLE, `title: 'first_name ▶+ " " + last_name'`, 'wrong-type', 'first_name is text'],
  ['hire', WHEN, "when: 'packages.▶length > 0'", 'unknown-name', 'length'],
  ['hire', 'from: -30d, to: +540d', '▶start: -30d, end: +540d', 'unknown-property', '"start"'],
  [
    'hire',
    '    from: bookings\n    to: ghl.appointment\n',
    '    ▶source: bookings\n    target: ghl.appointment\n',
    'unknown-property',
    '"source"',
  ],
  // what a comparison holds against
  ['hire', WHEN, 'when: ▶booking_id = "7"', 'always-false', 'booking_id is a number, and "7" is text'],
  [
    'hire',
    WHEN,
    'when: ▶status = "Confirmed" and status = "Pending"',
    'always-false',
    `status can't be both "Confirmed" and "Pending"`,
  ],
  ['hire', WHEN, `when: "▶'status = Confirmed'"`, 'always-true', 'status = Confirmed'],
  ['hire', WHEN, 'when: status ▶not in ["Lost"]', 'expression', '`not in`'],
  ['hire', WHEN, 'when: $num(balance) ▶between 1 and 2', 'expression', '`between`'],
  ['hire', WHEN, 'when: $contains(status, /on/▶g)', 'expression', '`g` is no flag'],
  ['hire', WHEN, 'when: $match(status, ▶"on")', 'wrong-type', 'takes a pattern'],
  ['hire', WHEN, 'when: ▶status := "Confirmed"', 'expression', '$'],
  // elements of lists
  [
    'hire',
    TITLE,
    `title: '$join($map(packages, function($p) { $p.▶nam }), ", ")'`,
    'unknown-name',
    '$p has no "nam"',
  ],
  ['hire', TITLE, "title: '▶$map(packages, function($p) { $p.name })'", 'list-for-one', 'a list'],
  ['hire', TITLE, 'title: \'$join([▶...packages.name], ", ")\'', 'expression', '`...`'],
  ['hire', TITLE, "title: { text: 'For {{ ▶venue }}' }", 'wrong-type', 'an object, in the middle'],
  ['hire', TITLE, `title: "▶'event_name'"`, 'text', 'the word "event_name" itself'],
  // keys
  ['hire', 'key: booking_id', 'key: ▶packages', 'wrong-type', 'packages is a list'],
  ['hire', 'key: $person', 'key: ▶$exists(email)', 'wrong-type', 'true or false'],
  // texts that are filled in
  ['hire', "baseUrl: '${BOOTH_URL}'", 'baseUrl: ▶$vars.SHOP', 'bad-value', '$vars.SHOP'],
  ['hire', "baseUrl: '${BOOTH_URL}'", "baseUrl: '▶${BOOTH_URL:?unset}'", 'bad-value', '${BOOTH_URL:?unset}'],
  ['shop', "path: '/tasks/{{ id }}'", "path: '/tasks/{{ ▶$idd }}'", 'unknown-variable', '$idd'],
  // rules of tags
  ['hire', '        else: remove\n', '        ▶remove: else\n', 'bad-value', 'a tag that is called "else"'],
  [
    'hire',
    '        add: [booked, customer]\n        else',
    '        remove: old\n        ▶else',
    'bad-value',
    'else',
  ],
  // times
  ['shop', "'*/10 8-18 * * mon-fri'", "▶'*/10 8-18 * * monda'", 'bad-value', '"monda" is no weekday'],
  // levels
  [
    'hire',
    '      - boothbook\n      - when:',
    '      ▶-add: boothbook\n      - when:',
    'yaml',
    'a blank after its hyphen',
  ],
  ['hire', '{ requests: 60, per: 1m }', '{ requests: ▶60 per: 1m }', 'yaml', 'comma'],
  ['hire', '\n  jobs:\n', '\n▶jobs:\n', 'yaml', 'not indented'],
  ['hire', TITLE, 'title: ▶& event_name', 'yaml', '& for the name'],
  // who a record is
  [
    'hire',
    NOTE,
    `${NOTE}\n  ▶second: { from: bookings, to: ghl.contact, fields: { email: email } }`,
    'missing-property',
    'has no key',
  ],
  [
    'hire',
    NOTE,
    `${NOTE}\n  second: { from: bookings, key: $person, to: ghl.contact, fields: { email: email, ▶city: event_type } }`,
    'written-twice',
    'city of ghl.contact',
  ],
  // secrets
  [
    'hire',
    'version: 1\n',
    'version: 1\n# was ▶pit-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d\n',
    'secret',
    'comment',
  ],
  ['hire', "secret: '${BOOTH_SECRET}'", 'secret: ▶hunter2hunter2', 'secret', 'secret'],
  ['hire', 'host: 127.0.0.1, port', 'host: ▶127.0.0.1:8080, port', 'bad-value', 'without its port'],
];
