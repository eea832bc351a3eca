import { describe, expect, test } from 'vitest';
import { farewellOf, farewellTags, isDeleted, likelyFarewell } from '../../src/map/departure.ts';
import type { Expression } from '../../src/model/expression.ts';
import { aSource, broken, constant, failing, prop, variable } from '../support/syncs.ts';

const scope = { record: { id: 7, gone: true, left: 'left-7' }, bindings: { event: 'booking.deleted' } };

describe('what becomes of a target that its last record has left', () => {
  test.for([{ type: 'ignore' }, { type: 'delete' }] as const)('is as declared: $type', async (departure) => {
    expect(await farewellOf(departure, scope)).toEqual(departure);
  });

  test('may be a tag, made of the record or its variables', async () => {
    expect(await farewellOf({ type: 'tag', tag: prop('left') }, scope)).toEqual({
      type: 'tag',
      tags: ['left-7'],
    });
    expect(await farewellOf({ type: 'tag', tag: variable('event') }, scope)).toMatchObject({
      tags: ['booking.deleted'],
    });
  });

  test('may be several tags, without those that are none', async () => {
    expect(await farewellOf({ type: 'tag', tag: constant(['a', ' ', 3, null, 'b']) }, scope)).toEqual({
      type: 'tag',
      tags: ['a', 'b'],
    });
  });

  test.for([undefined, null, '', '  ', 7, [], ['']])('is nothing where the tag is %j', async (value) => {
    expect(await farewellOf({ type: 'tag', tag: constant(value) }, scope)).toEqual({ type: 'ignore' });
  });
});

describe('the tags that a record would be sent away with', () => {
  const tag = (expression: Expression) => ({ type: 'tag', tag: expression }) as const;

  test('are those of both departures', async () => {
    const onDelete = tag(prop('left'));

    expect(await farewellTags({ onDelete, onLeave: { type: 'delete' } }, scope)).toEqual(['left-7']);
    expect(await farewellTags({ onDelete, onLeave: tag(constant(['a', 'b'])) }, scope)).toEqual([
      'left-7',
      'a',
      'b',
    ]);
  });

  test('are none where they can not be told, but a bug is no such thing', async () => {
    const onLeave = tag(constant('a'));

    expect(await farewellTags({ onDelete: tag(failing('odd')), onLeave }, scope)).toEqual(['a']);
    expect(await likelyFarewell(tag(failing('odd')), scope)).toEqual({ type: 'ignore' });
    await expect(farewellTags({ onDelete: tag(broken), onLeave }, scope)).rejects.toThrow(TypeError);
  });
});

describe('a record is deleted', () => {
  test('where its source says so, of the record or its variables', async () => {
    expect(await isDeleted(aSource({ deleted: prop('gone') }), scope)).toBe(true);
    expect(await isDeleted(aSource({ deleted: variable('event') }), scope)).toBe(true);
  });

  test('by nothing else', async () => {
    expect(await isDeleted(aSource(), scope)).toBe(false);
    expect(await isDeleted(aSource({ deleted: prop('missing') }), scope)).toBe(false);
  });
});
