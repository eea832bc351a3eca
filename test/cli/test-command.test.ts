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

test('--update makes what fails expect what it got, and touches nothing else', async () => {
  const before = `# what we want
tests:
  - name: kept   # as it is
    sync: contacts
    record: {booking_id: 8,   email: a@b.c}
    expect: {key: a@b.c}
  - name: wrong
    sync: contacts
    record: { booking_id: 8, email: x@y.z, status: Confirmed }
    expect:
      key: nobody
      exact: true
  # the end
`;

  const { cwd, code } = await testsOf(before, '--update');
  const after = await readFile(join(cwd, 'sync.test.yaml'), 'utf8');
  const again = await boothsync(['test'], { cwd });

  expect(after.replace(/expect:\s+\{ key: x@y\.z.*\}/, 'HERE')).toBe(
    before.replace(/expect:\n {6}key: nobody\n {6}exact: true/, 'HERE'),
  );
  expect([code, again.code]).toEqual([0, 0]);
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
  ['tests: [{ sync: contacts, record: {}, expect: nothing }]', '"nothing" is nothing to expect'],
  [
    'tests: [{ sync: contacts, record: {}, expect: { feilds: {} } }]',
    'unknown property "feilds"; did you mean "fields"?',
  ],
  ['tests: [{ sync: contacts, record: {}, expect: { tags: [a] } }]', '"tags" is a map'],
])('a mistake in a test is told at its place: %j', async ([text, words]) => {
  const { code, stderr } = await testsOf(text);

  expect(stderr).toMatch(/^sync\.test\.yaml:\d+:\d+ error {2}/);
  expect(stderr).toContain(words);
  expect(code).toBe(1);
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
