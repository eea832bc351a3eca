import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/wait.ts';
import { aPlace, boothsync, start } from './run-boothsync.ts';

const CONFIG = `version: 1
country: GB
connections:
  booth: { type: http, baseUrl: "\${BOOTH_URL}" }
  ghl: { type: ghl, location: "\${LOCATION}", auth: { type: token, token: "\${TOKEN}" } }
sources:
  bookings:
    connection: booth
    key: booking_id
    deleted: gone
    poll: { request: { path: /bookings }, records: data }
syncs:
  contacts:
    from: bookings
    when: $not(status = "Draft")
    key: $lowercase(email)
    to: ghl.contact
    fields: { firstName: first_name, email: $lowercase(email), phone: $e164(phone), customFields: { package: package } }
    tags:
      - boothbook
      - { when: 'status = "Confirmed"', add: [booked, customer], else: remove }
      - { when: event_type, add: "event:{{ event_type }}" }
  welcome:
    from: bookings
    when: 'status = "Confirmed" and $not($before.status = "Confirmed")'
    call: ghl.add-contact-to-workflow
    parent: contacts
    with: { workflowId: { value: "\${WORKFLOW}" } }
`;

const RIGHT = `tests:
  - name: a confirmed wedding gets its tags
    sync: contacts
    record: { booking_id: 7, first_name: Ann, email: ANN@example.com, status: Confirmed, event_type: Wedding }
    expect:
      key: ann@example.com
      fields: { firstName: Ann, email: ann@example.com, phone: null }
      tags: { add: [boothbook, Booked, customer, "event:Wedding"] }
  - { name: a draft, sync: contacts, record: { booking_id: 8, status: Draft }, expect: skipped }
  - { name: gone, sync: contacts, record: { booking_id: 8, gone: true }, expect: deleted }
  - { name: nobody, sync: contacts, record: { booking_id: 9 }, expect: { error: no-key } }
  - name: welcomed once it is confirmed
    sync: welcome
    before: { status: Enquiry }
    record: { booking_id: 7, status: Confirmed }
    expect: { with: { workflowId: "\${WORKFLOW}" } }
  - name: not again
    sync: welcome
    before: { status: Confirmed }
    record: { booking_id: 7, status: Confirmed }
    expect: skipped
`;

async function testsOf(tests: string, ...args: string[]) {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG, 'sync.test.yaml': tests });
  const { code, stdout, stderr } = await boothsync(['test', ...args], {
    cwd,
    env: { NO_COLOR: '1', WORKFLOW: 'of the environment' },
  });
  return { cwd, code, stdout, stderr };
}

test('tests that hold pass, whatever the environment; what none of them reaches is told', async () => {
  const { code, stdout } = await testsOf(RIGHT);

  expect(stdout).toBe(`✓ a confirmed wedding gets its tags
✓ a draft
✓ gone
✓ nobody
✓ welcomed once it is confirmed
✓ not again

6 passed
2 fields have no test: contacts.fields.phone, contacts.fields.customFields.package
`);
  expect(code).toBe(0);
});

test('one that fails shows by field what was expected and what came', async () => {
  const { code, stdout } = await testsOf(`tests:
  - name: wrong
    sync: contacts
    record: { booking_id: 8, email: x@y.z, phone: "07700 900123", package: Gold }
    expect: { key: X@y.z, fields: { firstName: Bob, customFields: { package: Silver } }, tags: { add: [vip] }, exact: true }
  - { name: other, sync: contacts, record: { booking_id: 8, email: a@b.c }, expect: skipped }
`);

  expect(stdout).toBe(`✗ wrong  sync.test.yaml:2
    key
      expected "X@y.z"
      got      "x@y.z"
    fields.firstName
      expected "Bob"
      got      nothing
    fields.customFields.package
      expected "Silver"
      got      "Gold"
    fields.email
      expected nothing
      got      "x@y.z"
    fields.phone
      expected nothing
      got      "+447700900123"
    tags.add
      expected ["vip"]
      got      ["boothbook"]
✗ other  sync.test.yaml:6
      expected "skipped"
      got      "a target"

0 passed, 2 failed
1 sync has no test: welcome
1 field has no test: contacts.fields.firstName
2 tag rules have no test: contacts.tags[1], contacts.tags[2]
`);
  expect(code).toBe(1);
});

