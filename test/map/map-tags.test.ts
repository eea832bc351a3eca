import { describe, expect, test } from 'vitest';
import { mapTags } from '../../src/map/map-tags.ts';
import { ExpressionError } from '../../src/model/expression.ts';
import type { TagRule } from '../../src/model/sync.ts';
import { aSync, constant, prop, variable } from '../support/syncs.ts';

const scope = { record: { id: 7, vip: true, town: 'Leeds' }, bindings: { event: 'booking.updated' } };
const rule = (wish: Partial<TagRule>): TagRule => ({ add: [], remove: [], owns: false, ...wish });
const tagsOf = (...rules: TagRule[]) => mapTags(aSync({ tags: rules }), scope, () => undefined);

test('a rule with `else: remove` owns its tags, one without leaves them for good', async () => {
  expect(
    await tagsOf(
      rule({ add: [constant('stays')] }),
      rule({ add: [prop('town')], owns: true }),
      rule({ remove: [variable('event')] }),
    ),
  ).toEqual({ sticky: ['stays'], owned: ['Leeds'], remove: ['booking.updated'] });
});

test('a rule whose `when` does not hold wants nothing, also where it owns', async () => {
  expect(
    await tagsOf(
      rule({ when: prop('missing'), add: [constant('a')], remove: [constant('b')], owns: true }),
      rule({ when: prop('vip'), add: [constant('vip')] }),
      rule({ when: variable('event'), remove: [constant('old')] }),
    ),
  ).toEqual({ sticky: ['vip'], owned: [], remove: ['old'] });
});

test('each tag is wanted once, with its spelling', async () => {
  expect(
    await tagsOf(rule({ add: [constant('VIP'), constant('VIP')] }), rule({ add: [constant('VIP')] })),
  ).toMatchObject({ sticky: ['VIP'] });
});

describe('what an expression yields', () => {
  test.for([
    ['nothing', undefined, []],
    ['null', null, []],
    ['blank text', '  ', []],
    ['text with blank edges', ' vip ', ['vip']],
    ['a number', 7, ['7']],
    ['a boolean', false, ['false']],
    ['a list', ['a', null, 2, ''], ['a', '2']],
    ['an empty list', [], []],
  ] as const)('%s: %j', async ([, value, tags]) => {
    expect(await tagsOf(rule({ add: [constant(value)] }))).toMatchObject({ sticky: tags });
  });

  test.for([{ a: 1 }, [['a']]])('%j is no tag: the expression failed', async (value) => {
    await expect(tagsOf(rule({ add: [constant(value)] }))).rejects.toThrow(ExpressionError);
    await expect(tagsOf(rule({ remove: [constant(value)] }))).rejects.toThrow('a tag is a text');
  });
});
