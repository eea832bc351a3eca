import fc from 'fast-check';

/** Texts that have broken programs before. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff',
    '\ufeff',
    '\u202e',
    '__proto__',
    'constructor',
    'toString',
    'then',
    "'; drop table events; --",
    '{{ $string($) }}',
    '${HOME}',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '<html>log in</html>',
    '9007199254740993',
    '1e400',
    '-0',
    'NaN',
    'null',
    '2026-05-01T10:00:00Z',
    '+99999-13-45T99:99:99Z',
    'a'.repeat(501),
    'é'.repeat(3_000),
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** What can't be told by `JSON.stringify` of a value. */
const oddJson = fc.oneof(
  fc.constantFrom(
    '1e400',
    '-1e400',
    '9007199254740993',
    '123456789012345678901234567890',
    '-0',
    '1E-999',
    '"\\ud800"',
    '"\\u0000"',
    '{"__proto__":{"polluted":1}}',
    '{"a":1,"a":2}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"then":1,"toJSON":"x","length":-1}',
    '{"_jsonata_lambda":true,"environment":{},"body":{},"arguments":[]}',
    '{"_jsonata_function":true,"implementation":1}',
    '{"sequence":true,"tupleStream":true,"0":1}',
    'true',
    'null',
    '[]',
    '[[[]]]',
  ),
  fc.integer({ min: 10, max: 5_000 }).map((deep) => '['.repeat(deep) + ']'.repeat(deep)),
  fc.integer({ min: 10, max: 2_000 }).map((deep) => '{"a":'.repeat(deep) + '1' + '}'.repeat(deep)),
);

const scalar = fc.oneof(
  hostileText.map((text) => JSON.stringify(text)),
  fc.double().map((number) => JSON.stringify(number)),
  oddJson,
);

/** JSON text of any kind: odd numbers, doubled names, nests, and what looks like the insides of the runner. */
export const hostileJson: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(hostileText, tie('value')), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
  ),
})).value;

/** An object with these members, each there or not, right or hostile; in any order, and some of them twice. */
export function hostileObject(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const member = fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...Object.entries(members).map(([name, value]) => named(name, value))) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...Object.keys(members)).chain((name) => named(name, hostileJson)),
    },
    { weight: 1, arbitrary: hostileText.chain((name) => named(name, hostileJson)) },
  );
  return fc.array(member, { maxLength: 8 }).map((all) => `{${all.join()}}`);
}

function named(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return value.map((text) => `${JSON.stringify(name)}:${text}`);
}