test('--json and JUnit tell the same to machines', async () => {
  const wrong = RIGHT.replace('expect: deleted', 'expect: skipped').replace(
    'name: gone',
    'name: "<gone> & \\"lost\\""',
  );

  const json = await testsOf(wrong, '--json');
  const junit = await testsOf(wrong, '--format', 'junit');
  const github = await testsOf(wrong, '--format', 'github');

  expect(JSON.parse(json.stdout)).toMatchObject({
    summary: { passed: 5, failed: 1 },
    tests: [
      {
        name: 'a confirmed wedding gets its tags',
        sync: 'contacts',
        file: 'sync.test.yaml',
        line: 2,
        passed: true,
      },
      { passed: true },
      {
        name: '<gone> & "lost"',
        passed: false,
        differences: [{ at: '', expected: 'skipped', got: 'deleted' }],
      },
      { passed: true },
      { passed: true },
      { passed: true },
    ],
    coverage: {
      syncs: [],
      tags: [],
      fields: ['contacts.fields.phone', 'contacts.fields.customFields.package'],
    },
  });
  expect(junit.stdout).toContain('<testsuite name="boothsync" tests="6" failures="1">');
  expect(junit.stdout).toContain('name="&lt;gone&gt; &amp; &quot;lost&quot;"');
  expect(github.stdout).toMatch(
    /^::error file=sync\.test\.yaml,line=\d+,col=\d+,title=test-failed::<gone> & "lost": expected "skipped", got "deleted"; .+\n5 passed, 1 failed\n$/,
  );
  expect([json.code, junit.code, github.code]).toEqual([1, 1, 1]);
});

test('exact forbids fields also where none is named', async () => {
  const { code, stdout } = await testsOf(`tests:
  - { name: more, sync: contacts, record: { booking_id: 8, email: x@y.z }, expect: { tags: { add: boothbook }, exact: true } }
`);

  expect(stdout).toContain('    fields.email\n      expected nothing\n      got      "x@y.z"\n');
  expect(code).toBe(1);
});

/** The file's text after `--update`, and whether its tests then pass. */
async function updateOf(text: string) {
  const { cwd, code, stdout } = await testsOf(text, '--update');
  const after = await readFile(join(cwd, 'sync.test.yaml'), 'utf8');
  const again = await boothsync(['test'], { cwd });
  return { code, stdout, after, passes: again.code === 0 };
}

test('--update makes what fails expect what it got, and touches nothing else', async () => {
  const before = `# what we want
tests:
  - name: kept   # as it is
    sync: contacts
    record: {booking_id: 8,   email: a@b.c}
    expect: {key: a@b.c}
  - name: wrong
    sync: contacts
    record: { booking_id: 8, email: x@y.z, first_name: "O'Hara\\n, \\"Ann\\"", status: Confirmed, package: Gold }
    expect:
      key: nobody   # the key
      fields:
        # as BoothBook has it
        firstName:  Bob   # her name
        phone: "+44"
        customFields: {package: Silver} # and
      tags:
        add: [vip]
  # the end
`;

  const { after, code, passes } = await updateOf(before);

  expect(after).toBe(
    before
      .replace('key: nobody', 'key: x@y.z')
      .replace('firstName:  Bob', `firstName:  "O'Hara\\n, \\"Ann\\""`)
      .replace('"+44"', 'null')
      .replace('Silver', 'Gold')
      .replace('[vip]', '[boothbook, booked, customer]'),
  );
  expect([code, passes]).toEqual([0, true]);
});

test('--update writes another outcome in the style of the one before', async () => {
  const record = 'record: { booking_id: 8, email: x@y.z }';
  const before = `tests:
  - name: block
    sync: contacts
    ${record}
    expect:
      error: no-key
  # the end
  - { name: flow, sync: contacts, ${record}, expect: skipped }
  - { name: exact, sync: contacts, ${record}, expect: { key: x@y.z, exact: true } }
`;

  const { after, passes } = await updateOf(before);

  expect(after).toBe(`tests:
  - name: block
    sync: contacts
    ${record}
    expect:
      key: x@y.z
      fields:
        email: x@y.z
      tags:
        add: [ boothbook ]
  # the end
  - { name: flow, sync: contacts, ${record}, expect: { key: x@y.z, fields: { email: x@y.z }, tags: { add: [ boothbook ] } } }
  - { name: exact, sync: contacts, ${record}, expect: { key: x@y.z, fields: { email: x@y.z }, tags: { add: [ boothbook ] }, exact: true } }
`);
  expect(passes).toBe(true);
});

