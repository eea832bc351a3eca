import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../../src/model/expression.ts';
import { splitText } from '../../src/expression/text.ts';
import { aLanguage, blamed, ready, wrong } from './a-language.ts';

async function filled(
  source: string,
  input: unknown = {},
  mode: 'fill' | 'all' | 'path' = 'fill',
): Promise<unknown> {
  return ready(aLanguage().text(source, mode)).run(input, {});
}

describe('text', () => {
  test('without holes is itself, and says its constant', async () => {
    for (const source of ['', 'booked', ' a }} b { c', '{ "a": 1 }', '$x']) {
      const compiled = ready(aLanguage().text(source));

      expect(compiled.constant).toBe(source);
      expect(await compiled.run({}, {})).toBe(source);
    }
  });

  test('that is one hole keeps the type of the value', async () => {
    expect(await filled('{{ n }}', { n: 5 })).toBe(5);
    expect(await filled(' {{n}}\n', { n: [1, 'a'] })).toStrictEqual([1, 'a']);
    expect(await filled('{{ n }}', { n: null })).toBeNull();
    expect(await filled('{{ n }}', { n: { a: true } })).toStrictEqual({ a: true });
    expect(await filled('{{ n }}')).toBeUndefined();
  });

  test('with more than a hole is text', async () => {
    expect(await filled('event:{{ n }}', { n: 5 })).toBe('event:5');
    expect(await filled('{{ a }}{{ b }}', { a: 1, b: true })).toBe('1true');
    expect(await filled('{{ a }} {{ b }}', { a: 0.1 + 0.2, b: 1e21 })).toBe('0.3 1e+21');
    expect(await filled('<{{ missing }}|{{ n }}>', { n: null })).toBe('<|>');
  });

  test('for a path escapes what its holes yield, and is nothing where one yields nothing', async () => {
    expect(await filled('/a/{{ n }}/{id}', { n: 'x/../y?z' }, 'path')).toBe('/a/x%2F..%2Fy%3Fz/{id}');
    expect(await filled('{{ n }}', { n: '/b' }, 'path')).toBe('%2Fb');
    expect(await filled('/a/{{ n }}', {}, 'path')).toBeUndefined();
    expect(await filled('/a/{{ n }}', { n: '...' }, 'path')).toBe('/a/...');
    for (const n of ['.', '..', '\ud800'])
      await expect(filled('/a/{{ n }}/b', { n }, 'path')).rejects.toThrow(ExpressionError);
  });

  test('numbers in longer text are written as $string writes them', async () => {
    for (const n of [1.1, 1 / 3, 1e-7, 123456789.12345678, 1e21, -0.1, 5e-324, 1.7976931348623157e308])
      expect(await filled('{{ n }}|', { n })).toBe(`${String(await filled('{{ $string(n) }}', { n }))}|`);
  });

  test('a list or object in longer text is an error that names $join', async () => {
    await expect(filled('a {{ n }}', { n: [1, 2] })).rejects.toThrow('$join');
    await expect(filled('a {{ n }}', { n: { b: 1 } })).rejects.toThrow('$string');
  });

  test('in mode all is nothing when a hole has no value', async () => {
    expect(await filled('event:{{ t }}', { t: 'Wedding' }, 'all')).toBe('event:Wedding');
    expect(await filled('event:{{ t }}', {}, 'all')).toBeUndefined();
    expect(await filled('event:{{ t }}', { t: null }, 'all')).toBeUndefined();
    expect(await filled('event:{{ t }}', { t: '' }, 'all')).toBeUndefined();
    expect(await filled('{{ t }}', { t: '' }, 'all')).toBeUndefined();
    expect(await filled('{{ t }}', { t: ['a', 'b'] }, 'all')).toStrictEqual(['a', 'b']);
    expect(await filled('{{ t }}', { t: false }, 'all')).toBe(false);
  });

  test('a hole may hold braces, strings, backquotes, comments and regular expressions', async () => {
    const record = { a: 'x', '}}': 'odd' };

    expect(await filled('{{ {"a": {"b": 1}}.a.b }}')).toBe(1);
    expect(await filled('{{{"a":{"b":1}}.a.b}}!')).toBe('1!');
    expect(await filled('{{ {"a":{"b":2}}}}', record)).toStrictEqual({ a: { b: 2 } });
    expect(await filled('{{ "}}" }}')).toBe('}}');
    expect(await filled(`{{ '}}"' & "'}}" }}`)).toBe(`}}"'}}`);
    expect(await filled('{{ "\\"}}" }}')).toBe('"}}');
    expect(await filled('{{ `}}` }}!', record)).toBe('odd!');
    expect(await filled('{{ a /* }} */ }}!', record)).toBe('x!');
    expect(await filled('{{ $replace("a}}b", /\\}\\}/, "-") }}')).toBe('a-b');
    expect(await filled(`{{ $replace('a"b', /"/, "-") }}!`)).toBe('a-b!');
    expect(await filled('{{ 6 / 3 }}{{ 4 / 2 }}')).toBe('22');
    expect(await filled('{{ "{{" }} is literal')).toBe('{{ is literal');
  });

  test('a hole that is never closed is blamed on its braces', () => {
    for (const source of ['Hi {{ a }', 'Hi {{ {"a": 1 }}', 'Hi {{', 'Hi {{ /* }}']) {
      const compiled = wrong(aLanguage().text(source));

      expect(compiled).toMatchObject({ offset: 3, length: 2 });
      expect(compiled.remedy).toContain('}}');
    }
  });

  test('a quote that takes the end of its hole for text is what is blamed', () => {
    const compiled = wrong(aLanguage().text(`Hi {{ a = 'x" ? b }}, bye`));

    expect(compiled).toMatchObject({ offset: 10, length: `'x" ? b`.length });
    expect(compiled.remedy).toContain("Close the text with '");
  });

  test('an empty hole is blamed whole', () => {
    for (const hole of ['{{}}', '{{  }}'])
      expect(blamed(`a ${hole} b`, wrong(aLanguage().text(`a ${hole} b`)))).toBe(hole);
    expect(wrong(aLanguage().text('a {{ /* x */ }} b')).message).toContain('empty');
  });

  test('a failure in a hole says where in the whole text', async () => {
    await expect(filled('Hi {{ $lowercase(5) }}')).rejects.toThrow('at character 7: `$lowercase`');
  });

  test('is the concatenation of its literal parts and its holes', async () => {
    const literal = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !text.includes('{{') && !text.endsWith('{'));
    const piece = fc.oneof(
      literal.map((text) => ({ source: text, yields: text })),
      fc
        .string({ unit: 'grapheme' })
        .map((text) => ({ source: `{{ ${JSON.stringify(text)} }}`, yields: text })),
      fc.integer().map((n) => ({ source: `{{${n}}}`, yields: String(n) })),
      fc.string().map((text) => ({ source: `{{ {"}}": ${JSON.stringify(text)}}.\`}}\` }}`, yields: text })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 2 }), async (pieces) => {
        const source = pieces.map((each) => each.source).join('');
        fc.pre(pieces.filter((each) => each.source.trim() !== '').length > 1);

        expect(await filled(source)).toBe(pieces.map((each) => each.yields).join(''));
      }),
    );
  });

  test('splits any text without losing a character, or says what is not closed', () => {
    const character = fc.constantFrom(
      '{',
      '}',
      '{{',
      '}}',
      '"',
      "'",
      '`',
      '/',
      '*',
      '\\',
      'a',
      ' ',
      '$',
      '(',
      ')',
      '[',
      ']',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const source = characters.join('');

        const parts = splitText(source);

        if ('message' in parts) expect(source.slice(parts.offset)).toMatch(/^(?:\{\{|["'])/);
        else
          expect(
            parts.map((part) => (part.kind === 'hole' ? `{{${part.source}}}` : part.text)).join(''),
          ).toBe(source);
        aLanguage().text(source);
        aLanguage().expression(source);
      }),
      { numRuns: 2000 },
    );
  });
});
