import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

const FRAME = `version: 1
connections:
  booth: { type: http, baseUrl: "https://booth.example" }
  ghl: { type: ghl, location: abc, auth: { type: token, token: "\${GHL_TOKEN}" } }
`;
const SOURCE = `sources:
  bookings: { connection: booth, key: id, poll: { request: { path: /b }, records: data } }
`;
const WHOLE = `${FRAME}${SOURCE}syncs:
  contacts: { from: bookings, to: ghl.contact, fields: { email: email } }
`;

/** Odd in style, and right all the same. */
const RIGHT: readonly (readonly [style: string, yaml: string])[] = [
  ['flow maps', WHOLE],
  [
    'JSON',
    JSON.stringify({ version: 1, connections: { a: { type: 'http', baseUrl: 'http://x' } }, syncs: {} }),
  ],
  ['Windows line ends', WHOLE.replaceAll('\n', '\r\n')],
  ['no line end at the end', WHOLE.trimEnd()],
  ['document marks and a directive', `%YAML 1.2\n---\n${WHOLE}...\n`],
  ['quoted names', WHOLE.replace('version', '"version"').replace('sources', "'sources'")],
  ['comments and empty lines everywhere', WHOLE.replaceAll('\n', ' # a "comment": [here]\n\n   \n')],
  ['blocks in another order', `${SOURCE}syncs: {}\n${FRAME}`],
  ['no syncs and no sources', FRAME],
  [
    'names that JavaScript has for something',
    WHOLE.replace('email: email', 'email: constructor, name: toString'),
  ],
  [
    'four spaces',
    'version: 1\nconnections:\n    a:\n        type: http\n        baseUrl: http://localhost:8080/api\n',
  ],
  [
    'lists without indentation',
    `${FRAME}${SOURCE}syncs:\n  c:\n    from: bookings\n    to: ghl.contact\n    tags:\n    - a\n    - add:\n      - b\n      - c\n`,
  ],
  [
    'x-* keys at every level',
    `x-a: 1\n${FRAME}${SOURCE}syncs:\n  x-b: [any, { thing: 1 }]\n  c: { from: bookings, to: ghl.contact, x-c: null, fields: { x-d: "\${", email: email, dnd: { value: true, x-e: 2 } }, tags: [{ add: a, x-f: 1 }] }\n`,
  ],
  [
    'anchors, aliases and merges',
    `x-rule: &rule { when: $exists(email), enabled: false }\nx-text: &name first_name\n${FRAME}${SOURCE}syncs:\n  c:\n    <<: *rule\n    from: bookings\n    to: ghl.contact\n    enabled: true\n    fields: { firstName: *name, name: *name }\n`,
  ],
  [
    'a merge of several',
    `x-a: &a { from: bookings }\nx-b: &b { to: ghl.contact }\n${FRAME}${SOURCE}syncs:\n  c:\n    <<: [*a, *b]\n`,
  ],
  [
    'expressions in block scalars',
    `${FRAME}${SOURCE}syncs:\n  c:\n    from: bookings\n    to: ghl.contact\n    when: |\n      /* only those that count */\n      status = "Confirmed" and\n        $not(test)\n    fields:\n      name: >-\n        first_name\n        & " " &\n        last_name\n`,
  ],
  [
    'an expression with local variables and functions',
    `${FRAME}${SOURCE}syncs:\n  c:\n    from: bookings\n    to: ghl.contact\n    fields:\n      name: '($full := function($a, $b) { $a & " " & $b }; $full(first, last))'\n      source: items#$i.($i > 0 ? name)\n`,
  ],
  [
    'every form of a field',
    `${FRAME}${SOURCE}syncs:\n  c:\n    from: bookings\n    to: ghl.contact\n    fields:\n      name: { text: "Hi {{ first & \\"}}\\" }}", on: create }\n      dnd: true\n      postalCode: { value: "5" }\n      source: { value: null }\n      city: { expr: town, on: always }\n      customFields: { x-size: 5, "Event date": event_date, a.b: { value: [1] } }\n`,
  ],
  [
    'every form of a tag',
    `${FRAME}${SOURCE}syncs:\n  c:\n    from: bookings\n    to: ghl.contact\n    tags: [a, 2026, { add: "{{ tags }}" }, { remove: [b, c], when: gone }, { add: d, else: remove }]\n`,
  ],
  [
    'every way to the next page',
    FRAME +
      'sources:\n' +
      [
        'page',
        'offset',
        'link',
        'none',
        '{ type: page, param: p, start: 0 }',
        '{ type: cursor, value: next }',
        '{ type: link, value: links.next }',
      ]
        .map(
          (next, at) =>
            `  s${at}: { connection: booth, key: id, poll: { request: { path: /b }, records: $, next: ${next} } }\n`,
        )
        .join(''),
  ],
  [
    'numbers and booleans as texts of a request',
    `${FRAME}sources:\n  s: { connection: booth, key: id, updatedAt: at, poll: { request: { path: /b, query: { limit: 100, all: true }, headers: { X-Api: 2, x-trace: "1" }, json: { a: [null, 1, "{{ $since }}"] } }, records: data } }\n`,
  ],
  [
    'variables where numbers, booleans and choices are meant',
    `${FRAME}${SOURCE}server: { port: "\${PORT}", backlog: "\${BACKLOG:-5}", bodyLimit: "\${LIMIT}" }\nsyncs:\n  c: { from: bookings, to: ghl.contact, enabled: "\${ON:-true}", onDelete: "\${GONE:-ignore}", quiet: "\${QUIET:-2s}" }\n`,
  ],
  [
    'a webhook with records to fetch',
    `${FRAME}  crm:\n    type: http\n    baseUrl: http://x\n    webhook: { event: body.type, id: $string(body.id), verify: { type: token, header: x-token, secrets: [a, b] } }\nsources:\n  s: { connection: crm, key: id, empty: keep, partial: false, deleted: '$event = "gone"', webhook: { events: gone, record: body }, fetch: { path: "/b/{{ id }}", record: data } }\n`,
  ],
  [
    'cron lines of all kinds',
    FRAME +
      'sources:\n' +
      ['0 3 * * 0', '*/10 8-18 * * mon-fri', '0 0 1,15 JAN-DEC ?'.replace('?', '*'), '30 0 3 * * 7']
        .map(
          (line, at) =>
            `  s${at}: { connection: booth, key: id, poll: { schedule: "${line}", full: "${line}", request: { path: /b }, records: data } }\n`,
        )
        .join(''),
  ],
  ['time zones and countries', `timezone: Etc/GMT+5\ncountry: DE\n${FRAME}`],
  [
    'headers of auth that begin with x-',
    FRAME.replace(
      '"https://booth.example"',
      '"https://booth.example", auth: { type: header, fields: { x-api-key: "${K}", X-Client: "1" } }',
    ),
  ],
  [
    'auth as a pair',
    FRAME.replace(
      '"https://booth.example"',
      '"https://booth.example", auth: { type: query, name: key, value: "${K}" }',
    ),
  ],
  [
    'names of tables and constants that are numbers',
    `${FRAME}tables: { 2026: { 1: a, true: b, null: c } }\nvars: { A: 1, B: [x], C: "$\${A}" }\n`,
  ],
  [
    'emoji and accents',
    `${FRAME}${SOURCE}syncs:\n  c: { from: bookings, to: ghl.contact, tags: ["🎉 {{ type }}", "Größe"], fields: { name: '"🎉" & name' } }\n`,
  ],
];

test.each(RIGHT)('right: %s', (_style, yaml) => {
  const { problems } = checkText('/sync.config.yaml', yaml);

  expect(problems).toEqual([]);
});

test('the config of this repository is right', () => {
  const { problems } = checkText('/sync.config.yaml', readFileSync('sync.config.yaml', 'utf8'));

  expect(problems).toEqual([]);
});