test('--update quotes as the value before was quoted', async () => {
  const before = `tests:
  - name: quotes
    sync: contacts
    record: { booking_id: 8, email: x@y.z, first_name: "007", package: Gold }
    expect:
      key: 'nobody'   # single
      fields: { firstName: '7', email: "nobody" }
      tags: { add: ['vip'] }
`;

  const { after, passes } = await updateOf(before);

  expect(after).toBe(
    before
      .replace("'nobody'", "'x@y.z'")
      .replace("'7'", "'007'")
      .replace('"nobody"', '"x@y.z"')
      .replace("'vip'", "'boothbook'"),
  );
  expect(passes).toBe(true);
});

test("--update keeps a file's byte order mark and its ends of lines", async () => {
  const before = `\uFEFFtests:\r
  - name: wrong\r
    sync: contacts\r
    record: { booking_id: 8, email: x@y.z }\r
    expect:\r
      error: no-key\r
`;

  const { after, passes } = await updateOf(before);

  expect(after.startsWith('\uFEFFtests:\r\n')).toBe(true);
  expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  expect(passes).toBe(true);
});

test('--update leaves what other tests share, and says so', async () => {
  const before = `x-shared: { fields: &shared { email: a@b.c } }
tests:
  - { name: right, sync: contacts, record: { booking_id: 8, email: a@b.c }, expect: { fields: &mail { email: a@b.c } } }
  - { name: by its alias, sync: contacts, record: { booking_id: 8, email: x@y.z }, expect: { fields: *mail } }
  - <<: { name: merged, sync: contacts, record: { booking_id: 8, email: x@y.z }, expect: skipped }
`;

  const { after, code, stdout, passes } = await updateOf(before);

  expect(after).toBe(
    before.replace(
      '{ fields: *mail }',
      '{ key: x@y.z, fields: { email: x@y.z }, tags: { add: [ boothbook ] } }',
    ),
  );
  expect(stdout).toBe(`updated, see that it is what you want:
  by its alias
left: what they expect is shared with others by an alias or "<<", so change it by hand:
  merged
`);
  expect([code, passes]).toEqual([1, false]);
});

test('--update tells machines what it wrote', async () => {
  const { stdout } = await testsOf(RIGHT.replace('expect: deleted', 'expect: skipped'), '--update', '--json');

  expect(JSON.parse(stdout)).toEqual({
    updated: [{ name: 'gone', sync: 'contacts', file: 'sync.test.yaml' }],
    left: [],
  });
});

test('a file whose name looks like a glob is a file; one that is not there is told beside those that are', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG, 'of [1].test.yaml': RIGHT });

  const named = await boothsync(['test', 'of [1].test.yaml'], { cwd });
  const missing = await boothsync(['test', 'of [1].test.yaml', 'lost.test.yaml'], { cwd });

  expect(named.code).toBe(0);
  expect(named.stdout).toContain('6 passed');
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('no file matches lost.test.yaml');
});

test.for<readonly [string, string]>([
  ['', 'the file is empty'],
  ['test: []', 'unknown property "test"; did you mean "tests"?'],
  ['tests: 1', 'the file holds no list of tests'],
  [
    'tests: [{ sync: contact, record: {}, expect: skipped }]',
    'unknown sync "contact"; did you mean "contacts"?',
  ],
  ['tests: [{ sync: contacts, record: 7, expect: skipped }]', '"record" is a record'],
  ['tests: [{ sync: contacts, record: {} }]', 'the test has no "expect"'],
  ['name: one\nsync: contacts\nrecord: {}\nexpect: skipped', 'the file holds no list of tests'],
  ['tests: [{ sync: contacts, record: {}, expect: nothing }]', '"nothing" is nothing to expect'],
  [
    'tests: [{ sync: contacts, record: {}, expect: { feilds: {} } }]',
    'unknown property "feilds"; did you mean "fields"?',
  ],
  ['tests: [{ sync: contacts, record: {}, expect: { tags: [a] } }]', '"tags" takes a map, not a list'],
  ['tests: [{ sync: contacts, record: {}, expect: { key: [a] } }]', '"key" is a text, not ["a"]'],
  ['tests: [{ sync: contacts, record: {}, expect: { exact: yes } }]', '"exact" is true or false, not "yes"'],
  [
    'tests: [{ sync: contacts, record: {}, expect: { tags: { add: { a: 1 } } } }]',
    '"add" is a tag or a list of tags',
  ],
  ['tests: [{ sync: contacts, record: {}, event: [a], expect: skipped }]', '"event" is a text'],
  [
    'tests: [{ sync: contacts, record: {}, expect: { error: no-key, fields: {} } }]',
    'a dead letter has no "fields"',
  ],
])('a mistake in a test is told at its place: %j', async ([text, words]) => {
  const { code, stderr } = await testsOf(text);

  expect(stderr).toMatch(/^sync\.test\.yaml:\d+:\d+ error {2}/);
  expect(stderr).toContain(words);
  expect(code).toBe(1);
});

