import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../catalog/resource.ts';
import type { Json } from '../model/json.ts';
import type { Applied, Link } from '../model/link.ts';
import type { Decision, Step } from '../model/step.ts';
import { tagKey, type Fold } from './fold.ts';

/**
 * The next step that brings a target to what its members want, or none. Asked again after each answered step, with the
 * link as it then is: a crash in between loses nothing and repeats nothing. `vacant`: fields that the target was just seen to
 * have nothing for; that is never remembered, as a person may fill them at any time.
 */
export function decide(
  fold: Fold,
  link: Link | undefined,
  resource: Resource,
  parentId: string | null,
  vacant: readonly string[] = [],
): Decision {
  if (!link || link.gone) return step(createStep(fold));
  // Another parent, or the same one created anew: HighLevel moves no child, so it goes and comes again.
  if (link.parentId !== parentId) return step({ type: 'delete' });
  const empties = openEmpties(fold, link.applied, resource);
  const unseen = empties.filter((name) => !vacant.includes(name));
  if (unseen.length > 0) return step({ type: 'read', empties: unseen });
  const filling = Object.fromEntries(empties.map((name) => [name, fold.onEmpty![name]!]));
  const fields = { ...changedFields(fold, link.applied, resource), ...filling };
  if (Object.keys(fields).length > 0) return step({ type: 'update', fields });
  if (!resource.tags) return nothing;
  return decideTags(fold, link) ?? nothing;
}

type Farewell =
  { readonly type: 'ignore' | 'delete' } | { readonly type: 'tag'; readonly tags: readonly string[] };

/**
 * What to do for a target that its last member has left for another one: its farewell, and what the rules own goes, as it is
 * the other's now.
 */
export function decideMove(farewell: Farewell, link: Link | undefined, resource: Resource): Decision {
  const decision = decideFarewell(farewell, link, resource);
  if (decision.type === 'step' || !link || link.gone || !resource.tags) return decision;
  const kept = farewell.type === 'tag' ? farewell.tags.map(tagKey) : [];
  const rules = Object.entries(link.applied.owned).filter(([sync]) => sync !== '');
  const owned = new Set(rules.flatMap(([, tags]) => tags).filter((tag) => !kept.includes(tag)));
  return owned.size > 0 ? step({ type: 'remove-tags', tags: [...owned] }) : decision;
}

/** What to do for a target that its last member has left. */
export function decideFarewell(farewell: Farewell, link: Link | undefined, resource: Resource): Decision {
  if (!link || link.gone) return { type: 'nothing', reason: 'there is no target for this record' };
  switch (farewell.type) {
    case 'ignore':
      return { type: 'nothing', reason: 'the record is gone; its target is left as it is' };
    case 'delete':
      return step({ type: 'delete' });
    case 'tag': {
      if (!resource.tags) return { type: 'nothing', reason: `a ${resource.name} has no tags` };
      const tags = farewell.tags.filter((tag) => !link.applied.departed.includes(tagKey(tag)));
      return tags.length === 0
        ? { type: 'nothing', reason: 'the target is tagged already' }
        : step({ type: 'add-tags', tags });
    }
  }
}

const nothing: Decision = { type: 'nothing', reason: 'unchanged' };

function step(value: Step): Decision {
  return { type: 'step', step: value };
}

function createStep(fold: Fold): Step {
  const values = Object.entries({ ...fold.onCreate, ...fold.onEmpty, ...fold.always });
  return {
    type: 'create',
    fields: Object.fromEntries(values.filter(([, value]) => value !== null)),
    tags: fold.tags,
    ...(Object.values(fold.owned).some((tags) => tags.length > 0) ? { owned: fold.owned } : {}),
  };
}

/** Fields with `on: empty` that nobody has settled yet, by writing them or by seeing them filled. */
function openEmpties(
  fold: Fold,
  { settled = [] }: Applied,
  { createOnly, hidden = [], read }: Resource,
): string[] {
  if (!read) return [];
  return Object.keys(fold.onEmpty ?? {}).filter(
    (name) => !settled.includes(name) && ![...createOnly, ...hidden].includes(name),
  );
}

function changedFields(fold: Fold, applied: Applied, resource: Resource): Record<string, Json> {
  if (resource.http && !resource.http.update) return {};
  const changed = Object.entries(fold.always).filter(
    ([name, value]) => !resource.createOnly.includes(name) && !isDeepStrictEqual(applied.fields[name], value),
  );
  return Object.fromEntries(changed);
}

/** Only the difference, and only tags that are the runner's: one that a person set is never taken away. */
function decideTags(fold: Fold, { applied, origin }: Link): Decision | undefined {
  const present = new Set(applied.tags);
  const add = fold.tags.filter((tag) => !present.has(tagKey(tag)));
  const wanted = new Set(fold.tags.map(tagKey));
  const rulesOwn = Object.values(fold.owned).some((tags) => tags.length > 0);
  // What rules wanted when a create of ours was sent, and do no more: where it is that create's work, it is theirs to take away.
  const sent = (applied.sends ?? []).flatMap(({ owned = {} }) => Object.values(owned).flat());
  const stale = sent.some((tag) => !wanted.has(tag));
  // Before a rule may call a tag of an adopted contact its own, see whether the tag was there already.
  if (((add.length > 0 && rulesOwn) || stale) && origin === 'adopted' && applied.found === null)
    return step({ type: 'read' });
  if (add.length > 0) return step({ type: 'add-tags', tags: add });
  const absent = new Set(applied.absent);
  const unwanted = [...Object.values(applied.owned).flat(), ...applied.departed].filter(
    (tag) => !wanted.has(tag),
  );
  const remove = [...new Set([...unwanted, ...fold.remove.filter((tag) => !absent.has(tag))])];
  return remove.length > 0 ? step({ type: 'remove-tags', tags: remove }) : undefined;
}
