import { describe, expect, test } from 'vitest';
import { elementsOf } from '../../src/map/elements.ts';
import type { Expression } from '../../src/model/expression.ts';
import { ExpressionError } from '../../src/model/expression.ts';
import { aSync, broken, constant, failing, prop, variable } from '../support/syncs.ts';

const scope = { record: { id: 7, guests: [{ name: 'Ann' }, { name: 'Joe' }] }, bindings: { event: 'e' } };
const taken = (each: Expression, key: Expression = prop('name')) => elementsOf(aSync({ each, key }), scope);
const named = (...names: readonly unknown[]) => constant(names.map((name) => ({ name })));
const keysOf = async (each: Expression) => (await taken(each)).elements.map(({ key }) => key);

test('a sync without `each` takes the record as it is', async () => {
  expect(await elementsOf(aSync(), scope)).toEqual({
    elements: [{ key: '', scope }],
    problems: [],
    complete: true,
  });
});

test('each element sees itself, its record and what the record sees', async () => {
  const bindings = { event: 'e', record: scope.record };

  expect(await taken(prop('guests'))).toEqual({
    elements: [
      { key: 'Ann', scope: { record: { name: 'Ann' }, bindings, whole: scope } },
      { key: 'Joe', scope: { record: { name: 'Joe' }, bindings, whole: scope } },
    ],
    problems: [],
    complete: true,
  });
});

test('`each` and `key` see the record as a variable', async () => {
  expect(await keysOf((_, { record }) => Promise.resolve((record as typeof scope.record).guests))).toEqual([
    'Ann',
    'Joe',
  ]);
  expect((await taken(constant({ name: 'x' }), variable('event'))).elements).toMatchObject([{ key: 'e' }]);
});

test.for([
  ['one value', { name: 'Ann' }, ['Ann']],
  ['an empty list', [], []],
  ['nothing', undefined, []],
  ['null', null, []],
] as const)('%s is a list, too', async ([, value, keys]) => {
  const { elements, complete } = await taken(constant(value));

  expect(elements.map(({ key }) => key)).toEqual(keys);
  expect(complete).toBe(true);
});

describe('an element without a key', () => {
  test.for([undefined, null, '', {}, 'x'.repeat(201)])(
    'such as %j is a problem; the others go on',
    async (odd) => {
      const { elements, problems, complete } = await taken(named('Ann', odd, 'Joe'));

      expect(elements.map(({ key }) => key)).toEqual(['Ann', 'Joe']);
      expect(complete).toBe(false);
      expect(problems).toEqual([
        {
          key: 'no-key 2',
          reason: expect.stringMatching(/^no-key: element 2 .*nothing/) as string,
          remedy: expect.stringContaining('syncs.contacts.key') as string,
        },
      ]);
    },
  );

  test('is one whose key fails, in its words', async () => {
    expect(await taken(named('Ann'), failing('odd'))).toMatchObject({
      elements: [],
      problems: [{ key: 'no-key 1', reason: 'odd' }],
      complete: false,
    });
  });

  test('may have one of 200 letters, and every one needs a sync that says it', async () => {
    expect(await keysOf(named('x'.repeat(200)))).toEqual(['x'.repeat(200)]);
    expect(await elementsOf(aSync({ each: prop('guests') }), scope)).toMatchObject({
      elements: [],
      complete: false,
    });
  });
});

test('elements that can not be told apart are none: which is which could change with their order', async () => {
  const { elements, problems, complete } = await taken(named('Ann', 'Joe', 'Ann', 'Ann'));

  expect(elements.map(({ key }) => key)).toEqual(['Joe']);
  expect(problems).toEqual([
    {
      key: 'Ann',
      reason: '3 elements of this record have the key "Ann"',
      remedy: expect.stringContaining('syncs.contacts.key') as string,
    },
  ]);
  expect(complete).toBe(true);
});

test('an `each` that fails is told by whoever asked; a bug is never a problem of the record', async () => {
  await expect(taken(failing('odd'))).rejects.toThrow(ExpressionError);
  await expect(taken(named('Ann'), broken)).rejects.toThrow(TypeError);
});
