import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contact } from '../../src/catalog/ghl/contact.ts';
import { httpResource } from '../../src/catalog/http-resource.ts';
import type { Resource } from '../../src/catalog/resource.ts';
import type { HttpResource } from '../../src/model/http-resource.ts';
import { NOTHING_APPLIED, type Applied, type Link } from '../../src/model/link.ts';
import type { Step } from '../../src/model/step.ts';
import { adopt, advance, doubt, releaseSticky } from '../../src/reconcile/advance.ts';
import { decide, decideFarewell, decideMove } from '../../src/reconcile/decide.ts';
import { tagKey, type Fold } from '../../src/reconcile/fold.ts';
import { aFold } from '../support/folds.ts';
import { aLink } from '../support/rows.ts';
import { constant } from '../support/syncs.ts';

const applied = (wish: Partial<Applied>): Applied => ({ ...NOTHING_APPLIED, found: [], ...wish });
const stepFor = (fold: Fold, link?: Link): Step | undefined => {
  const decision = decide(fold, link, contact, null);
  return decision.type === 'step' ? decision.step : undefined;
};

const path = constant('/customers');
const request = { method: 'POST', route: '/customers', path, query: {}, headers: {} } as const;
const create = { request, pathNames: [], id: constant('c1'), records: constant([]) };
const unchangeable: HttpResource = { connection: 'shop', name: 'customer', create };
/** Of any REST API: it has no tags, and can not be read. */
const customer = httpResource({ ...unchangeable, update: create }, undefined);

describe('the next step', () => {
  test('without a link is a create with all fields and tags, without what is to be cleared', () => {
    const fold = aFold({
      always: { firstName: 'Ann', phone: null },
      onCreate: { source: 'web' },
      tags: ['A'],
    });

    expect(stepFor(fold)).toEqual({
      type: 'create',
      fields: { firstName: 'Ann', source: 'web' },
      tags: ['A'],
    });
  });

  test('after a delete of ours is a create again', () => {
    expect(stepFor(aFold(), aLink({ gone: true }))).toMatchObject({ type: 'create' });
  });

  test('is nothing where the target holds all of it, also as structures', () => {
    const fields = { dndSettings: { Call: { status: 'active' } }, firstName: 'Ann' };
    const link = aLink({ applied: applied({ fields }) });

    expect(
      stepFor(aFold({ always: { firstName: 'Ann', dndSettings: { Call: { status: 'active' } } } }), link),
    ).toBeUndefined();
  });

  test('is an update with just what differs; what was never applied differs from null', () => {
    const link = aLink({ applied: applied({ fields: { firstName: 'Ann', city: 'Leeds' } }) });

    expect(stepFor(aFold({ always: { firstName: 'Ann', city: null, phone: null } }), link)).toEqual({
      type: 'update',
      fields: { city: null, phone: null },
    });
  });

  test('never updates what only a create takes, nor what is only set on create', () => {
    const link = aLink({ applied: applied({ fields: {} }) });

    expect(stepFor(aFold({ always: { gender: 'f' }, onCreate: { source: 'web' } }), link)).toBeUndefined();
  });

  test('adds the missing tags before it removes the unwanted', () => {
    const link = aLink({ applied: applied({ tags: ['old'], owned: { contacts: ['old'] } }) });
    const fold = aFold({ tags: ['New'], owned: { contacts: ['new'] } });

    expect(stepFor(fold, link)).toEqual({ type: 'add-tags', tags: ['New'] });
  });

  test('compares tags without regard to case and edges', () => {
    const link = aLink({ applied: applied({ tags: ['vip'] }) });

    expect(stepFor(aFold({ tags: [' VIP '] }), link)).toBeUndefined();
  });

  test('looks at an adopted contact before a rule may own a tag of it', () => {
    const link = adopt(aLink());
    const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] } });

    expect(stepFor(fold, link)).toEqual({ type: 'read' });
    expect(stepFor(aFold({ tags: ['booked'] }), link)).toEqual({ type: 'add-tags', tags: ['booked'] });
  });

  test('takes away only what a rule owned', () => {
    const link = aLink({ applied: applied({ tags: ['mine', 'stays'], owned: { contacts: ['mine'] } }) });

    expect(stepFor(aFold(), link)).toEqual({ type: 'remove-tags', tags: ['mine'] });
  });

  test('removes what a rule wants absent once', () => {
    const fold = aFold({ remove: ['hot'] });

    expect(stepFor(fold, aLink({ applied: applied({}) }))).toEqual({ type: 'remove-tags', tags: ['hot'] });
    expect(stepFor(fold, aLink({ applied: applied({ absent: ['hot'] }) }))).toBeUndefined();
  });
});

