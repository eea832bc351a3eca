import { describe, expect, test } from 'vitest';
import { compileJson } from '../../src/expression/json-template.ts';
import type { Json } from '../../src/model/json.ts';
import { aLanguage, frozen } from './a-language.ts';

async function filled(value: Json, input: unknown = {}): Promise<unknown> {
  const compiled = compileJson(frozen(value), aLanguage());
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.run(input, {});
}

describe('a JSON template', () => {
  test('fills its strings in and keeps everything else', async () => {
    const value = {
      name: 'Hi {{ a }}',
      n: '{{ n }}',
      list: ['x', '{{ a }}', 1, null, true],
      deep: { er: [{ a: '{{ a }}' }] },
    };

    expect(await filled(value, { a: 'Ann', n: 5 })).toStrictEqual({
      name: 'Hi Ann',
      n: 5,
      list: ['x', 'Ann', 1, null, true],
      deep: { er: [{ a: 'Ann' }] },
    });
  });

  test('leaves out what yields nothing', async () => {
    expect(
      await filled({ a: '{{ x }}', b: ['{{ x }}', 'y'], c: { d: '{{ x }}' }, e: 'a{{ x }}' }),
    ).toStrictEqual({
      b: ['y'],
      c: {},
      e: 'a',
    });
    expect(await filled('{{ x }}')).toBeUndefined();
    expect(await filled(['{{ x }}'])).toStrictEqual([]);
  });

  test('without holes is a constant, copied for each run', async () => {
    const value = frozen({ a: ['x', 1] });
    const compiled = compileJson(value, aLanguage());

    expect(compiled).toMatchObject({ ok: true, constant: value });
    expect(await filled(value)).toStrictEqual(value);
    expect(await filled(value)).not.toBe(value);
  });

  test('names of properties are literal, even odd ones', async () => {
    const odd = JSON.parse('{ "{{ a }}": "x", "__proto__": { "polluted": "{{ a }}" } }') as Json;

    const result = await filled(odd, { a: 1 });

    expect(result).toHaveProperty(['{{ a }}'], 'x');
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  test('tells the path of a mistake, with its place in the string', () => {
    const compiled = compileJson({ a: [{ b: 'x' }, { b: 'Hi {{ c == 1 }}' }] }, aLanguage());

    expect(compiled).toMatchObject({ ok: false, path: ['a', 1, 'b'], offset: 8, length: 2 });
  });

  test('tells what its strings use, each with its path', () => {
    const compiled = compileJson({ a: '{{ $since }}', b: ['{{ $from }}'] }, aLanguage());

    if (!compiled.ok) throw new Error(compiled.message);
    expect(compiled.uses.variables.map(({ name }) => name)).toStrictEqual(['since', 'from']);
    expect(compiled.texts.map(({ path }) => path)).toStrictEqual([['a'], ['b', 0]]);
  });
});
