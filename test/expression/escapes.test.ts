import { afterEach, describe, expect, test } from 'vitest';
import { ExpressionError } from '../../src/model/expression.ts';
import { aLanguage, evaluate } from './a-language.ts';

/**
 * Ways out of JSONata that were found in it, in template engines and in sandboxes of JavaScript. None may yield anything but
 * plain JSON, leave a mark on what all programs share, or end in anything but an `ExpressionError`.
 */
const ESCAPES: readonly (readonly [way: string, sources: readonly string[]])[] = [
  [
    'the constructor of a value',
    [
      'constructor.constructor("return process")()',
      '$string.constructor("return process")()',
      '$string("a").constructor("return process")()',
      '("").constructor',
      '(1).constructor.constructor',
      '[].constructor',
      '{}.constructor.prototype',
      '/a/.constructor',
      '$lookup("a", "constructor")',
      '$lookup([], "constructor")',
      '$lookup({}, "constructor")',
      '$lookup($string, "constructor")',
      '$lookup($string, "implementation")',
      '$lookup($map, "signature")',
      '$lookup(function($x){$x}, "environment")',
      '$lookup(function($x){$x}, "body")',
      '`constructor`.`constructor`',
      '$["constructor"]',
      '*.constructor',
      '%.constructor',
      '(a)["__proto__"]',
    ],
  ],
  [
    'the prototype',
    [
      '__proto__',
      'a.__proto__.__proto__',
      '$lookup($, "__proto__")',
      '$lookup(a, "__proto__").constructor',
      '{ "__proto__": { "polluted": true } }',
      '{ "constructor": { "prototype": { "polluted": true } } }',
      '$merge([{}, { "__proto__": { "polluted": true } }])',
      '$merge([a, parsed])',
      '$spread(parsed)',
      '$sift(parsed, function($v, $k) { true })',
      '$each(parsed, function($v, $k) { $k })',
      'parsed ~> |$|{ "__proto__": { "polluted": true } }|',
      'parsed ~> |__proto__|{ "polluted": true }|',
      'parsed ~> |$.constructor|{ "polluted": true }|',
      '$ ~> |**|{ "polluted": true }, ["toString"]|',
      '$ ~> |$|{}, ["__proto__", "constructor"]|',
      'list{ "__proto__": $ }',
      'list{ k: { "__proto__": { "polluted": true } } }',
      '($x := {}; $x.__proto__.polluted := true)',
      '($__proto__ := { "polluted": true }; $polluted)',
      '($constructor := 1; $toString)',
    ],
  ],
  [
    'what a function holds',
    [
      '$sift($string, function($v) { true })',
      '$each($string, function($v, $k) { $k })',
      '$spread($string)',
      '$keys($string)',
      '$merge($string)',
      '$merge([$string, {}])',
      '$append($string, 1)',
      '[$string]',
      '{ "f": $string }',
      '{ "f": function($x) { $x } }',
      '$clone($string)',
      '$distinct([$string, $map])',
      '$zip([$string], [1])',
      '$reverse([$string, $map])',
      '$map([1], function($x) { $string })',
      '$string($string)',
      '$string({ "f": $string })',
      '$string.environment',
      '$string.**',
      '**[$type($) = "function"]',
      '($f := $string; $f.token)',
      '(/a/)',
      '$match("a", /a/).next',
      '$match("a", /a/).*',
      '/a/("a")',
      '/a/("a").next()',
    ],
  ],
  [
    'code that is made from text',
    [
      '$eval("1")',
      '$eval("$string.constructor")',
      '($e := $eval; $e("1"))',
      '["1"].$eval($)',
      '"1" ~> $eval',
      '$map(["1"], $eval)',
      '($f := function($x) { $x ~> $eval }; $f("1"))',
      '$formatNumber(1, "${process}")',
      '$fromMillis(0, "[Y${process}]")',
      '$replace("a", "a", "$&${process}")',
      '$replace("a", /a/, "$0$1$`")',
    ],
  ],
  [
    'names that the program has',
    [
      'process',
      'globalThis',
      'require("fs")',
      'import("fs")',
      'this',
      'arguments.callee',
      '$process',
      '$require',
      '$globalThis',
      '$console.log(1)',
      'module.exports',
      'Buffer',
    ],
  ],
  [
    'a comparator or a callback that is none',
    [
      '$sort([2, 1], function($a, $b) { $sort })',
      '$sort([2, 1], function($a, $b) { $a.constructor })',
      '$sort([2, 1], "constructor")',
      '$sort([{"a":1},{"b":2}])',
      '$filter([1], "x")',
      '$reduce([1, 2], $string)',
      '$map(list, "toString")',
      '$single([1], function($x) { $single })',
      'list^($sort)',
      'list^(k.constructor)',
    ],
  ],
  [
    'what JavaScript takes for a promise, a date or JSON of its own',
    [
      '{ "then": function($a, $b) { $a(1) } }',
      '{ "then": $string }',
      '{ "toJSON": $string }',
      '{ "valueOf": $string, "toString": $string } & ""',
      'thenable',
      '[thenable]',
      'thenable.then',
      'withToJson',
      '$string(withToJson)',
    ],
  ],
];

const record = (): unknown => ({
  a: { b: 1 },
  list: [{ k: 'x' }, { k: 'y' }],
  thenable: { then: 'x' },
  withToJson: { toJSON: 'x' },
  parsed: JSON.parse(
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"b":1}',
  ) as unknown,
});

/** What is the same for all programs of the process. */
const shared = [
  Object.prototype,
  Array.prototype,
  String.prototype,
  Function.prototype,
  RegExp.prototype,
  Promise.prototype,
];
const marks = () => shared.map((prototype) => Reflect.ownKeys(prototype).map(String).sort());

describe.each(ESCAPES)('an expression does not get out by %s:', (_way, sources) => {
  const before = marks();
  afterEach(() => expect(marks()).toStrictEqual(before));

  test.each(sources)('%s', async (source) => {
    const yielded = await outcome(source);

    if (yielded instanceof ExpressionError) expect(yielded.message).not.toMatch(/\n|node_modules|\.[jt]s:/);
    else expectPlain(yielded);
  });
});

/** What it yields, or why it does not; nothing where it does not compile. Anything else thrown is a bug. */
async function outcome(source: string): Promise<unknown> {
  const compiled = aLanguage().expression(source);
  if (!compiled.ok) return undefined;
  try {
    return await compiled.run(record(), {});
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function expectPlain(value: unknown): void {
  expect(['undefined', 'string', 'number', 'boolean', 'object']).toContain(typeof value);
  if (typeof value !== 'object' || value === null) return;
  expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value));
  for (const name of Reflect.ownKeys(value)) {
    const { get, set } = Object.getOwnPropertyDescriptor(value, name)!;
    expect([get, set]).toEqual([undefined, undefined]);
  }
  for (const member of Object.values(value) as unknown[]) expectPlain(member);
}

test('an error holds no stack and no record', async () => {
  const secret = { ssn: '078-05-1120' };

  for (const source of [
    '$error($string(ssn) & "x")',
    '$number(ssn)',
    'ssn + 1',
    '$assert(false, "no")',
    '$map(ssn, 1)',
  ]) {
    const error = await evaluate(source, secret).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExpressionError);
    expect((error as Error).message).not.toMatch(/ at .*:\d+:\d+/);
  }
});