describe('a create', () => {
  test('is told which of its tags rules own, where they own any', () => {
    const fold = aFold({ tags: ['a', 'b'], owned: { contacts: ['a'], notes: [] } });

    expect(stepFor(fold)).toEqual({
      type: 'create',
      fields: {},
      tags: ['a', 'b'],
      owned: { contacts: ['a'], notes: [] },
    });
    expect(stepFor(aFold({ owned: { contacts: [] } }))).not.toHaveProperty('owned');
  });

  test('sends each field once: what is kept up before what is for empty ones before what is set on create', () => {
    const fold = aFold({
      always: { a: 'always' },
      onEmpty: { a: 'empty', b: 'empty' },
      onCreate: { a: 'create', b: 'create', c: 'create' },
    });

    expect(stepFor(fold)).toMatchObject({ fields: { a: 'always', b: 'empty', c: 'create' } });
  });
});

test('a child of another parent than now is deleted, before anything of it is changed', () => {
  const child = aLink({ parentId: 'p1' });
  const fold = aFold({ always: { firstName: 'Ann' } });

  expect(decide(fold, child, contact, 'p2')).toEqual({ type: 'step', step: { type: 'delete' } });
  expect(decide(fold, child, contact, 'p1')).toMatchObject({ step: { type: 'update' } });
});

describe('a field that is only written where the target has nothing', () => {
  const fold = aFold({ always: { city: 'Leeds' }, onEmpty: { phone: '1', website: 'w' } });
  const link = aLink({ applied: applied({ fields: { city: 'Leeds' } }) });
  const decided = (vacant: readonly string[], wish: Partial<Applied> = {}, resource = contact) => {
    const known = aLink({ applied: applied({ fields: { city: 'Leeds' }, ...wish }) });
    const decision = decide(fold, known, resource, null, vacant);
    return decision.type === 'step' ? decision.step : undefined;
  };

  test('is looked for first, and written only where it was just seen to be empty', () => {
    expect(stepFor(fold, link)).toEqual({ type: 'read', empties: ['phone', 'website'] });
    expect(decided(['phone'])).toEqual({ type: 'read', empties: ['website'] });
    expect(decided(['phone'], { settled: ['website'] })).toEqual({ type: 'update', fields: { phone: '1' } });
    expect(decided(['phone', 'website'], { fields: {} })).toEqual({
      type: 'update',
      fields: { city: 'Leeds', phone: '1', website: 'w' },
    });
  });

  test('is done with once it was written or seen to be filled', () => {
    expect(decided([], { settled: ['phone', 'website'] })).toBeUndefined();
  });

  test('is never written where it can not be seen, or not be changed', () => {
    expect(decided([], {}, customer)).toBeUndefined();
    expect(decided([], {}, { ...contact, hidden: ['phone'], createOnly: ['website'] })).toBeUndefined();
    expect(
      decided([], {}, { ...customer, read: contact.read!, createOnly: ['phone', 'website'] }),
    ).toBeUndefined();
  });
});

test('a target that can not be changed is left as it is', () => {
  const fold = aFold({ always: { firstName: 'Ann' } });
  const decided = (resource: Resource) => decide(fold, aLink(), resource, null).type;

  expect(decided(customer)).toBe('step');
  expect(decided(httpResource(unchangeable, undefined))).toBe('nothing');
});

test('a resource without tags is asked for none', () => {
  const fold = aFold({ tags: ['a'] });

  expect(decide(fold, aLink(), customer, null)).toEqual({ type: 'nothing', reason: 'unchanged' });
  expect(decideFarewell({ type: 'tag', tags: ['gone'] }, aLink(), customer)).toMatchObject({
    type: 'nothing',
    reason: 'a shop.customer has no tags',
  });
});

