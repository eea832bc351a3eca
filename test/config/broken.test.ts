import { describe, expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

/** `▶` stands before the character that the one problem must point at. */
const MARK = '▶';

type Case = readonly [promise: string, yaml: string, code: string, word: string];

/** A right config around one changed block. */
function around({
  top = '',
  http = '',
  ghl = '',
  source = '',
  poll = '',
  sync = '',
  fields = '',
  tags = '',
}): string {
  return `version: 1
${top}
connections:
  booth:
    type: http
    baseUrl: https://booth.example
${indented(http, 4)}
  ghl:
    type: ghl
    location: abc
    auth: { type: token, token: "\${GHL_TOKEN}" }
${indented(ghl, 4)}
sources:
  bookings:
    connection: booth
    key: booking_id
    let:
      person: $lowercase(email)
${indented(source, 4)}
    poll:
      every: 10m
${indented(poll, 6)}
      request: { path: /bookings }
      records: data
syncs:
  contacts:
    from: bookings
    to: ghl.contact
${indented(sync, 4)}
    fields:
      firstName: first_name
      city: $table("hire", town)
${indented(fields, 6)}
    tags:
      - add: boothbook
${indented(tags, 6)}
tables:
  hire: { pb: Photo booth }
`;
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}

const YAML: readonly Case[] = [
  [
    'an expression with ": " asks for quotes',
    around({ sync: 'when: ▶status = "x" ? a : b' }),
    'yaml',
    'nested map',
  ],
  ['text after a quote', around({ fields: 'lastName: "a" ▶& b' }), 'yaml', 'to end before this'],
  ['a tag that is an expression', around({ sync: 'when: ▶!done' }), 'yaml', '!done'],
  ['an unknown alias', around({ sync: 'when: ▶*done' }), 'yaml', '*done'],
  ['a lone asterisk', around({ sync: 'when: ▶* 3' }), 'yaml', 'alias'],
  ['a reserved character', around({ sync: 'when: ▶`a b` = 1' }), 'yaml', 'reserved'],
  [
    'a quote that closes below',
    around({ fields: 'lastName: ▶"last_name\nemail: "x"' }),
    'yaml',
    'not closed',
  ],
  ['a quote that never closes', around({ tags: "- add: ▶'abc" }), 'yaml', 'not closed'],
  ['a hole without quotes', around({ tags: '- add: ▶{{ event_type }}' }), 'yaml', '{{ event_type }}'],
  [
    'a hole without quotes, with text',
    around({ tags: '- add: {{ event_type }} ▶now' }),
    'yaml',
    'to end before this',
  ],
  ['a tab', 'version: 1\nconnections:\n▶\ta: 1\n', 'yaml', 'tab'],
  ['a second document', 'version: 1\nconnections: {}\n▶---\nversion: 1\n', 'yaml', 'document'],
  [
    'names of one map indented differently',
    'version: 1\nconnections:\n    a:\n      type: http\n      baseUrl: http://x\n  ▶b: 1\n',
    'yaml',
    'column',
  ],
  ['an empty file', '▶# nothing\n', 'yaml', 'empty'],
  ['a duplicate key', around({ fields: 'email: a\n▶email: b' }), 'duplicate-key', 'email'],
  [
    'a duplicate block',
    around({ top: 'tables: {}' }).replace('\ntables:\n', '\n▶tables:\n'),
    'duplicate-key',
    'tables',
  ],
  ['a list instead of a file', '▶- version: 1\n', 'wrong-type', 'list'],
];

/** Mistakes that others would follow from. */
const CASCADES: readonly Case[] = [
  ['a misspelt block', around({}).replace('\nsources:', '\n▶source:'), 'unknown-property', '"source"'],
  [
    'a misspelt block of connections',
    around({}).replace('\nconnections:', '\n▶conections:'),
    'unknown-property',
    'conections',
  ],
  [
    'a misspelt let',
    around({ sync: 'when: $person' }).replace('    let:', '    ▶lets:'),
    'unknown-property',
    'lets',
  ],
  [
    'a misspelt window',
    around({ poll: '▶windw: { from: -1d, to: +1d }' }).replace('path: /bookings', 'path: "/{{ $from }}"'),
    'unknown-property',
    'windw',
  ],
  [
    'a misspelt customFields',
    around({ fields: '▶customfields: { a: b, c: d }' }),
    'unknown-field',
    'customfields',
  ],
  [
    'an unknown type of the target',
    around({}).replace('type: ghl', 'type: ▶highlevel'),
    'bad-value',
    'highlevel',
  ],
  [
    'a let that is no name',
    around({ sync: 'when: $person' }).replace('      person:', '      ▶my person:'),
    'bad-value',
    'my person',
  ],
  [
    'a broken let',
    around({ sync: 'when: $person' }).replace('$lowercase(email)', '▶$lowercas(email)'),
    'unknown-variable',
    '$lowercas',
  ],
  [
    'a syntax error in an anchor’s value',
    around({ top: 'x-a: &a f ▶= ' })
      .replace('first_name', '*a')
      .replace('    tags:', '      lastName: *a\n    tags:'),
    'expression',
    'nothing follows',
  ],
  [
    'a line without a dash',
    around({ tags: '  when: a' })
      .replace('        when', '        ▶when')
      .replace('▶', '')
      .replace('- add: boothbook\n        when', '- add: boothbook\n       ▶when'),
    'yaml',
    '',
  ],
  ['a name without a colon', around({ fields: '▶lastName last_name\nemail: email' }), 'yaml', 'without'],
  ['a cron line without quotes', around({ poll: 'full: ▶*/10 * * * *' }), 'yaml', '*/10'],
  [
    'a line that is indented too deep',
    around({}).replace('    key: booking_id', '      ▶key: booking_id'),
    'yaml',
    'belongs',
  ],
];

const SHAPE: readonly Case[] = [
  ['a property of the file', around({ top: '▶timezon: UTC' }), 'unknown-property', 'timezon'],
  [
    'a property of a connection',
    around({ http: '▶rateLimits: { requests: 1, per: 1s }' }),
    'unknown-property',
    'rateLimits',
  ],
  [
    'a property of another kind of connection',
    around({ http: '▶location: abc' }),
    'unknown-property',
    'location',
  ],
  ['a property of auth', around({ http: 'auth: { type: bearer, ▶tokn: x }' }), 'unknown-property', 'tokn'],
  ['a property of a source', around({ source: '▶updatedat: x' }), 'unknown-property', 'updatedat'],
  [
    'a property of a poll one level too high',
    around({ source: '▶overlap: 5m' }),
    'unknown-property',
    'overlap',
  ],
  [
    'a property of a request',
    around({ poll: '' }).replace('path: /bookings', 'path: /b, ▶params: {}'),
    'unknown-property',
    'params',
  ],
  ['a property of a sync', around({ sync: '▶tag: [a]' }), 'unknown-property', '"tag"'],
  ['a property of a tag rule', around({ tags: '- ▶adds: x' }), 'unknown-property', 'adds'],
  ['a property of a field', around({ fields: 'source: { ▶val: a }' }), 'unknown-property', '"val"'],
  [
    'a misspelt required property',
    around({}).replace('    from: bookings', '    ▶form: bookings'),
    'unknown-property',
    '"form"',
  ],
  [
    'another word for a required property',
    around({}).replace('    from: bookings', '    ▶source: bookings'),
    'unknown-property',
    '"source"',
  ],
  ['a misspelt type', around({}).replace('    type: http', '    ▶typ: http'), 'unknown-property', '"typ"'],
  [
    'no version',
    around({}).replace('version: 1', '').replace('\n\n', '').replace('connections', '▶connections'),
    'missing-property',
    'version',
  ],
  ['a version to come', around({}).replace('version: 1', 'version: ▶2'), 'bad-value', '1'],
  [
    'no connections',
    'version: 1\nsources: {}\n'.replace('version', '▶version'),
    'missing-property',
    'connections',
  ],
  [
    'no type',
    around({}).replace('    type: http\n', '').replace('booth:', '▶booth:'),
    'missing-property',
    'type',
  ],
  [
    'no baseUrl',
    around({}).replace('    baseUrl: https://booth.example\n', '').replace('booth:', '▶booth:'),
    'missing-property',
    'baseUrl',
  ],
  [
    'no key',
    around({}).replace('    key: booking_id\n', '').replace('bookings:', '▶bookings:'),
    'missing-property',
    'key',
  ],
  [
    'no target',
    around({}).replace('    to: ghl.contact\n', '').replace('contacts:', '▶contacts:'),
    'missing-property',
    '"to"',
  ],
  [
    'no request',
    around({}).replace('      request: { path: /bookings }\n', '').replace('poll:', '▶poll:'),
    'missing-property',
    'request',
  ],
  [
    'no records',
    around({}).replace('      records: data\n', '').replace('poll:', '▶poll:'),
    'missing-property',
    'records',
  ],
  ['no token', around({ http: '▶auth: { type: bearer }' }), 'missing-property', 'token'],
  ['no credentials', around({ http: '▶auth: { type: header }' }), 'missing-property', 'credentials'],
  ['a cursor without its value', around({ poll: '▶next: { type: cursor }' }), 'missing-property', 'value'],
  ['a cursor as a bare word', around({ poll: 'next: ▶cursor' }), 'bad-value', 'cursor'],
  [
    'a rule without tags',
    around({ tags: '- ▶when: a' }).replace('▶', '').replace('- when: a', '- ▶when: a'),
    'missing-property',
    'tag rule',
  ],
  ['an unknown type of connection', around({}).replace('type: http', 'type: ▶htpp'), 'bad-value', 'htpp'],
  ['an unknown type of auth', around({ http: 'auth: { type: ▶beerer, token: x }' }), 'bad-value', 'beerer'],
  ['an unknown type of verify', around({ http: 'webhook: { verify: { type: ▶hmc } }' }), 'bad-value', 'hmc'],
  ['an unknown type of next', around({ poll: 'next: { type: ▶pages }' }), 'bad-value', 'pages'],
  ['no duration', around({ http: 'timeout: ▶30 seconds' }), 'bad-value', '30 seconds'],
  ['a bare number as duration', around({ http: 'timeout: ▶30' }), 'wrong-type', '30'],
  ['a poll without pause', around({}).replace('10m', '▶0s'), 'bad-value', '0s'],
  ['an unknown choice', around({ fields: 'source: { value: a, on: ▶creates }' }), 'bad-value', 'creates'],
  ['an unknown departure', around({ sync: 'onDelete: ▶remove' }), 'bad-value', 'remove'],
  ['a departure with a typo', around({ sync: 'onDelete: { ▶tags: a }' }), 'unknown-property', 'tags'],
  ['a boolean in words', around({ sync: 'enabled: ▶yes' }), 'wrong-type', 'yes'],
  ['a number in words', around({ top: 'server: { port: ▶http }' }), 'wrong-type', 'http'],
  ['a port that is none', around({ top: 'server: { port: ▶80800 }' }), 'bad-value', '80800'],
  ['a size that is none', around({ top: 'server: { bodyLimit: ▶big }' }), 'bad-value', 'big'],
  [
    'an address without https',
    around({}).replace('https://booth.example', '▶booth.example'),
    'bad-value',
    'booth.example',
  ],
  ['a bare field', around({ fields: '▶phone:' }), 'wrong-type', 'phone'],
  ['a bare property', around({ sync: '▶when:' }), 'wrong-type', 'when'],
  ['a list where an expression is meant', around({ sync: 'when: ▶[a, b]' }), 'wrong-type', 'list'],
  ['a number where an expression is meant', around({ sync: 'key: ▶5' }), 'wrong-type', 'key'],
  [
    'JSON where a field is meant',
    around({ fields: 'source: { value: a, ▶text: b }' }),
    'bad-value',
    'value, text',
  ],
  ['both every and schedule', around({ poll: '▶schedule: "0 * * * *"' }), 'bad-value', 'schedule'],
  [
    'two bodies',
    around({}).replace('path: /bookings', 'path: /b, form: {}, ▶json: {}'),
    'bad-value',
    'one body',
  ],
  ['a target without resource', around({}).replace('ghl.contact', '▶ghl'), 'bad-value', 'ghl'],
  ['a name with blanks', around({}).replace('  contacts:', '  ▶my contacts:'), 'bad-value', 'my contacts'],
  ['a let with the name of a variable', around({}).replace('person:', '▶event:'), 'bad-value', '$event'],
  ['a store that is none', around({ top: 'store: ▶boothsync.db' }), 'bad-value', 'boothsync.db'],
  [
    'tags that are no list',
    around({}).replace('      - add: boothbook', '      ▶add: boothbook'),
    'wrong-type',
    'tags',
  ],
  [
    'a sync that is no map',
    around({}).replace(/contacts:\n[^]*tables/, 'contacts: ▶ghl.contact\ntables'),
    'wrong-type',
    'sync',
  ],
];

const REFERENCES: readonly Case[] = [
  [
    'a connection',
    around({}).replace('connection: booth', 'connection: ▶boot'),
    'unknown-connection',
    'boot',
  ],
  ['a source', around({}).replace('from: bookings', 'from: ▶booking'), 'unknown-source', 'booking'],
  ['a connection in to', around({}).replace('ghl.contact', '▶gh.contact'), 'unknown-connection', 'gh'],
  [
    'a connection in a quoted to',
    around({}).replace('ghl.contact', '"▶gh.contact"'),
    'unknown-connection',
    'gh',
  ],
  ['a resource', around({}).replace('ghl.contact', 'ghl.▶contacts'), 'unknown-resource', 'contacts'],
  ['a table', around({ fields: 'lastName: \'$table(▶"hired", type)\'' }), 'unknown-table', 'hired'],
  ['a field', around({ fields: '▶emial: $lowercase(email)' }), 'unknown-field', 'emial'],
  ['tags under fields', around({ fields: '▶tags: [a]' }).replace('[a]', 'a'), 'unknown-field', 'tags'],
  [
    'webhooks that the connection does not take',
    around({ source: '▶webhook: { record: body }' }),
    'missing-property',
    'webhook',
  ],
  ['a time zone', around({ top: 'timezone: ▶Europe/Lodnon' }), 'bad-value', 'Lodnon'],
  ['a country', around({ top: 'country: ▶UK' }), 'bad-value', 'UK'],
  ['a cron line', around({ poll: 'full: ▶"0 25 * * *"' }), 'bad-value', '25'],
  ['a cron line of four fields', around({ poll: 'full: ▶"0 3 * *"' }), 'bad-value', '0 3 * *'],
  [
    'a window that ends before it begins',
    around({ poll: 'window: { from: +1d, to: ▶-1d }' }),
    'bad-value',
    '-1d',
  ],
];

const EXPRESSIONS: readonly Case[] = [
  [
    'a missing parenthesis',
    around({ fields: 'lastName: $uppercase▶(last_name' }),
    'expression',
    'never closed',
  ],
  ['a missing operand in single quotes', around({ sync: "when: 'status ▶='" }), 'expression', ''],
  [
    'an error after an escaped quote',
    around({ sync: "when: 'a = \"it''s\" b▶ ) '" }).replace('b▶ )', 'and ▶)'),
    'expression',
    '',
  ],
  ['an error in a literal block', around({ sync: 'when: |\n  status = "x"\n    and ▶)' }), 'expression', ''],
  [
    'an error in a folded block',
    around({ sync: 'when: >-\n  status = "x"\n  and ▶) or b' }),
    'expression',
    '',
  ],
  ['an error in double quotes', around({ sync: 'when: "a = \\"x\\" and ▶) or b"' }), 'expression', ''],
  ['an error in a plain text of two lines', around({ sync: 'when: a = b\n  and ▶) or c' }), 'expression', ''],
  ['an unknown variable', around({ sync: 'when: ▶$persn' }), 'unknown-variable', '$persn'],
  [
    'an unknown variable in a block',
    around({ sync: 'when: |\n  a = 1 and\n  ▶$persn = 2' }),
    'unknown-variable',
    '$persn',
  ],
  ['an unknown function', around({ fields: 'lastName: ▶$uppercas(a)' }), 'unknown-variable', '$uppercas'],
  ['a banned function', around({ fields: 'lastName: ▶$now()' }), 'expression', '$now'],
  ['$before outside a call', around({ sync: 'when: ▶$before.status = 1' }), 'unknown-variable', '$before'],
  [
    '$from without a window',
    around({}).replace('path: /bookings', 'path: "/b/{{ ▶$from }}"'),
    'unknown-variable',
    '$from',
  ],
  [
    'a let in the source’s key',
    around({}).replace('key: booking_id', 'key: ▶$person'),
    'unknown-variable',
    '$person',
  ],
  [
    'a let that stands below',
    around({}).replace('      person:', '      first: ▶$person\n      person:'),
    'unknown-variable',
    '$person',
  ],
  ['a hole that never ends', around({ tags: '- add: "event:▶{{ event_type"' }), 'text', ''],
  ['an error in a hole', around({ tags: '- add: "event:{{ ▶a b }}"' }), 'text', ''],
  [
    'an error in a JSON body',
    around({}).replace('path: /bookings', 'path: /b, json: { a: [1, "x {{ ▶a b }}"] }'),
    'text',
    '',
  ],
  ['a hole in an expression', around({ fields: "lastName: '▶{{ last_name }}'" }), 'expression', 'holes'],
  [
    'an environment variable in an expression',
    around({ sync: 'when: status = ▶${STATUS}' }),
    'expression',
    '${STATUS}',
  ],
  [
    'a comment that cuts an expression',
    around({ fields: 'lastName: $join(names, ▶" # ")' }),
    'expression',
    '',
  ],
  [
    'a malformed variable',
    around({}).replace('https://booth.example', 'https://▶${booth url}'),
    'bad-value',
    '${booth url}',
  ],
  ['a variable in vars', around({ top: 'vars: { a: "▶${A}" }' }), 'bad-value', 'vars'],
];

const OAUTH: readonly Case[] = [
  [
    'OAuth of an API whose token endpoint nobody knows',
    around({
      http: '▶auth: { type: oauth, clientId: a, clientSecret: b, authorizeUrl: https://x.example/authorize }',
    }),
    'missing-property',
    'tokenUrl',
  ],
  [
    'OAuth without a secret',
    around({}).replace('auth: { type: token, token: "${GHL_TOKEN}"', '▶auth: { type: oauth, clientId: a'),
    'missing-property',
    'clientSecret',
  ],
];

const NOT_BUILT: readonly Case[] = [
  [
    'several tenants',
    around({ top: '▶tenants: { london: { vars: { a: b } } }' }),
    'not-built-yet',
    'tenants',
  ],
];

const hook = 'notify: { type: webhook, url: "https://x.example" }';

const ALERTS: readonly Case[] = [
  [
    'a cause that is misspelt',
    around({ top: `alerts: [{ on: [▶dead-leter], ${hook} }]` }),
    'bad-value',
    'dead-leter',
  ],
  [
    'an address without a protocol',
    around({ top: 'alerts: [{ on: [lag], notify: { type: webhook, url: ▶hooks.example.com/x } }]' }),
    'bad-value',
    'hooks.example.com/x',
  ],
  [
    'an address that nothing can be sent to',
    around({ top: 'alerts: [{ on: [lag], notify: { type: webhook, url: "▶ftp://x.example" } }]' }).replace(
      '"▶',
      '▶"',
    ),
    'bad-value',
    'ftp://x.example',
  ],
  [
    'a mail server without a protocol',
    around({
      top: 'alerts: [{ on: [lag], notify: { type: email, to: a@x.example, smtp: ▶mail.x.example } }]',
    }),
    'bad-value',
    'smtp://',
  ],
  [
    'who is no mail address',
    around({
      top: 'alerts: [{ on: [lag], notify: { type: email, to: [a@x.example, ▶team], smtp: "smtp://x.example" } }]',
    }),
    'bad-value',
    'team',
  ],
  [
    'a kind of receiver that is misspelt',
    around({ top: 'alerts: [{ on: [lag], notify: { type: ▶webhok, url: "https://x.example" } }]' }),
    'bad-value',
    'webhok',
  ],
  [
    'a command without a program',
    around({ top: 'alerts: [{ on: [lag], notify: { type: command, run: ▶[] } }]' }),
    'bad-value',
    'not an empty list',
  ],
  [
    'a time where nothing asks how long something lasts',
    around({ top: `alerts: [{ on: [dead-letter], ▶over: 10m, ${hook} }]` }),
    'unused',
    'lag',
  ],
];

function locate(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

for (const [group, cases] of Object.entries({
  YAML,
  CASCADES,
  SHAPE,
  REFERENCES,
  EXPRESSIONS,
  OAUTH,
  ALERTS,
  NOT_BUILT,
})) {
  describe(`one mistake is one problem at its place: ${group}`, () => {
    test.each(cases)('%s', (_promise, marked, code, word) => {
      const text = marked.replace(MARK, '');

      const { problems } = checkText('/sync.config.yaml', text);

      expect(marked.split(MARK)).toHaveLength(2);
      const found = problems.map((each) => ({
        code: each.code,
        at: locate(text, each.at!.start),
        message: each.message,
      }));
      expect(found).toEqual([
        { code, at: locate(text, marked.indexOf(MARK)), message: expect.stringContaining(word) as string },
      ]);
      expect(problems[0]!.remedy).not.toBe('');
    });
  });
}

describe('all mistakes are told at once', () => {
  test('of shape, reference, field and expression', () => {
    const text = around({ top: 'timezon: UTC', sync: 'when: a b', fields: 'emial: x' }).replace(
      'from: bookings',
      'from: booking',
    );

    const { problems } = checkText('/sync.config.yaml', text);

    expect(problems.map(({ code }) => code)).toEqual([
      'unknown-property',
      'unknown-source',
      'expression',
      'unknown-field',
    ]);
  });
});

test('the config around the mistakes is right', () => {
  expect(checkText('/sync.config.yaml', around({})).problems).toEqual([]);
});
