import { describe, expect, test } from 'vitest';
import { NOTHING_APPLIED, type Applied, type Link } from '../../src/model/link.ts';
import type { Step } from '../../src/model/step.ts';
import { adopt, advance, doubt, releaseSticky, type Advance } from '../../src/reconcile/advance.ts';
import type { Fold } from '../../src/reconcile/fold.ts';
import { aFold } from '../support/folds.ts';
import { aLink } from '../support/rows.ts';

const applied = (wish: Partial<Applied> = {}): Applied => ({ ...NOTHING_APPLIED, ...wish });
const linked = (wish: Partial<Applied> = {}): Link => aLink({ applied: applied(wish) });
const NOW = 9_000;

/** What is known to be applied after a step. */
function after(link: Link | undefined, step: Step, fold?: Fold, seen: Partial<Advance> = {}): Applied {
  const { targetKey, account, resource, targetId, parentId } = aLink();
  const by = { targetKey, account, resource, targetId, parentId, step, fold, now: NOW, ...seen };
  return advance(link, by).applied;
}

describe('the link after a step', () => {
  const { targetKey, account, resource } = aLink();
  const by = { targetKey, account, resource, targetId: 'c2', parentId: 'p2', fold: aFold(), now: NOW };
  const create = { type: 'create', fields: {}, tags: [] } as const;

  test('is to the target that answered, under the parent of now', () => {
    const link = advance(aLink(), { ...by, step: { type: 'update', fields: {} } });

    expect(link).toMatchObject({ targetKey, account, resource, targetId: 'c2', parentId: 'p2' });
  });

  test('tells whether the runner created the target', () => {
    const read = { type: 'read' } as const;

    expect(advance(undefined, { ...by, step: create }).origin).toBe('created');
    expect(advance(aLink({ origin: 'adopted' }), { ...by, step: create }).origin).toBe('created');
    expect(advance(aLink({ origin: 'created' }), { ...by, step: read }).origin).toBe('created');
    expect(advance(aLink({ origin: 'adopted' }), { ...by, step: read }).origin).toBe('adopted');
    expect(advance(undefined, { ...by, step: read }).origin).toBe('adopted');
  });

  test('tells when the target was last written to: looking is no writing', () => {
    const read = { type: 'read' } as const;

    expect(advance(aLink(), { ...by, step: create }).writtenAt).toBe(NOW);
    expect(advance(aLink({ writtenAt: 5 }), { ...by, step: read }).writtenAt).toBe(5);
    expect(advance(undefined, { ...by, step: read }).writtenAt).toBe(0);
  });

  test('is gone after a delete, holding nothing, and is there after any other', () => {
    const link = advance(linked({ tags: ['a'], fields: { x: 1 } }), { ...by, step: { type: 'delete' } });

    expect(link).toMatchObject({ gone: true, applied: NOTHING_APPLIED });
    expect(advance(aLink({ gone: true }), { ...by, step: create }).gone).toBe(false);
  });
});

describe('an adopted target', () => {
  test('is known by nothing: all is to be applied, and looked at first', () => {
    const { targetKey, account, resource, targetId, parentId } = aLink();

    expect(adopt({ targetKey, account, resource, targetId, parentId })).toEqual({
      ...aLink(),
      origin: 'adopted',
      applied: NOTHING_APPLIED,
      writtenAt: 0,
      gone: false,
    });
  });

  test('remembers what a create of ours had sent', () => {
    const sent = [{ tags: ['VIP '], owned: { contacts: ['vip'] } }, { tags: [] }];
    const sends = [{ tags: ['vip'], owned: { contacts: ['vip'] } }, { tags: [] }];

    expect(adopt(aLink(), sent).applied).toEqual(applied({ sends }));
    expect(adopt(aLink(), sent, 4_000).applied).toEqual(applied({ sends, sentAt: 4_000 }));
  });
});

describe('a create', () => {
  const step: Step = { type: 'create', fields: { firstName: 'Ann' }, tags: ['VIP', 'Booked'] };

  test('applies all that it sends; what rules want absent is absent, and nothing was found', () => {
    const fold = aFold({ owned: { contacts: ['booked'] }, remove: ['old'] });

    expect(after(linked({ tags: ['before'], departed: ['gone'] }), step, fold)).toEqual(
      applied({
        fields: { firstName: 'Ann' },
        tags: ['vip', 'booked'],
        owned: { contacts: ['booked'] },
        absent: ['old'],
        found: [],
      }),
    );
  });

  test('for members that have left meanwhile owns nothing', () => {
    expect(after(undefined, step)).toEqual(
      applied({ fields: { firstName: 'Ann' }, tags: ['vip', 'booked'], found: [] }),
    );
  });
});