describe('tags', () => {
  const adopted = (wish: Partial<Applied>) => aLink({ origin: 'adopted', applied: applied(wish) });
  const owning = aFold({ tags: ['a'], owned: { contacts: ['a'] } });

  test('of a target that was looked at, or that the runner created, are added at once', () => {
    const add = { type: 'add-tags', tags: ['a'] };

    expect(stepFor(owning, adopted({ found: [] }))).toEqual(add);
    expect(stepFor(owning, aLink({ applied: applied({ found: null }) }))).toEqual(add);
  });

  test('that no rule may own need no look, though some rule owns others elsewhere', () => {
    const fold = aFold({ tags: ['a'], owned: { contacts: [] } });

    expect(stepFor(fold, adopted({ found: null }))).toEqual({ type: 'add-tags', tags: ['a'] });
  });

  test('that are there already need no look', () => {
    expect(stepFor(owning, adopted({ found: null, tags: ['a'] }))).toBeUndefined();
  });

  test('that are unwanted are removed together, each once: owned ones, farewells, and what rules want absent', () => {
    const link = aLink({
      applied: applied({
        tags: ['mine', 'wanted', 'shared'],
        owned: { contacts: ['mine', 'shared', 'wanted'], notes: ['shared'] },
        departed: ['gone', 'wanted'],
        absent: ['absent'],
      }),
    });
    const fold = aFold({ tags: ['Wanted'], remove: ['absent', 'mine', 'hot'] });

    expect(stepFor(fold, link)).toEqual({ type: 'remove-tags', tags: ['mine', 'shared', 'gone', 'hot'] });
  });
});

describe('when nobody is left', () => {
  test.for([
    [{ type: 'ignore' }, 'nothing'],
    [{ type: 'delete' }, 'step'],
    [{ type: 'tag', tags: ['gone'] }, 'step'],
  ] as const)('%j', ([farewell, type]) => {
    expect(decideFarewell(farewell, aLink(), contact).type).toBe(type);
    expect(decideFarewell(farewell, undefined, contact).type).toBe('nothing');
    expect(decideFarewell(farewell, aLink({ gone: true }), contact).type).toBe('nothing');
  });

  test('it is said why there is nothing to do', () => {
    const reasons = [
      decideFarewell({ type: 'ignore' }, aLink(), contact),
      decideFarewell({ type: 'delete' }, undefined, contact),
      decideFarewell({ type: 'tag', tags: [] }, aLink(), contact),
      decideFarewell({ type: 'tag', tags: ['gone'] }, aLink(), customer),
    ];

    expect(reasons).toEqual([
      { type: 'nothing', reason: 'the record is gone; its target is left as it is' },
      { type: 'nothing', reason: 'there is no target for this record' },
      { type: 'nothing', reason: 'the target is tagged already' },
      { type: 'nothing', reason: 'a shop.customer has no tags' },
    ]);
  });

  test('a target is deleted, or gets just the tags that it has not got by an earlier farewell', () => {
    const link = aLink({ applied: applied({ departed: ['gone'] }) });

    expect(decideFarewell({ type: 'delete' }, link, contact)).toEqual({
      type: 'step',
      step: { type: 'delete' },
    });
    expect(decideFarewell({ type: 'tag', tags: ['Gone', 'Left'] }, link, contact)).toEqual({
      type: 'step',
      step: { type: 'add-tags', tags: ['Left'] },
    });
  });

  test('a target is tagged once', () => {
    const link = aLink({ applied: applied({ departed: ['gone'] }) });

    expect(decideFarewell({ type: 'tag', tags: ['Gone'] }, link, contact).type).toBe('nothing');
  });
});

