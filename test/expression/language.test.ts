import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../../src/model/expression.ts';
import { aLanguage, evaluate, frozen, ready } from './a-language.ts';

const booking = frozen({
  booking_id: 7,
  first_name: 'Ann',
  email: 'ANN@example.com',
  status: 'Confirmed',
  packages: [
    { name: 'Mirror', price: 10 },
    { name: 'Booth', price: 20 },
  ],
  extras: [{ name: 'Props' }],
});

describe('an expression', () => {
  test('that stands in two configs sees the constants, tables and time zone of its own', async () => {
    const source = '$vars.name & " " & $table("shop", "a") & " " & $zoned("2026-07-01 10:00")';
    const london = aLanguage({ vars: { name: 'Ann' }, tables: { shop: { a: 'Leeds' } } });
    const paris = aLanguage({
      vars: { name: 'Bo' },
      tables: { shop: { a: 'Lyon' } },
      timezone: 'Europe/Paris',
    });
    const [first, second] = [london, paris].map((language) => ready(language.expression(source)));

    const yielded = [await second!.run({}, {}), await first!.run({}, {})];

    expect(yielded).toEqual(['Bo Lyon 2026-07-01T10:00:00+02:00', 'Ann Leeds 2026-07-01T10:00:00+01:00']);
  });

  test('yields plain JSON values', async () => {
    expect(await evaluate('$lowercase(email)', booking)).toBe('ann@example.com');
    expect(await evaluate('packages[0].name', booking)).toBe('Mirror');
    expect(await evaluate('$sum(packages.price)', booking)).toBe(30);
    expect(await evaluate('status = "Confirmed" ? "confirmed" : "cancelled"', booking)).toBe('confirmed');
    expect(await evaluate('{ "a": 1, "b": missing, "c": [missing, null] }', booking)).toStrictEqual({
      a: 1,
      c: [null],
    });
  });

  test('yields undefined for nothing', async () => {
    expect(await evaluate('missing.field', booking)).toBeUndefined();
    expect(await evaluate('packages[price > 99]', booking)).toBeUndefined();
    expect(await evaluate('$lowercase(missing)', booking)).toBeUndefined();
  });

  test('yields clean lists, without marks of JSONata', async () => {
    for (const source of [
      'packages.name',
      '$map(packages, function($p) { $p.name })',
      '($x := 1; packages.name)',
      '[packages.name]',
    ]) {
      const list = await evaluate(source, booking);

      expect(list).toStrictEqual(['Mirror', 'Booth']);
      expect(Object.getOwnPropertyNames(list)).toStrictEqual(['0', '1', 'length']);
    }
    expect(Object.getOwnPropertyNames(await evaluate('extras.name[]', booking))).toStrictEqual([
      '0',
      'length',
    ]);
  });

  test('yields objects with the ordinary prototype', async () => {
    expect(Object.getPrototypeOf(await evaluate('{ "a": 1 }'))).toBe(Object.prototype);
    expect(Object.getPrototypeOf(await evaluate('$merge([{ "a": 1 }])'))).toBe(Object.prototype);
    expect(Object.getPrototypeOf(await evaluate('a', { a: Object.create(null) as unknown }))).toBe(
      Object.prototype,
    );
  });

  test('yields copies: the record is not reachable through a result', async () => {
    const result = await evaluate('packages', booking);

    expect(result).toStrictEqual(booking.packages);
    expect(result).not.toBe(booking.packages);
    expect((result as unknown[])[0]).not.toBe(booking.packages[0]);
  });

  test('yields a date as ISO text', async () => {
    expect(await evaluate('$.at', { at: new Date(0) })).toBe('1970-01-01T00:00:00.000Z');
  });

  test('never changes its record', async () => {
    const record = frozen({ a: { b: [1, 2] }, c: 'x' });

    for (const source of [
      '$ ~> |a|{ "b": 9, "token": 1 }, "c"|',
      '$append(a.b, 3)',
      '$sort(a.b)',
      '$reverse(a.b)',
      '$merge([$, { "c": 1 }])',
    ]) {
      await evaluate(source, record);
    }
    const loose = { name: { token: 'mine', position: 5 } };
    await expect(evaluate('(name)("x")', loose)).rejects.toThrow('no function');
    await expect(evaluate('($n := name; $n("x"))', loose)).rejects.toThrow('no function');
    await expect(evaluate('$before("x")', {}, { bindings: { before: loose.name } })).rejects.toThrow(
      'no function',
    );

    expect(record).toStrictEqual({ a: { b: [1, 2] }, c: 'x' });
    expect(loose).toStrictEqual({ name: { token: 'mine', position: 5 } });
  });

  test('sees bindings and vars; an unknown variable is nothing', async () => {
    const language = aLanguage({ vars: { CITY: 'London' } });

    expect(
      await evaluate('$person & "/" & $vars.CITY', {}, { bindings: frozen({ person: 'ann' }), language }),
    ).toBe('ann/London');
    expect(await evaluate('$nobody', {}, { language })).toBeUndefined();
    expect(
      await evaluate('$result("welcome").id', {}, { bindings: { result: (name: string) => ({ id: name }) } }),
    ).toBe('welcome');
  });

  test('sees a list as its record', async () => {
    expect(await evaluate('$count($)', [1, 2, 3])).toBe(3);
    expect(await evaluate('$[0]', [1, 2, 3])).toBe(1);
    expect(await evaluate('$', [])).toStrictEqual([]);
    expect(await evaluate('$', null)).toBeNull();
    expect(await evaluate('a', undefined)).toBeUndefined();
  });

  test('runs many times and at once, each run by itself', async () => {
    const { run } = ready(aLanguage().expression('($x := n; $map([1..3], function($i) { $x * $i }))'));

    const results = await Promise.all(Array.from({ length: 200 }, (_, n) => run({ n }, {})));

    expect(results[0]).toStrictEqual([0, 0, 0]);
    expect(results[199]).toStrictEqual([199, 398, 597]);
  });

  test('that is a literal says its constant', () => {
    expect(ready(aLanguage().expression('"x"')).constant).toBe('x');
    expect(ready(aLanguage().expression('-5')).constant).toBe(-5);
    expect(ready(aLanguage().expression('null')).constant).toBeNull();
    expect(ready(aLanguage().expression('a'))).not.toHaveProperty('constant');
    expect(ready(aLanguage().expression('"x"[1]'))).not.toHaveProperty('constant');
  });

  test('keeps regular expressions and typed functions on the left of a default', async () => {
    expect(await evaluate('$match(a, /b+/).match ?? "none"', { a: 'abbc' })).toBe('bb');
    expect(await evaluate('$match(a, /b+/).match ?: "none"', { a: 'xyz' })).toBe('none');
    expect(await evaluate('(function($x)<n:n>{ $x })(1) ?? 2')).toBe(1);
  });

  test('keeps what partial application and $map know of a function', async () => {
    expect(await evaluate('$map(["a", "b"], $pad(?, 3, "-"))')).toStrictEqual(['a--', 'b--']);
    expect(await evaluate('$map([1, 2], $string)')).toStrictEqual(['1', '2']);
    expect(await evaluate('$map(["020 7946 0958", "020 7946 0959"], $e164)')).toStrictEqual([
      '+442079460958',
      '+442079460959',
    ]);
    expect(await evaluate('(202) ~> $string ~> $length')).toBe(3);
    expect(await evaluate('["a", "b"].$uppercase()')).toStrictEqual(['A', 'B']);
  });
});