test('a misspelt expect is one mistake', async () => {
  const { stderr } = await testsOf('tests: [{ sync: contacts, record: {}, expects: skipped }]');

  expect(stderr.match(/ error /g)).toHaveLength(1);
  expect(stderr).toContain('did you mean "expect"?');
});

test('where there are no tests it says how to write one', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG });

  const none = await boothsync(['test'], { cwd });
  const missing = await boothsync(['test', 'other.test.yaml'], { cwd });

  expect([none.code, missing.code]).toEqual([1, 1]);
  expect(none.stderr).toContain('there is no *.test.yaml');
  expect(missing.stderr).toContain('no file matches other.test.yaml');
});

test('--watch runs again when a file changes, and ends with Ctrl-C', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG, 'sync.test.yaml': RIGHT });
  const { child, stdout, ended } = start(['test', '--watch'], { cwd, env: { NO_COLOR: '1' } });
  await until(() => stdout().includes('6 passed'), 'the first run');

  // A watcher starts in its own time: the file changes until it is seen.
  const changing = setInterval(
    () => void writeFile(join(cwd, 'sync.test.yaml'), RIGHT.replace('expect: deleted', 'expect: skipped')),
    300,
  );
  await until(() => stdout().includes('1 failed'), 'the second run').finally(() => clearInterval(changing));
  child.kill('SIGINT');

  expect((await ended).code).toBe(0);
});

test('--watch sees the files of the syncs and tests, wherever they lie', async () => {
  const [shared = '', syncs = ''] = CONFIG.split(/^syncs:\n/m);
  const cwd = await aPlace({
    'conf/sync.config.yaml': `${shared}syncs: [../parts/*.yaml]\n`,
    'parts/all.yaml': `syncs:\n${syncs}`,
    'tests/sync.test.yaml': RIGHT,
  });
  const args = ['test', '-c', 'conf/sync.config.yaml', 'tests/sync.test.yaml', '--watch'];
  const { child, stdout, ended } = start(args, { cwd, env: { NO_COLOR: '1' } });
  const runs = (): number => stdout().split(' passed').length - 1;

  await until(() => runs() === 1, 'the first run');
  for (const [file, text] of [
    ['parts/all.yaml', `syncs:\n${syncs}`],
    ['tests/sync.test.yaml', RIGHT],
  ] as const) {
    const before = runs();
    const changing = setInterval(() => void writeFile(join(cwd, file), text), 300);
    await until(() => runs() > before, `a run after ${file}`).finally(() => clearInterval(changing));
  }
  child.kill('SIGINT');

  expect((await ended).code).toBe(0);
});

test('--watch with --json prints each run as a line, also one that fails', async () => {
  const cwd = await aPlace({ 'sync.config.yaml': CONFIG, 'sync.test.yaml': RIGHT });
  const { child, stdout, ended } = start(['test', '--watch', '--json'], { cwd });
  await until(() => stdout().includes('"summary"'), 'the first run');

  const changing = setInterval(() => void writeFile(join(cwd, 'sync.config.yaml'), `${CONFIG}foo: 1\n`), 300);
  await until(() => stdout().includes('unknown-property'), 'the second run').finally(() =>
    clearInterval(changing),
  );
  child.kill('SIGINT');
  await ended;

  const lines = stdout().trimEnd().split('\n');
  expect(lines.slice(0, 2).map((line) => Object.keys(JSON.parse(line) as object))).toEqual([
    ['summary', 'tests', 'coverage'],
    ['problems'],
  ]);
});

test('JUnit stays XML whatever a test holds, and tells a config that is wrong', async () => {
  const odd = `tests:
  - { name: "a\\uFFFF\\a <b>", sync: contacts, record: { booking_id: 8, email: x@y.z }, expect: skipped }
`;

  const failed = await testsOf(odd, '--format', 'junit');
  const cwd = await aPlace({ 'sync.config.yaml': `${CONFIG}foo: 1\n`, 'sync.test.yaml': odd });
  const wrong = await boothsync(['test', '--format', 'junit'], { cwd });

  expect(failed.stdout).toContain('name="a\uFFFD\uFFFD &lt;b&gt;"');
  expect(wrong.stdout).toContain('tests="1" failures="0" errors="1"');
  expect(wrong.stdout).toContain('<error message="unknown property &quot;foo&quot; of the file">');
  expect(wrong.code).toBe(1);
});