describe('a target that its last member has left for another one', () => {
  const owned = { contacts: ['gone', 'vip'], notes: ['vip', 'noted'], '': ['farewell'] };
  const link = aLink({ applied: applied({ owned, departed: ['gone'] }) });
  const removal = (...tags: readonly string[]) => ({ type: 'step', step: { type: 'remove-tags', tags } });

  test('is sent away first, as it is declared', () => {
    expect(decideMove({ type: 'tag', tags: ['Left', 'Gone'] }, link, contact)).toEqual({
      type: 'step',
      step: { type: 'add-tags', tags: ['Left'] },
    });
    expect(decideMove({ type: 'delete' }, link, contact)).toEqual({ type: 'step', step: { type: 'delete' } });
  });

  test('loses what rules own there then, each tag once, but not what it was sent away with', () => {
    expect(decideMove({ type: 'tag', tags: ['Gone'] }, link, contact)).toEqual(removal('vip', 'noted'));
    expect(decideMove({ type: 'ignore' }, link, contact)).toEqual(removal('gone', 'vip', 'noted'));
  });

  test.for([
    [
      'no rule owns anything there',
      { ...link, applied: applied({ owned: { contacts: [], '': ['farewell'] } }) },
      contact,
    ],
    ['it is gone', { ...link, gone: true }, contact],
    ['it never was', undefined, contact],
    ['it can have no tags', link, customer],
  ] as const)('is left as it is where %s', ([, left, resource]) => {
    expect(decideMove({ type: 'ignore' }, left, resource)).toEqual(
      decideFarewell({ type: 'ignore' }, left, resource),
    );
  });
});

describe('step by step', () => {
  const tag = fc.constantFrom('a', 'B', 'c', 'D');
  const fold = fc
    .record({
      always: fc.dictionary(fc.constantFrom('firstName', 'city', 'gender'), fc.constantFrom('x', 'y', null)),
      sticky: fc.uniqueArray(tag, { selector: tagKey }),
      owned: fc.uniqueArray(tag, { selector: tagKey }),
      remove: fc.uniqueArray(tag.map(tagKey)),
    })
    .map(({ always, sticky, owned, remove }): Fold => {
      const tags = [...new Map([...sticky, ...owned].map((one) => [tagKey(one), one])).values()];
      const only = owned.map(tagKey).filter((one) => !sticky.map(tagKey).includes(one));
      const wanted = new Set(tags.map(tagKey));
      return aFold({
        always,
        tags,
        owned: { contacts: only },
        remove: remove.filter((one) => !wanted.has(one)),
      });
    });

  /** A contact as the API would keep it, and the link as the runner does. */
  function settle(
    want: Fold,
    link: Link | undefined,
    tags: Set<string>,
  ): { link: Link | undefined; steps: number } {
    let at = link;
    for (let steps = 0; steps < 10; steps++) {
      const step = stepFor(want, at);
      if (!step) return { link: at && releaseSticky(at, want), steps };
      if (step.type === 'create') tags.clear();
      if (step.type === 'create' || step.type === 'add-tags')
        step.tags.forEach((one) => tags.add(tagKey(one)));
      if (step.type === 'remove-tags') step.tags.forEach((one) => tags.delete(tagKey(one)));
      const seen = step.type === 'update' || step.type === 'read' ? { seenTags: [...tags] } : {};
      at = advance(at, { ...aLink(), step, fold: want, ...seen, now: 1 });
    }
    throw new Error('does not come to rest');
  }

  test('every target comes to rest, with the tags that are wanted and without those that are not', () => {
    fc.assert(
      fc.property(fc.array(fold, { minLength: 1, maxLength: 5 }), (wants) => {
        const tags = new Set<string>();
        let link: Link | undefined;
        for (const want of wants) {
          link = settle(want, link, tags).link;

          for (const one of want.tags) expect(tags).toContain(tagKey(one));
          for (const one of want.remove) expect(tags).not.toContain(one);
        }
      }),
    );
  });

  test('asked again at rest, there is nothing to do', () => {
    fc.assert(
      fc.property(fc.array(fold, { minLength: 1, maxLength: 4 }), (wants) => {
        const tags = new Set<string>();
        let link: Link | undefined;
        for (const want of wants) link = settle(want, link, tags).link;

        expect(settle(wants.at(-1)!, link, tags).steps).toBe(0);
      }),
    );
  });

  test('tags that an adopted contact had are never taken away but by `remove`', () => {
    const byHand = fc.uniqueArray(tag.map(tagKey), { minLength: 1 });
    fc.assert(
      fc.property(byHand, fc.array(fold, { minLength: 1, maxLength: 5 }), (had, wants) => {
        const tags = new Set(had);
        let link: Link | undefined = adopt(aLink());
        for (const want of wants) link = settle(want, link, tags).link;

        const removed = new Set(wants.flatMap(({ remove }) => remove));
        for (const one of had) if (!removed.has(one)) expect(tags).toContain(one);
      }),
    );
  });

  test('a contact that comes back loses the tag with which it was sent away', () => {
    const tags = new Set<string>();
    const { link } = settle(aFold({ tags: ['a'] }), undefined, tags);
    const farewell = { type: 'add-tags', tags: ['gone'] } as const;
    tags.add('gone');
    const left = advance(link, { ...aLink(), step: farewell, fold: undefined, now: 2 });

    settle(aFold({ tags: ['a'] }), left, tags);

    expect([...tags]).toEqual(['a']);
  });
});

