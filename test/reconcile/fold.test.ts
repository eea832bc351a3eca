import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Desired, Member } from '../../src/model/desired.ts';
import { foldMembers, tagKey } from '../../src/reconcile/fold.ts';
import { aMember } from '../support/rows.ts';

const desired = (
  wish: Partial<Omit<Desired, 'tags'>> & { tags?: Partial<Desired['tags']> } = {},
): Desired => ({
  sync: 'contacts',
  always: {},
  onCreate: {},
  ...wish,
  tags: { sticky: [], owned: [], remove: [], ...wish.tags },
});

test("the newest member's fields stand, by its own word and not by when it came", () => {
  const fold = foldMembers([
    aMember({ key: '1', updatedMs: 200, asOf: 1, desired: desired({ always: { firstName: 'newest' } }) }),
    aMember({ key: '2', updatedMs: 100, asOf: 9, desired: desired({ always: { firstName: 'older' } }) }),
  ]);

  expect(fold.always).toEqual({ firstName: 'newest' });
});

test('a field that the newest does not name is not taken from an older member of the same sync', () => {
  const fold = foldMembers([
    aMember({ key: '1', asOf: 1, desired: desired({ always: { city: 'Leeds' } }) }),
    aMember({ key: '2', asOf: 2, desired: desired({ always: { firstName: 'Ann' } }) }),
  ]);

  expect(fold.always).toEqual({ firstName: 'Ann' });
});

test("two syncs' fields are laid over each other, the newer sync's on top", () => {
  const fold = foldMembers([
    aMember({
      sync: 'a',
      asOf: 2,
      desired: desired({ sync: 'a', always: { firstName: 'A', city: 'Leeds' } }),
    }),
    aMember({
      sync: 'b',
      asOf: 1,
      desired: desired({ sync: 'b', always: { firstName: 'B', website: 'w' } }),
    }),
  ]);

  expect(fold.always).toEqual({ firstName: 'A', city: 'Leeds', website: 'w' });
});

test('a tag that any member wants is wanted, and not removed for another', () => {
  const fold = foldMembers([
    aMember({ key: '1', desired: desired({ tags: { owned: ['Booked'] } }) }),
    aMember({ key: '2', desired: desired({ tags: { remove: ['booked ', 'Lost'] } }) }),
  ]);

  expect(fold.tags).toEqual(['Booked']);
  expect(fold.remove).toEqual(['lost']);
});

test('a tag that some rule wants for good is owned by none', () => {
  const fold = foldMembers([
    aMember({ key: '1', desired: desired({ tags: { owned: ['VIP', 'booked'] } }) }),
    aMember({ key: '2', desired: desired({ tags: { sticky: ['vip'] } }) }),
  ]);

  expect(fold.owned).toEqual({ contacts: ['booked'] });
});

test('of equally new members the one accepted last counts', () => {
  const fold = foldMembers([
    aMember({ key: '1', sequence: 2, desired: desired({ always: { firstName: 'last' } }) }),
    aMember({ key: '2', sequence: 1, desired: desired({ always: { firstName: 'first' } }) }),
  ]);

  expect(fold.always).toEqual({ firstName: 'last' });
});

test('a sync is as new as its newest record, whatever it brought before another', () => {
  const of = (sync: string, asOf: number) =>
    aMember({
      sync,
      key: String(asOf),
      asOf,
      desired: desired({ sync, always: { firstName: `${sync}${asOf}` } }),
    });

  expect(foldMembers([of('a', 1), of('b', 2), of('a', 3)]).always).toEqual({ firstName: 'a3' });
});

test('fields that are set on create only are laid over each other as the others are', () => {
  const fold = foldMembers([
    aMember({ sync: 'a', asOf: 2, desired: desired({ sync: 'a', onCreate: { source: 'A' } }) }),
    aMember({ sync: 'b', asOf: 1, desired: desired({ sync: 'b', onCreate: { source: 'B', type: 'lead' } }) }),
  ]);

  expect(fold.onCreate).toEqual({ source: 'A', type: 'lead' });
});

test('the parent is that of the newest member, also where it has none', () => {
  const child = (asOf: number, parent?: string) =>
    aMember({ key: String(asOf), asOf, desired: desired(parent === undefined ? {} : { parent }) });

  expect(foldMembers([child(1, 'old'), child(2, 'new')])).toMatchObject({ parent: 'new' });
  expect(foldMembers([child(1, 'old'), child(2)])).not.toHaveProperty('parent');
});

