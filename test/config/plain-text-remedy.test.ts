import { expect, test } from 'vitest';
import { checkText } from '../../src/config/validate.ts';

/** The remedy for a field that is written like this; nothing where it is right. */
function remedyFor(field: string): string | undefined {
  const text = `version: 1
connections:
  b: { type: http, baseUrl: "\${U}" }
  g: { type: ghl, location: "\${L}", auth: { type: token, token: "\${T}" } }
sources:
  s: { key: id, connection: b, poll: { every: 1h, request: { path: /a }, records: a } }
syncs:
  c: { from: s, to: g.contact, fields: { email: email, firstName: ${field} } }
`;
  const [problem, ...more] = checkText('/c.yaml', text).problems;
  expect(more).toEqual([]);
  return problem?.remedy;
}

test.each([
  [
    'Booth Book',
    'for the text itself write { value: "Booth Book" }; for a field of that name \'`Booth Book`\'',
  ],
  ['+44 20 7946 0958', 'for the text itself write { value: "+44 20 7946 0958" }'],
  ['"info@example.com"', 'for the text itself write { value: "info@example.com" }'],
  ['2026-06-14', 'for the text itself write { value: "2026-06-14" }'],
  ['"Client\'s wedding"', 'for the text itself write { value: "Client\'s wedding" }'],
  [
    'first_name last_name',
    'to join fields write first_name & " " & last_name; for the text itself write { value: "first_name last_name" }',
  ],
  ['"%FIRST_NAME%"', 'a field of the record is its name alone: FIRST_NAME; a constant is $vars.FIRST_NAME'],
])('who writes a text bare is told how texts are written: %s', (field, remedy) => {
  expect(remedyFor(field)).toBe(remedy);
});

test.each(['first_name == last_name', '$lowercase(', '"a" "b"'])(
  'what looks like an expression is explained as one: %s',
  (source) => {
    expect(remedyFor(`'${source}'`)).not.toContain('value');
  },
);

test.each([
  ['$zoond(day)', 'did you mean "$zoned"?'],
  ['$lowcase(day)', 'did you mean "$lowercase"?'],
])('of two names that are as near, the one that begins alike is meant: %s', (field, remedy) => {
  expect(remedyFor(field)).toBe(remedy);
});
