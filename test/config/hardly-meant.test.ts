import { describe, expect, test } from 'vitest';
import { check } from '../../src/config/check.ts';
import { knowledge } from '../../src/config/knowledge.ts';
import { readingOf } from '../../src/config/reading.ts';
import type { Problem } from '../../src/model/problem.ts';

const MARK = '▶';
const RECORD = {
  id: 1,
  first_name: 'Ana',
  event_type: 'Wedding',
  paid: true,
  jobs: [{ job: 'a', name: 'Call' }],
};

/** A right config around one changed block; `▶` stands where its one problem is. */
function around({ source = 'poll: { every: 10m, request: { path: /a }, records: a }', field = '' }): string {
  return `version: 1
connections:
  b: { type: http, baseUrl: "\${U}", auth: { type: none } }
  g: { type: ghl, location: "\${L}", auth: { type: token, token: "\${T}" } }
sources:
  s: { key: id, connection: b, ${source} }
syncs:
  c:
    from: s
    to: g.contact
    fields:
      firstName: first_name
      ${field}
`;
}

function problemsOf(text: string): readonly Problem[] {
  return check({ ...readingOf('/c.yaml', text), samples: new Map([['s', [RECORD]]]) }, knowledge()).problems;
}

function told(marked: string): unknown {
  const text = marked.replaceAll(/▶/g, '');
  const at = marked.indexOf(MARK);
  return problemsOf(text).map((each) => [each.at!.start - at, `${each.message}; ${each.remedy}`]);
}

describe('one mistake is one problem, at its place', () => {
  test.each([
    [
      'a choice that is compared with elsewhere',
      'dnd: \'▶paid = "yes"\'',
      'paid is true or false, and "yes" is text',
    ],
    ['a name with a hyphen', 'lastName: ▶first-name', '"first_name"'],
    ['too few arguments', 'lastName: ▶$substring(first_name)', '2 to 3 arguments, not 1'],
    ['three braces', "lastName: { text: 'x ▶{{{ first_name }}}' }", 'two braces'],
    ['a hole without its beginning', "lastName: { text: 'x first_name ▶}}' }", 'no beginning'],
    ['a choice of Liquid', "lastName: { text: 'x ▶{% if a %}' }", 'literal text'],
    ['a field in the braces of a variable', "lastName: { text: 'x ▶${first_name}' }", '{{ first_name }}'],
    ['a variable in a text', "lastName: { text: '▶$event' }", '{{ $event }}'],
    ['a field in a text', 'lastName: { text: ▶event_type }', '{{ event_type }}'],
    ['an expression in a text', 'lastName: { text: \'▶"a " & first_name\' }', 'in a hole'],
    ['a filter', 'lastName: first_name ▶| upper', 'no filters'],
    ['a question that other languages ask', "lastName: 'paid ▶is null ? first_name'", '$not($exists(paid))'],
    ['the record by name', 'lastName: ▶record.first_name', 'inside the record'],
    ['an anchor of nothing', 'lastName: ▶&first_name', 'single quotes'],
    ['a name of another language', "lastName: 'paid = ▶True ? first_name'", 'write true'],
  ])('%s', (_promise, field, words) => {
    const problems = told(around({ field }));

    expect(problems).toEqual([[0, expect.stringContaining(words)]]);
  });

  test('a source that nothing brings records to is told', () => {
    expect(told(around({ source: 'empty: keep' }))).toEqual([
      [expect.any(Number), expect.stringContaining('neither poll nor webhook')],
    ]);
  });
});

describe('what is right is left alone', () => {
  test.each([
    ['lastName: \'$string(id).$pad(-5, "0")\''],
    ['lastName: first_name.$substring(1)'],
    ['lastName: \'$lookup({ "1": "one" }, $string(id))\''],
  ])('%s', (field) => {
    expect(told(around({ field }))).toEqual([]);
  });
});

describe('what follows from a mistake is not told', () => {
  test('aliases that explode are one problem', () => {
    const lines = Array.from(
      'bcdefgh',
      (name, at) => `x-${name}: &${name} [${`*${'abcdefg'[at]!},`.repeat(9)}]`,
    );

    const problems = problemsOf(
      `version: 1\nx-a: &a [x, x, x, x, x, x, x, x, x]\n${lines.join('\n')}\nsyncs: *h\n`,
    );

    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['yaml', expect.stringContaining('aliases')],
    ]);
  });
});