test('a field for empty targets stands unless some sync keeps it as it wants it; nothing can be empty of null', () => {
  const fold = foldMembers([
    aMember({ sync: 'a', desired: desired({ sync: 'a', always: { city: 'Leeds', state: null } }) }),
    aMember({
      sync: 'b',
      desired: desired({ sync: 'b', onEmpty: { city: 'York', state: 'x', phone: '1', name: null } }),
    }),
  ]);

  expect(fold.onEmpty).toEqual({ phone: '1' });
  expect(foldMembers([aMember()])).not.toHaveProperty('onEmpty');
});

test('each sync owns what any of its records wants, once', () => {
  const owned = (sync: string, key: string, tags: readonly string[]) =>
    aMember({ sync, key, desired: desired({ sync, tags: { owned: tags } }) });

  const fold = foldMembers([
    owned('a', '1', ['x']),
    owned('a', '2', ['Y', 'X ']),
    owned('b', '1', ['x']),
    owned('c', '1', []),
  ]);

  expect(fold.owned).toEqual({ a: ['x', 'y'], b: ['x'], c: [] });
  expect(fold.tags.map(tagKey)).toEqual(['x', 'y']);
});

test('what a farewell would leave is unwanted, unless some member wants it', () => {
  const farewell = (key: string, tags: readonly string[], sticky: readonly string[] = []) =>
    aMember({ key, desired: desired({ tags: { farewell: tags, sticky } }) });

  expect(foldMembers([farewell('1', ['Gone ', 'left']), farewell('2', ['gone'], ['Left'])]).farewell).toEqual(
    ['gone'],
  );
  expect(foldMembers([aMember()]).farewell).toEqual([]);
});

test.for([
  ['what its source says of its change', { updatedMs: 2 }, { updatedMs: 1, asOf: 9, sequence: 9, key: 'z' }],
  ['when it came, where its source says nothing', { asOf: 2 }, { asOf: 1, sequence: 9, key: 'z' }],
  ['when it came, beside a source that says', { asOf: 7 }, { updatedMs: 6, asOf: 9, key: 'z' }],
  [
    'when it came, where both changed at once',
    { updatedMs: 1, asOf: 2 },
    { updatedMs: 1, asOf: 1, sequence: 9, key: 'z' },
  ],
  ['when it was accepted, where both came at once', { sequence: 2 }, { sequence: 1, key: 'z' }],
  ['its name, where nothing else tells', { key: 'b' }, { key: 'a' }],
  ['its tenant first', { tenant: 'b', sync: 'a', key: 'a' }, { tenant: 'a', sync: 'z', key: 'z' }],
] as const)('the newest is told by %s', ([, newer, older]) => {
  const member = (wish: object, firstName: string) =>
    aMember({ key: 'a', asOf: 1, ...wish, desired: desired({ always: { firstName } }) });
  const [a, b] = [member(newer, 'newer'), member(older, 'older')];

  expect(foldMembers([a, b]).always).toEqual({ firstName: 'newer' });
  expect(foldMembers([b, a]).always).toEqual({ firstName: 'newer' });
});

test('the fold does not depend on the order in which the store yields its members', () => {
  const member = fc
    .record({
      key: fc.string({ minLength: 1, maxLength: 2 }),
      sync: fc.constantFrom('a', 'b'),
      updatedMs: fc.option(fc.integer({ min: 0, max: 3 })),
      asOf: fc.integer({ min: 0, max: 3 }),
      name: fc.string({ maxLength: 2 }),
      tag: fc.constantFrom('x', 'y', 'X'),
    })
    .map(({ key, sync, updatedMs, asOf, name, tag }) => ({
      key,
      sync,
      updatedMs,
      asOf,
      desired: desired({ sync, always: { [sync]: name, shared: name }, tags: { owned: [tag] } }),
    }));
  const members = fc
    .uniqueArray(member, { selector: ({ sync, key }) => `${sync} ${key}`, minLength: 1, maxLength: 6 })
    .map((list): Member[] => list.map((one, at) => aMember({ ...one, sequence: at % 3 })));

  fc.assert(
    fc.property(members, fc.infiniteStream(fc.nat()), (list, ranks) => {
      const shuffled = list
        .map((one) => ({ one, rank: ranks.next().value as number }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ one }) => one);

      expect(foldMembers(shuffled)).toEqual(foldMembers(list));
    }),
  );
});
