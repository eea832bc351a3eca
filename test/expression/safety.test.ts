import { afterEach, describe, expect, test, vi } from 'vitest';
import { BANNED } from '../../src/expression/built-ins.ts';
import { ExpressionError } from '../../src/model/expression.ts';
import { aLanguage, evaluate, frozen, ready, wrong, blamed } from './a-language.ts';

const long = 'a'.repeat(1_000_000);
const record = frozen({
  s: 'aaa',
  long,
  a: { b: 1 },
  digits: `${'1'.repeat(95)}x`,
  list: Array.from({ length: 2000 }, (_, i) => ({ i, t: 'x' })),
});

describe('an expression can not reach', () => {
  afterEach(() => expect({}).not.toHaveProperty('polluted'));

  test.each([
    'constructor',
    '__proto__',
    'a.toString',
    's.length',
    's.constructor',
    '$lookup($, "constructor")',
    '$lookup($, "__proto__")',
    '**.constructor',
    '$string.constructor',
    '$string.implementation',
    '$string.*',
    '$keys($string)',
    '($f := $string; $f.implementation)',
    'process',
    '$process',
    '$globalThis',
  ])('JavaScript with %s', async (source) => {
    expect(await evaluate(source, { s: 'aaa', a: { b: 1 } })).toBeUndefined();
  });

  test.each(['$spread($string)', '$string.**', '[$string.implementation, $string]'])(
    'a function with %s',
    async (source) => {
      await expect(evaluate(source)).rejects.toThrow(ExpressionError);
    },
  );

  test('a prototype', async () => {
    for (const source of [
      '{ "__proto__": { "polluted": 1 } }',
      '$merge([{ "__proto__": { "polluted": 1 } }])',
      '$ ~> |$|{ "__proto__": { "polluted": 1 } }|',
      'list{ "__proto__": { "polluted": 1 } }',
    ]) {
      const result = await evaluate(source, { a: 1 });

      expect(result).not.toHaveProperty('polluted');
      expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    }
    const sent: unknown = JSON.parse('{ "x": { "__proto__": { "polluted": 1 }, "y": 1 } }');
    expect(Object.keys((await evaluate('x', sent)) as object)).toStrictEqual(['y']);
  });

  test('JSONata’s insides with a record that looks like a function', async () => {
    const marks = {
      native: { _jsonata_function: true, implementation: { apply: 1 } },
      lambda: {
        _jsonata_lambda: true,
        body: { type: 'variable', value: 'now' },
        arguments: [],
        environment: {},
      },
      bare: { _jsonata_lambda: true, body: { type: 'string', value: 'x' }, arguments: [] },
    };
    for (const name of Object.keys(marks)) {
      await expect(evaluate(`$map([1], ${name})`, marks)).rejects.toThrow(ExpressionError);
      await expect(evaluate(`$filter([1], ${name})`, marks)).rejects.toThrow(ExpressionError);
    }
    expect(await evaluate('lambda', marks)).toStrictEqual(marks.lambda);
  });
});

describe('a mapping is a function of its record', () => {
  test.each([...BANNED])('$%s is not there', async (name) => {
    for (const source of [`$${name}()`, `1 + $${name}(1)`, `($f := $${name}; $f())`, `$map([1], $${name})`]) {
      const compiled = wrong(aLanguage().expression(source));

      expect(blamed(source, compiled)).toBe(`$${name}`);
      expect(compiled.remedy).toMatch(/same record must always give the same|Write the expression/);
    }
    expect(await evaluate(`($${name} := 5; $${name})`)).toBe(5);
  });

  test('$toMillis does not fill a date up from today', async () => {
    expect(await evaluate('$toMillis("2026-06-14 19:00", "[Y]-[M]-[D] [H]:[m]")')).toBe(
      Date.UTC(2026, 5, 14, 19),
    );
    await expect(evaluate('$toMillis("19:00", "[H]:[m]")')).rejects.toThrow('from today');
  });
});