describe('a field that is only written where the target has nothing', () => {
  const fold = aFold({ always: { city: 'Leeds' }, onEmpty: { phone: '1', state: 'x' } });

  test.for([
    ['create', { type: 'create', fields: { phone: '1', city: 'Leeds' }, tags: [] }],
    ['update', { type: 'update', fields: { phone: '1', city: 'Leeds' } }],
  ] as const)('is done with once a %s wrote it', ([, step]) => {
    expect(after(linked({ settled: ['before'] }), step, fold).settled).toEqual(['before', 'phone']);
  });

  test('is done with once it was seen to be filled', () => {
    const step: Step = { type: 'read', empties: ['phone', 'state'] };

    expect(after(linked(), step, fold, { vacant: ['state'] }).settled).toEqual(['phone']);
    expect(after(linked(), step, fold, { vacant: ['state', 'phone'] })).not.toHaveProperty('settled');
    expect(after(linked({ settled: ['phone'] }), step, fold).settled).toEqual(['phone', 'state']);
  });

  test('is nothing that others are told of', () => {
    expect(after(linked(), { type: 'update', fields: { city: 'Leeds' } }, fold)).not.toHaveProperty(
      'settled',
    );
    expect(after(linked(), { type: 'update', fields: { phone: '1' } })).not.toHaveProperty('settled');
  });
});

describe('an update', () => {
  const step: Step = { type: 'update', fields: { city: 'York' } };

  test('is laid over what was applied', () => {
    const before = linked({ fields: { city: 'Leeds', firstName: 'Ann' }, tags: ['a'], departed: ['d'] });

    expect(after(before, step, aFold())).toEqual({
      ...before.applied,
      fields: { city: 'York', firstName: 'Ann' },
    });
  });

  test('whose answer shows tags tells which of them people have set', () => {
    const before = linked({ tags: ['mine'] });

    expect(after(before, step, aFold({ tags: ['Theirs'] }), { seenTags: ['Mine', 'theirs'] })).toMatchObject({
      found: ['theirs'],
      tags: ['mine', 'theirs'],
    });
  });

  test('for members that have left meanwhile is told nothing by them', () => {
    expect(after(linked(), step, undefined, { seenTags: ['a'] })).toMatchObject({ found: null });
  });
});

describe('a look at a target', () => {
  test('finds the tags that the runner has not put there; those that are wanted are there already', () => {
    const looked = after(linked({ tags: ['mine'] }), { type: 'read' }, aFold({ tags: ['Booked', 'New'] }), {
      seenTags: ['mine', 'Booked', 'theirs'],
    });

    expect(looked).toMatchObject({ found: ['booked', 'theirs'], tags: ['mine', 'booked'] });
  });

  test('that shows no tags finds none, unless only fields were looked for', () => {
    const fold = aFold();

    expect(after(linked(), { type: 'read' }, fold).found).toEqual([]);
    expect(after(linked(), { type: 'read', empties: ['phone'] }, fold).found).toBeNull();
    expect(after(linked(), { type: 'read', empties: ['phone'] }, fold, { seenTags: ['a'] }).found).toEqual([
      'a',
    ]);
  });

  test('for nobody finds nothing', () => {
    expect(after(linked(), { type: 'read' }, undefined, { seenTags: ['a'] }).found).toBeNull();
  });

  test('that shows just what a create of ours had sent shows its work', () => {
    const sent = linked({ sends: [{ tags: ['a', 'b'], owned: { contacts: ['a'] } }], tags: ['x'] });
    const looked = after(sent, { type: 'read' }, aFold(), { seenTags: ['B', 'A'] });

    expect(looked).toEqual(applied({ found: [], tags: ['x', 'b', 'a'], owned: { contacts: ['a'] } }));
  });

  test('that shows just what one of several tries had sent shows the work of that one', () => {
    const sends = [
      { tags: ['booked', 'party'], owned: { contacts: ['party'] } },
      { tags: ['booked', 'wedding'], owned: { contacts: ['wedding'] } },
    ];
    const looked = after(linked({ sends }), { type: 'read' }, aFold(), { seenTags: ['booked', 'wedding'] });

    expect(looked).toEqual(
      applied({ found: [], tags: ['booked', 'wedding'], owned: { contacts: ['wedding'] } }),
    );
  });

  test.for([[['a']], [['a', 'b', 'c']], [['a', 'c']], [[]]])(
    'that shows %j in place of what was sent shows what people set',
    ([seenTags]) => {
      const sent = linked({ sends: [{ tags: ['a', 'b'], owned: { contacts: ['a'] } }] });

      expect(after(sent, { type: 'read' }, aFold(), { seenTags: seenTags! })).toEqual(
        applied({ found: seenTags! }),
      );
    },
  );

  test('finds a farewell of which the store knows nothing any more', () => {
    const fold = aFold({ farewell: ['deleted', 'left'] });

    expect(
      after(linked({ departed: ['old'] }), { type: 'read' }, fold, { seenTags: ['Deleted', 'vip'] }),
    ).toMatchObject({ departed: ['old', 'deleted'], found: ['vip'] });
  });
});

