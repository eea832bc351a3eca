import { expect, test } from 'vitest';
import { isTrue, scopeOf, withBefore } from '../../src/map/scope.ts';
import { aSource, prop, variable } from '../support/syncs.ts';

test('null and "" count as missing, unless the source keeps them', async () => {
  const record = { id: 1, city: '', phone: null, guests: [{ name: '' }] };

  const cleaned = await scopeOf(aSource(), record, {});
  const kept = await scopeOf(aSource({ keepEmpty: true }), record, {});

  expect(cleaned.record).toEqual({ id: 1, guests: [{}] });
  expect(kept.record).toEqual(record);
});

test("a source's variables are bound in order: a later one sees the earlier ones and the cleaned record", async () => {
  const source = aSource({
    let: [
      { name: 'first', value: prop('name') },
      { name: 'second', value: variable('first') },
      { name: 'town', value: (record) => Promise.resolve('city' in (record as object)) },
    ],
  });

  const { bindings } = await scopeOf(source, { name: 'Ann', city: '' }, { event: 'booking.updated' });

  expect(bindings).toEqual({ event: 'booking.updated', first: 'Ann', second: 'Ann', town: false });
});

test('the variables of one record are not seen by the next', async () => {
  const given = { event: 'e' };

  await scopeOf(aSource({ let: [{ name: 'first', value: prop('name') }] }), { name: 'Ann' }, given);

  expect(given).toEqual({ event: 'e' });
});

test('`$before` is the record as it was accepted before, cleaned as the record is; a new one has none', () => {
  const scope = { record: { id: 1 }, bindings: { event: 'e' } };
  const before = { id: 1, city: '' };

  expect(withBefore(scope, aSource(), null)).toBe(scope);
  expect(withBefore(scope, aSource(), before)).toEqual({
    record: { id: 1 },
    bindings: { event: 'e', before: { id: 1 } },
  });
  expect(withBefore(scope, aSource({ keepEmpty: true }), before).bindings['before']).toEqual(before);
});

test.for([
  [undefined, false],
  [null, false],
  ['', false],
  [0, false],
  [false, false],
  [{}, false],
  [[], false],
  [[0, '', []], false],
  ['no', true],
  [-1, true],
  [true, true],
  [{ a: undefined }, true],
  [[0, 1], true],
  [[[], [{ a: 1 }]], true],
] as const)('%j is true as JSONata has it: %s', ([value, expected]) => {
  expect(isTrue(value)).toBe(expected);
});