describe('an expression ends soon, whatever it does:', () => {
  const bombs = [
    '($f := function($x) { $f($x + 1) }; $f(1))',
    '($f := function($x) { 1 + $f($x + 1) }; $f(1))',
    '($r := function($n) { $n = 0 ? 1 : $r($n - 1) + $r($n - 1) }; $r(40))',
    '($z := function($f) { $f($f) }; $z($z))',
    '[1..10000000]',
    '[1..100000].[1..100000]',
    '$map([1..100000], function($i) { $pad("a", 100000) })',
    '$map(["a"], $pad(?, 50000000))',
    '$pad("a", 50000000)',
    '$pad("a", -1e308)',
    '$join(list.t, long)',
    '$replace(long, /a/, long)',
    '$replace(long, "a", long)',
    '$split(long, "")',
    '$split(long, /a/)',
    '$match(long, /a.*?b|a/)',
    '$reduce([1..60], function($a) { $a & $a }, "ab")',
    '$reduce([1..60], function($a, $i) { $a & $a }, "ab")',
    '$reduce([1..60], function($a, $i) { $join([$a, $a]) }, "ab")',
    '$reduce([1..60], function($a, $i) { {"a": $a, "b": $a} }, 1)',
    '$reduce([1..60], function($a, $i) { [[$a], [$a]] }, 1)',
    '$reduce([1..60], function($a, $i) { $zip($a, $a) }, [1, 2])',
    '$reduce([1..60], function($a, $i) { $map([1, 2], function() { $a }) }, [1, 2])',
    '$reduce([1..60], function($a, $i) { $a ~> |$|{"a": $a, "b": $a}| }, {})',
    '$reduce([1..100000], $append)',
    '$reduce([1..100000], function($a, $b) { $append($a, $b) })',
    '($r := function($n, $x) { $n = 0 ? $x : $r($n - 1, {"a": $x, "b": $x}) }; $r(60, 1) = 1)',
    '($r := function($n, $x) { $n = 0 ? $x : $r($n - 1, $x & $x) }; $r(60, "a"))',
    `(${'$x := [[$x], [$x]]; '.repeat(40)} $x = 1)`,
    `($x := "a"; ${'$x := $x & $x; '.repeat(40)} $x)`,
    '[1..100000].$$ = [1..100000].$$.a',
    '$string([1..100000].$$)',
    '[1..100000].$$ & ""',
    '$keys([1..100000].$$)',
    '$ ~> |$|{ "self": $ }|',
    '$string($ ~> |$|{ "self": $ }|)',
    'list@$a.list@$b.list@$c.{ "x": $a }',
    'list.$$.list.$$.list',
    '$toMillis(digits, "[Y][M][D][H][m][s][f]")',
    '$toMillis(digits, "[Y]1[M]1[D]1[H]1[m]1[s]1[f]")',
    '$fromMillis(0, "[Y,99999999]")',
    '{ "then": /a/ }',
    '(function($f) { {"then": $f} })(function($a, $b) { 1 })',
    '(function($f) { {"th" & "en": $f} })($uppercase)',
    'a{ "then": function($x) { 1 } }',
    '($m := function($s) { {"match": "a", "start": 0, "end": 1, "groups": [], "next": $m} }; $split("x", $m))',
    '(function($f) { $split("x", function($s) { {"match": "a", "start": 0, "end": 1, "groups": [], "next": $f} }) })($append(?, 1))',
  ];
  test.each(bombs.map((source) => [source.slice(0, 90), source]))(
    '%s',
    { timeout: 20_000 },
    async (_, source) => {
      const before = process.memoryUsage().rss;

      await expect(evaluate(source, record)).rejects.toThrow(ExpressionError);

      expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
    },
  );

  test.each([
    '$match(s, /(a+)+$/).match',
    '$match(long, /(a*)*b/).match',
    '$contains(long, /(x+x+)+y/)',
    '$count($distinct([1..20000]))',
    '$count($distinct(list))',
  ])('%s', { timeout: 20_000 }, async (source) => {
    await evaluate(source, record);
  });

  test('a time-out says so', async () => {
    await expect(evaluate('($f := function($x) { $f($x) }; $f(1))')).rejects.toThrow(
      'it took longer than 100 ms',
    );
  });

  test('a crowd of mappings does not time out: each is given its own time', async () => {
    const slow = ready(aLanguage().expression('$sum($map([1..1000], function($i) { $i }))'));

    const results = await Promise.all(Array.from({ length: 300 }, () => slow.run({}, {})));

    expect(new Set(results)).toStrictEqual(new Set([500500]));
  });

  test('a thread that the machine gives no time does not time out: only its own work counts', async () => {
    const name = ready(aLanguage().expression('first & " " & last'));
    let jumps = 20;
    let now = 0;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => (now += jumps-- > 0 ? 500 : 0));

    const result = await name.run({ first: 'Ann', last: 'Lee' }, {}).finally(() => {
      clock.mockRestore();
    });

    expect(result).toBe('Ann Lee');
    expect(jumps).toBeLessThan(0);
  });

  test('a mapping of a thousand steps is no loop', async () => {
    expect(await evaluate('($f := function($n) { $n = 0 ? 0 : $f($n - 1) }; $f(1000))')).toBe(0);
  });

  test('a hundred properties side by side are not too deep', async () => {
    const source = `{ ${Array.from({ length: 100 }, (_, n) => `"k${n}": a.b`).join(', ')} }`;

    expect(Object.keys((await evaluate(source, record)) as object)).toHaveLength(100);
  });

  test.each([
    ['a sum', (n: number) => `a.b${' + 1'.repeat(n - 2)}`],
    ['calls in calls', (n: number) => `${'$string('.repeat(n - 2)}a${')'.repeat(n - 2)}`],
    ['a choice of many', (n: number) => `${'a.b = 2 ? 3 : '.repeat(n - 3)}4`],
  ])('%s that a run would find too deep does not compile, and one level less runs', async (_what, source) => {
    expect(await evaluate(source(200), record)).toBeDefined();
    expect(wrong(aLanguage().expression(source(201))).message).toBe('the expression is nested too deeply');
  });

  test('compiling', { timeout: 20_000 }, () => {
    for (const source of [
      `${'('.repeat(9000)}a${')'.repeat(9000)}`,
      `${'('.repeat(60)}a${' ?: 1)'.repeat(60)}`,
      `${'('.repeat(60)}a${' ?? 1)'.repeat(60)}`,
      'a'.repeat(100_000),
      '['.repeat(9000),
      '/'.repeat(9000),
      '/*'.repeat(9000),
      `"${'\\'.repeat(9001)}`,
    ])
      expect(aLanguage().expression(source).ok).toBe(false);
    expect(aLanguage().expression(Array.from({ length: 40 }, (_, n) => `a${n}`).join(' ?? ')).ok).toBe(true);
  });
});