describe('tags that were added', () => {
  const step: Step = { type: 'add-tags', tags: ['VIP', 'Booked', 'Late'] };

  test('are there, not absent, and owned by the rules that want them', () => {
    const before = linked({ tags: ['old'], absent: ['vip', 'other'], owned: { contacts: ['old'] } });
    const fold = aFold({ owned: { contacts: ['vip', 'unsent'], notes: ['booked'] } });

    expect(after(before, step, fold)).toEqual(
      applied({
        tags: ['old', 'vip', 'booked', 'late'],
        absent: ['other'],
        owned: { contacts: ['old', 'vip'], notes: ['booked'] },
      }),
    );
  });

  test('that people had set already are owned by no rule', () => {
    const fold = aFold({ owned: { contacts: ['vip', 'booked'] } });

    expect(after(linked({ found: ['vip'] }), step, fold).owned).toEqual({ contacts: ['booked'] });
  });

  test('for a farewell are unwanted should the record come back', () => {
    expect(after(linked({ departed: ['x'], absent: ['late'] }), step)).toEqual(
      applied({ tags: ['vip', 'booked', 'late'], departed: ['x', 'vip', 'booked', 'late'] }),
    );
  });
});

describe('tags that were removed', () => {
  const step: Step = { type: 'remove-tags', tags: ['VIP', 'Gone'] };

  test("are nobody's any more", () => {
    const before = linked({
      tags: ['vip', 'stays'],
      owned: { contacts: ['vip', 'stays'], notes: ['vip'] },
      departed: ['gone', 'left'],
    });

    expect(after(before, step, aFold())).toEqual(
      applied({ tags: ['stays'], owned: { contacts: ['stays'], notes: [] }, departed: ['left'] }),
    );
  });

  test('are known to be absent where a rule wants them so', () => {
    const fold = aFold({ remove: ['vip', 'later'] });

    expect(after(linked({ absent: ['before'] }), step, fold).absent).toEqual(['before', 'vip']);
    expect(after(linked(), step).absent).toEqual([]);
  });
});

describe('while nobody knows whether a step was applied', () => {
  const before = linked({
    fields: { city: 'Leeds', firstName: 'Ann' },
    tags: ['vip', 'stays'],
    owned: { contacts: ['vip'], '': ['left'] },
    absent: ['new'],
    found: [],
  });
  const doubted = (step: Step, fold?: Fold) => doubt(before, step, fold);

  test('the fields that it sends are unknown', () => {
    expect(doubted({ type: 'update', fields: { city: 'York' } })).toEqual({
      ...before,
      applied: { ...before.applied, fields: { firstName: 'Ann' } },
    });
  });

  test('the tags that it adds may be there: they are owned, not absent, and sent again', () => {
    const fold = aFold({ owned: { contacts: ['new'] } });

    expect(doubted({ type: 'add-tags', tags: ['New'] }, fold)).toEqual({
      ...before,
      applied: { ...before.applied, owned: { contacts: ['vip', 'new'], '': ['left'] }, absent: [] },
    });
  });

  test("the tags of a farewell may be there: nobody's rule, but ours to take away", () => {
    const step: Step = { type: 'add-tags', tags: ['Gone'] };

    expect(doubted(step).applied).toEqual({
      ...before.applied,
      owned: { contacts: ['vip'], '': ['left', 'gone'] },
    });
    expect(doubt(linked(), step, undefined).applied.owned).toEqual({ '': ['gone'] });
  });

  test('the tags that it removes may be gone', () => {
    expect(doubted({ type: 'remove-tags', tags: ['VIP'] }, aFold())).toEqual({
      ...before,
      applied: { ...before.applied, tags: ['stays'] },
    });
  });

  test('a target that it deletes is sent whole, should the record come back', () => {
    expect(doubted({ type: 'delete' })).toEqual({
      ...before,
      applied: { ...before.applied, fields: {}, tags: [] },
    });
  });

  test('it is known until when it may still land: of the last such step, and until an answer comes', () => {
    const step: Step = { type: 'update', fields: { city: 'York' } };
    const unsure = doubt(before, step, undefined, 8_000);

    expect(unsure.applied).toEqual({ ...doubted(step).applied, landsBy: 8_000 });
    expect(doubt(unsure, step, undefined, 9_000).applied.landsBy).toBe(9_000);
    expect(doubt(unsure, step, undefined).applied).not.toHaveProperty('landsBy');
    expect(after(unsure, { type: 'read' })).toEqual(doubted(step).applied);
  });

  test.for([{ type: 'create', fields: {}, tags: [] }, { type: 'read' }] as const)(
    'a $type changes nothing of what is known',
    (step) => {
      expect(doubted(step)).toBe(before);
    },
  );
});

test('a tag that a rule without `else` wants is released by those that own it', () => {
  const link = linked({ tags: ['vip', 'booked'], owned: { contacts: ['vip', 'booked'], notes: ['vip'] } });
  const fold = aFold({ tags: ['VIP', 'Booked'], owned: { contacts: ['booked'] } });

  expect(releaseSticky(link, fold)).toEqual({
    ...link,
    applied: { ...link.applied, owned: { contacts: ['booked'], notes: [] } },
  });
});