describe('a failure', () => {
  test('is an ExpressionError with the code and the place, and no stack of JSONata', async () => {
    const failure = await evaluate('1 + $lowercase(5)').catch((thrown: unknown) => thrown);

    expect(failure).toBeInstanceOf(ExpressionError);
    expect((failure as Error).message).toContain('(T0410, at character 5: `$lowercase`)');
    expect((failure as Error).message).not.toContain('\n');
  });

  test('inside of a function points at the failed call, not at the one around it', async () => {
    await expect(evaluate('$map([1], function($x) { $lowercase($x) })')).rejects.toThrow(
      'at character 26: `$lowercase`',
    );
  });

  test('says which operator it was, and what may help', async () => {
    await expect(evaluate('a + 1', { a: 'x' })).rejects.toThrow(/T2001, at character 3: `\+`/);
    await expect(evaluate('a + 1', { a: 'x' })).rejects.toThrow('`&` joins texts');
    await expect(evaluate('a < 1', { a: 'x' })).rejects.toThrow('$num');
  });

  test('keeps the words of $error and $assert, cut to a length', async () => {
    await expect(evaluate('$error("No venue")')).rejects.toThrow(/^No venue \(D3137/);
    await expect(evaluate('$assert(false, a)', { a: 'x'.repeat(5000) })).rejects.toThrow(/^x{300}…/);
  });

  test('is what a function, or a number that JSON has not, as result is', async () => {
    for (const source of [
      '$sum',
      'function($x) { $x }',
      '[$sum]',
      '{ "f": $sum }',
      '/a/',
      '$substring(?, 1)',
    ])
      await expect(evaluate(source)).rejects.toThrow('it yields a function');
    await expect(evaluate('1 / 0')).rejects.toThrow('not finite');
  });
});