describe('regular expressions', () => {
  test('are found, replaced and split by as JSONata does it', async () => {
    expect(await evaluate('$replace("aXbx", /x/i, "-")')).toBe('a-b-');
    expect(await evaluate('$split("a1b22c", /[0-9]+/)')).toStrictEqual(['a', 'b', 'c']);
    expect(await evaluate('$replace("ab", /(a)(x)?(b)/, "[$3$2$1]")')).toBe('[ba]');
    expect(await evaluate('$match("a\nb", /^b/m).index')).toBe(2);
    expect(await evaluate('$match("😀é", /\\u00e9/)')).toStrictEqual({ match: 'é', index: 2, groups: [] });
    expect(await evaluate('$replace("abc", /b/, function($m) { $uppercase($m.match) })')).toBe('aBc');
    expect(await evaluate('$match("ababab", /ab/, 2).index')).toStrictEqual([0, 2]);
    expect(
      await evaluate('list[t ~> /X/i].i', {
        list: [
          { t: 'x', i: 1 },
          { t: 'y', i: 2 },
        ],
      }),
    ).toBe(1);
  });

  test.each([
    ['/(?=a)/', 'lookaround'],
    ['/(?<!a)b/', 'lookaround'],
    ['/(a)\\1/', 'back-references'],
    ['/(?<n>a)\\k<n>/', 'back-references'],
    ['/a{2000}/', 'repeat'],
    ['/a**/', 'no regular expression'],
  ])('%s is a mistake with a remedy', (pattern, words) => {
    const source = `$match(s, ${pattern})`;

    const compiled = wrong(aLanguage().expression(source));

    expect(compiled.message).toContain(words);
    expect(blamed(source, compiled)).toBe(pattern);
  });
});
