import type { Sent } from '../model/intent.ts';
import type { Applied, Link } from '../model/link.ts';
import { NOTHING_APPLIED } from '../model/link.ts';
import type { Fields, Step } from '../model/step.ts';
import { tagKey, type Fold } from './fold.ts';

export interface Advance {
  readonly targetKey: string;
  readonly account: string;
  readonly resource: string;
  readonly targetId: string;
  readonly parentId: string | null;
  readonly step: Step;
  /** Nothing where the target's last member has left it. */
  readonly fold: Fold | undefined;
  /** Tags that the answer showed. */
  readonly seenTags?: readonly string[];
  /** Of the fields that were looked for, those that the target has nothing for. */
  readonly vacant?: readonly string[];
  readonly now: number;
}

/** The link after a step was answered: what the target holds now, as far as the runner has put it there. */
export function advance(link: Link | undefined, by: Advance): Link {
  const identity = {
    targetKey: by.targetKey,
    account: by.account,
    resource: by.resource,
    targetId: by.targetId,
    parentId: by.parentId,
  };
  const origin = by.step.type === 'create' ? 'created' : (link?.origin ?? 'adopted');
  const applied = stepApplied(landed(link?.applied ?? NOTHING_APPLIED), by);
  const writtenAt = by.step.type === 'read' ? (link?.writtenAt ?? 0) : by.now;
  return { ...identity, origin, applied, writtenAt, gone: by.step.type === 'delete' };
}

/** A target that was there before: nothing is known to be applied, so that the next steps apply it all. */
export function adopt(
  by: Pick<Link, 'targetKey' | 'account' | 'resource' | 'targetId' | 'parentId'>,
  sent?: readonly Sent[],
  sentAt?: number,
): Link {
  // What was sent then is not always what is wanted now: the mapping or the record may be another.
  const sends = sent ? { sends: sent.map((one) => ({ ...one, tags: one.tags.map(tagKey) })) } : {};
  const at = sentAt === undefined ? {} : { sentAt };
  const applied: Applied = { ...NOTHING_APPLIED, ...sends, ...at };
  return { ...by, origin: 'adopted', applied, writtenAt: 0, gone: false };
}

function stepApplied(applied: Applied, by: Advance): Applied {
  const { step, fold } = by;
  switch (step.type) {
    case 'create': {
      const tags = step.tags.map(tagKey);
      return {
        ...NOTHING_APPLIED,
        fields: step.fields,
        tags,
        owned: fold?.owned ?? {},
        absent: fold?.remove ?? [],
        found: [],
        ...settledBy(applied, filledBy(step.fields, fold)),
      };
    }
    case 'update': {
      const updated = {
        ...applied,
        fields: { ...applied.fields, ...step.fields },
        ...settledBy(applied, filledBy(step.fields, fold)),
      };
      return by.seenTags && fold ? sawTags(updated, by.seenTags, fold) : updated;
    }
    case 'read': {
      const filled = without(step.empties ?? [], by.vacant ?? []);
      const looked = { ...applied, ...settledBy(applied, filled) };
      // A resource without tags shows none.
      return fold && (by.seenTags || !step.empties) ? sawTags(looked, by.seenTags ?? [], fold) : looked;
    }
    case 'add-tags':
      return addedTags(applied, step.tags.map(tagKey), fold);
    case 'remove-tags':
      return removedTags(applied, step.tags.map(tagKey), fold);
    case 'delete':
      return NOTHING_APPLIED;
  }
}

/** Of these fields, those that are only written where the target has nothing. */
function filledBy(fields: Fields, fold: Fold | undefined): string[] {
  return Object.keys(fields).filter((name) => fold?.onEmpty?.[name] !== undefined);
}

function settledBy({ settled = [] }: Applied, names: readonly string[]): Pick<Applied, 'settled'> {
  const all = union(settled, names);
  return all.length > 0 ? { settled: all } : {};
}

function landed(applied: Applied): Applied {
  const { landsBy, ...rest } = applied;
  return landsBy === undefined ? applied : rest;
}

/**
 * The link while a step may have been applied or not: what it touches is not known, so that whatever is wanted next is
 * sent, should it even be what was there before. `landsBy`: when it will have been applied, if ever, in ms; nothing where
 * that is so by now.
 */
export function doubt(link: Link, step: Step, fold: Fold | undefined, landsBy?: number): Link {
  if (step.type === 'create' || step.type === 'read') return link;
  const unsure = doubtApplied({ ...link, applied: landed(link.applied) }, step, fold);
  return landsBy === undefined ? unsure : { ...unsure, applied: { ...unsure.applied, landsBy } };
}

