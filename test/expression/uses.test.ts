import { describe, expect, test } from 'vitest';
import { aLanguage, ready } from './a-language.ts';

function usesOf(source: string) {
  return ready(aLanguage().expression(source)).uses;
}
function variables(source: string): string[] {
  return usesOf(source).variables.map(({ name }) => name);
}

describe('what a source uses', () => {
  test('variables are the names that nothing binds', () => {
    expect(variables('$person & $vars.CITY & $before.status')).toStrictEqual(['person', 'vars', 'before']);
    expect(variables('$ & $$ & $sum([1]) & $map(a, $string)')).toStrictEqual([]);
    expect(variables('$map(a, $lowrcase)')).toStrictEqual(['lowrcase']);
    expect(variables('$a ?? $b ?: $c')).toStrictEqual(['a', 'b', 'c']);
    expect(variables('a[$x].{ "k": $y }^(>$z)')).toStrictEqual(['x', 'y', 'z']);
    expect(variables('a{ $k: $v } ~> |$p|$u, $d|')).toStrictEqual(['k', 'v', 'p', 'u', 'd']);
  });

  test('names of blocks, functions and steps are not among them', () => {
    expect(variables('($x := $y; $x)')).toStrictEqual(['y']);
    expect(variables('(($x := 1); $x)')).toStrictEqual(['x']);
    expect(variables('($x := $x + 1; $x)')).toStrictEqual(['x']);
    expect(variables('function($a, $b) { $a & $b & $c }')).toStrictEqual(['c']);
    expect(variables('(function($a) { $a })(1) & $a')).toStrictEqual(['a']);
    expect(variables('a@$v#$i.b[$v.id = c]{ $string($i): $v }')).toStrictEqual([]);
    expect(variables('$map(a, function($x) { $x.b@$v.c[$v = 1] })')).toStrictEqual([]);
    expect(variables('function($x) { ($y := $x; $y) }')).toStrictEqual([]);
    expect(
      variables('($even := function($n) { $odd($n) }; $odd := function($n) { $even($n) }; $even(1))'),
    ).toStrictEqual([]);
  });

  test('a reference has the characters of the name', () => {
    const source = '"é😀" & $person';

    const [person] = usesOf(source).variables;

    expect(source.slice(person!.offset, person!.offset + person!.length)).toBe('$person');
  });

  test('functions are called names, with the number of arguments and whether they are there', () => {
    expect(usesOf('$lowrcase(a) & $sum([1, 2])').functions).toStrictEqual([
      { name: 'lowrcase', offset: 0, length: 9, arguments: 1, known: false },
      { name: 'sum', offset: 15, length: 4, arguments: 1, known: true },
    ]);
    expect(usesOf('a ~> $table("hire", "x")').functions).toMatchObject([{ name: 'table', arguments: 3 }]);
    expect(usesOf('($f := function($x) { $f($x) }; $f(1))').functions).toStrictEqual([]);
    expect(usesOf('$outcome("welcome").id')).toMatchObject({
      variables: [{ name: 'outcome' }],
      functions: [{ name: 'outcome', known: false }],
    });
  });

  test('results are literal first arguments of $result, told without a name where they are not', () => {
    const { results } = usesOf('$result("a").id & $result(b).id');

    expect(results).toStrictEqual([
      { name: 'a', offset: 8, length: 3 },
      { name: '', offset: 18, length: 7 },
    ]);
  });

  test('tables are literal first arguments of $table', () => {
    const source = '$table("hire", a) & ("extra" ~> $table(b)) & $table($x, 1)';

    const { tables } = usesOf(source);

    expect(
      tables.map(({ name, offset, length }) => [name, source.slice(offset, offset + length)]),
    ).toStrictEqual([
      ['hire', '"hire"'],
      ['extra', '"extra"'],
    ]);
  });

  test('in text, offsets count from the start of the text', () => {
    const source = 'Hi {{ $a }}, {{ $table("t", $b) }}';

    const { variables: found, functions, tables } = ready(aLanguage().text(source)).uses;

    for (const { name, offset, length } of [...found, ...functions])
      expect(source.slice(offset, offset + length)).toBe(`$${name}`);
    expect(tables).toStrictEqual([{ name: 't', offset: source.indexOf('"t"'), length: 3 }]);
    expect(found.map(({ name }) => name)).toStrictEqual(['a', 'b']);
  });
});
