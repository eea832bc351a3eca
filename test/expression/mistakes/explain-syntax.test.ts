import { describe, expect, test } from 'vitest';
import { aLanguage, blamed, evaluate, wrong } from '../a-language.ts';

/** Source, the characters to blame, and a part of the remedy. */
const MISTAKES: [source: string, blame: string, remedy: string][] = [
  ['status == "x"', '==', 'Write `=`'],
  ['status === "x"', '===', 'Write `=`'],
  ['a !== b', '!==', 'Write `!=`'],
  ['a <> b', '<>', 'Write `!=`'],
  ['a && b', '&&', 'Write `and`'],
  ['a || b', '||', 'Write `or`'],
  ['!a', '!', '$not('],
  ['a => b', '=>', 'function($x)'],
  ['a AND b', 'AND', 'Write `and`'],
  ['a Or b', 'Or', 'Write `or`'],
  ['status is "x"', 'is', 'Write `=`'],
  ['not a', 'not a', '$not(a)'],
  ['not(a)', 'not', '$not('],
  ['lowercase(email)', 'lowercase', '$lowercase('],
  ['Number(guests)', 'Number', '$number('],
  ['first . " " . last', '.', 'Write `&`'],
  ['goals[0..1]', '..', 'list[[0..1]]'],
  ['# the stage\n"open"', '#', '/* … */'],
  ['a ? "b" : c "d" : "e"', '"d"', 'condition ? this : that'],
  ['status = “Confirmed”', '“', 'straight quotes'],
  ['status = ‘x’', '‘', 'straight quotes'],
  ['a\u00a0= 1', '\u00a0', 'ordinary blank'],
  ['if (a) b else c', 'if', 'condition ? this : that'],
  ['if a then b', 'if', 'condition ? this : that'],
  ['a then b', 'then', 'Write `?`'],
  ['a ? b, c', ',', 'brackets'],
  ['a ? "b" : ', ':', 'comes after'],
  ['a = ', '=', 'comes after'],
  ['a = "b" or', 'or', 'comes after'],
  ['"a" + ', '+', 'comes after'],
  ['a.b.', '.', 'comes after'],
  ['a "b', '"b', 'same quote'],
  ["a & 'b", "'b", 'same quote'],
  ['`abc', '`abc', 'backquote'],
  ['/* abc', '/* abc', '*/'],
  ['$match(a, /b', '/b', '/'],
  ['$match(a, //)', '//', '/* comment */'],
  ['$lowercase(email', '(', 'Close it with `)`'],
  ['[1, 2', '[', 'Close it with `]`'],
  ['{"a": 1', '{', 'Close it with `}`'],
  ['a[b = (1]', ']', 'Write `)`'],
  ['a }', '}', 'Take it out'],
  ['a)', ')', 'Take it out'],
  ['Event Date = "x"', 'Event Date', '`Event Date`'],
  ['a.b c', 'b c', '`b c`'],
  ['{{ first_name }}', '{{ first_name }}', 'what is inside'],
  ['"x" & ${NAME}', '${NAME}', '$vars.NAME'],
  ['x := 1', 'x', '$x := '],
  ['"a\\q"', '\\q', '\\\\'],
  ['a.0', '0', 'list[0]'],
  ['{ "a": b, }', ',', 'take it out'],
  ['[1, ]', ',', 'take it out'],
  ['{ first_name }', 'first_name', 'without braces'],
  ['info@example.com', '@', 'in quotes'],
  ['a ~ b', '~', '~>'],
  ['a ≠ b', '≠', 'Write `!=`'],
  ['a ≤ b', '≤', 'Write `<=`'],
  ['$lowercase email', 'email', '$lowercase(email)'],
  ['a ? b : c : d', ':', 'inner choice'],
  ['a ** 2', '**', '$power('],
  ['', '', 'name of a field'],
  [' /* nothing */ ', ' /* nothing */ ', 'name of a field'],
  ['$e164()', '$e164', '$e164(phone[, country])'],
  ['$num(1, 2)', '$num', '$num(value)'],
  ['a ~> $slug("x")', '$slug', '$slug(text)'],
  ['$table("x")', '$table', '$table(name, key[, default])'],
  ['$substring(a, 1, 2, 3)', '$substring', '$substring(text, start[, length])'],
];

describe('a mistake', () => {
  test.each(MISTAKES)('%s is blamed on %s, with a remedy', (source, blame, remedy) => {
    const compiled = wrong(aLanguage().expression(source));

    expect(blamed(source, compiled)).toBe(blame);
    expect(compiled.remedy).toContain(remedy);
    expect(compiled.message).not.toBe('');
  });

  test.each(
    MISTAKES.filter(
      ([source]) => !source.startsWith('{{') && source.trim() !== '' && !source.trim().startsWith('/*'),
    ),
  )('in a hole, %s is blamed on the same characters of the whole text', (source, blame) => {
    const text = `Hi {{ a }} é😀 {{${source} }}`;

    const compiled = aLanguage().text(text);

    if (compiled.ok) throw new Error('compiles');
    // what swallows the end of its hole is an unclosed hole
    const unclosed = compiled.message.includes('never closed') && blamed(text, compiled) === '{{';
    if (!unclosed) expect(blamed(text, compiled)).toBe(blame);
  });

  test('is not what only looks like one', async () => {
    const record = { and: 1, if: 2, not: 3, is: 4, 'a”b': 5 };
    const source =
      '{ "a": and, "b": if, "c": not, "d": is, "e": `a”b`, "f": "== && || ! “x” if (", "g": (1) /* == */ }';

    expect(await evaluate(source, record)).toStrictEqual({
      a: 1,
      b: 2,
      c: 3,
      d: 4,
      e: 5,
      f: '== && || ! “x” if (',
      g: 1,
    });
  });
});