function doubtApplied(
  link: Link,
  step: Exclude<Step, { type: 'create' | 'read' }>,
  fold: Fold | undefined,
): Link {
  const { applied } = link;
  switch (step.type) {
    case 'update': {
      const known = Object.entries(applied.fields).filter(([name]) => !(name in step.fields));
      return { ...link, applied: { ...applied, fields: Object.fromEntries(known) } };
    }
    case 'add-tags': {
      const added = step.tags.map(tagKey);
      // A farewell's tag: nobody's rule, but ours to take away should the record come back.
      if (!fold) {
        const owned = { ...applied.owned, '': union(applied.owned[''] ?? [], added) };
        return { ...link, applied: { ...applied, owned } };
      }
      const { owned, absent } = addedTags(applied, added, fold);
      return { ...link, applied: { ...applied, owned, absent } };
    }
    case 'remove-tags':
      return { ...link, applied: { ...applied, tags: without(applied.tags, step.tags.map(tagKey)) } };
    // A record that comes back is sent whole: the answer tells whether its target is still there.
    case 'delete':
      return { ...link, applied: { ...applied, fields: {}, tags: [] } };
  }
}

/**
 * An answer showed the target's tags: those that the runner has not put there are people's, and no rule may own them.
 * Looking costs nothing here, as every update's answer shows them; a tag that a person sets between two answers and that a
 * rule yields next can't be told from the rule's own.
 */
function sawTags({ sends = [], ...applied }: Applied, seen: readonly string[], fold: Fold): Applied {
  const there = seen.map(tagKey);
  // What the runner has added since the create, a farewell say, is no sign of anybody else.
  const made = sends.find(
    ({ tags }) =>
      without(tags, there).length === 0 && without(there, [...tags, ...applied.tags]).length === 0,
  );
  if (made) {
    return {
      ...applied,
      found: [],
      tags: union(applied.tags, there),
      owned: ownedOf(applied.owned, made.owned),
    };
  }
  const wantedAndThere = fold.tags.map(tagKey).filter((tag) => there.includes(tag));
  // Left by a farewell that this store knows nothing of: it was lost in between (ENGINE case 19).
  const farewell = fold.farewell.filter((tag) => there.includes(tag));
  return {
    ...applied,
    // One that is owned while nobody knows whether it came: it did.
    found: without(there, [...applied.tags, ...Object.values(applied.owned).flat(), ...farewell]),
    tags: union(applied.tags, wantedAndThere),
    departed: union(applied.departed, farewell),
  };
}

function ownedOf(owned: Applied['owned'], more: Applied['owned'] = {}): Applied['owned'] {
  const added = Object.entries(more).map(([sync, tags]) => [sync, union(owned[sync] ?? [], tags)] as const);
  return { ...owned, ...Object.fromEntries(added) };
}

function addedTags(applied: Applied, added: readonly string[], fold: Fold | undefined): Applied {
  const tags = union(applied.tags, added);
  const absent = without(applied.absent, added);
  if (!fold) return { ...applied, tags, absent, departed: union(applied.departed, added) };
  const own = without(added, applied.found ?? []);
  const owned: Record<string, readonly string[]> = { ...applied.owned };
  for (const [sync, wanted] of Object.entries(fold.owned)) {
    owned[sync] = union(
      owned[sync] ?? [],
      wanted.filter((tag) => own.includes(tag)),
    );
  }
  return { ...applied, tags, absent, owned };
}

function removedTags(applied: Applied, removed: readonly string[], fold: Fold | undefined): Applied {
  const owned = Object.entries(applied.owned).map(([sync, tags]) => [sync, without(tags, removed)] as const);
  return {
    ...applied,
    tags: without(applied.tags, removed),
    owned: Object.fromEntries(owned),
    departed: without(applied.departed, removed),
    absent: union(
      applied.absent,
      (fold?.remove ?? []).filter((tag) => removed.includes(tag)),
    ),
  };
}

/** A tag that a rule without `else` wants stays for good: no rule may take it away later. */
export function releaseSticky(link: Link, fold: Fold): Link {
  const owned = new Set(Object.values(fold.owned).flat());
  const sticky = fold.tags.map(tagKey).filter((tag) => !owned.has(tag));
  const held = Object.entries(link.applied.owned).map(
    ([sync, tags]) => [sync, without(tags, sticky)] as const,
  );
  return { ...link, applied: { ...link.applied, owned: Object.fromEntries(held) } };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function without(a: readonly string[], b: readonly string[]): string[] {
  return a.filter((item) => !b.includes(item));
}
