import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contact } from '../../src/catalog/ghl/contact.ts';
import { NOTHING_APPLIED, type Applied, type Link } from '../../src/model/link.ts';
import type { Step } from '../../src/model/step.ts';
import { adopt, advance, releaseSticky } from '../../src/reconcile/advance.ts';
import { decide, decideFarewell } from '../../src/reconcile/decide.ts';
import { tagKey, type Fold } from '../../src/reconcile/fold.ts';
import { aFold } from '../support/folds.ts';
import { aLink } from '../support/rows.ts';

const applied = (wish: Partial<Applied>): Applied => ({ ...NOTHING_APPLIED, found: [], ...wish });
const stepFor = (fold: Fold, link?: Link): Step | undefined => {
  const decision = decide(fold, link, contact, null);
  return decision.type === 'step' ? decision.step : undefined;
};

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

  test('a target is tagged once', () => {
    const link = aLink({ applied: applied({ departed: ['gone'] }) });

    expect(decideFarewell({ type: 'tag', tags: ['Gone'] }, link, contact).type).toBe('nothing');
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
    const found = adopt(aLink(), ['Booked'], { contacts: ['booked'] });

    const link = advance(found, { ...aLink(), step: { type: 'read' }, fold, seenTags: ['booked'], now: 1 });

    expect(link.applied).toMatchObject({ tags: ['booked'], owned: { contacts: ['booked'] }, found: [] });
  });

  test('with more tags than it had sent was there before: rules own none of them', () => {
    const fold = aFold({ tags: ['booked'], owned: { contacts: ['booked'] } });
    const found = adopt(aLink(), ['booked'], { contacts: ['booked'] });

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
});