describe('a create in doubt that is found', () => {
  test('with just the tags that it had sent is its own work: rules own what they sent', () => {
    const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] } });
    const found = adopt(aLink(), [{ tags: ['Booked'], owned: { contacts: ['booked'] } }]);

    const link = advance(found, { ...aLink(), step: { type: 'read' }, fold, seenTags: ['booked'], now: 1 });

    expect(link.applied).toMatchObject({ tags: ['booked'], owned: { contacts: ['booked'] }, found: [] });
  });

  test('is looked at where a rule wants a tag no more that it had sent, and no answer has shown its tags', () => {
    const fold = aFold({ tags: ['customer'], owned: { contacts: [] } });
    const found = adopt(aLink(), [{ tags: ['customer', 'won'], owned: { contacts: ['won'] } }]);
    const look = { ...aLink(), step: { type: 'read' }, fold, now: 1 } as const;

    const seen = advance(found, { ...look, seenTags: ['customer', 'won'] });
    const unseen = advance(found, look);

    expect(stepFor(fold, found)).toEqual({ type: 'read' });
    expect(stepFor(fold, seen)).toEqual({ type: 'remove-tags', tags: ['won'] });
    expect(stepFor(fold, unseen)).toEqual({ type: 'add-tags', tags: ['customer'] });
  });

  test('with more tags than it had sent was there before: rules own none of them', () => {
    const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] } });
    const found = adopt(aLink(), [{ tags: ['booked'], owned: { contacts: ['booked'] } }]);

    const link = advance(found, {
      ...aLink(),
      step: { type: 'read' },
      fold,
      seenTags: ['booked', 'vip'],
      now: 1,
    });

    expect(link.applied.owned).toEqual({});
    expect(stepFor(aFold(), link)).toBeUndefined();
  });

  test('and sent away before anybody saw its tags is its own work all the same', () => {
    const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] }, farewell: ['gone'] });
    const found = adopt(aLink(), [{ tags: ['booked'], owned: { contacts: ['booked'] } }]);
    const left: Step = { type: 'add-tags', tags: ['gone'] };
    const away = advance(found, { ...aLink(), step: left, fold: undefined, now: 1 });

    const seenTags = ['booked', 'gone'];
    const link = advance(away, { ...aLink(), step: { type: 'read' }, fold, seenTags, now: 2 });

    expect(link.applied).toMatchObject({ owned: { contacts: ['booked'] }, departed: ['gone'], found: [] });
    expect(stepFor(aFold(), link)).toEqual({ type: 'remove-tags', tags: ['booked', 'gone'] });
  });
});

test("a tag that a call without an answer added stays the rule's, once an answer shows it", () => {
  const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] } });
  const add: Step = { type: 'add-tags', tags: ['booked'] };
  const open = doubt({ ...aLink(), applied: applied({}) }, add, fold);

  const update: Step = { type: 'update', fields: { firstName: 'Ann' } };
  const shown = advance(open, { ...aLink(), step: update, fold: aFold(), seenTags: ['booked'], now: 1 });
  const removed = advance(shown, {
    ...aLink(),
    step: { type: 'remove-tags', tags: ['booked'] },
    fold: aFold(),
    now: 2,
  });
  const again = advance(removed, { ...aLink(), step: add, fold, now: 3 });

  expect(shown.applied.found).toEqual([]);
  expect(stepFor(aFold(), again)).toEqual({ type: 'remove-tags', tags: ['booked'] });
});
