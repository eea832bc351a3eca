import { idOf, listIn, type Resource, type Siblings } from '../catalog/resource.ts';
import { sameContent } from '../catalog/same-content.ts';
import { isSuccess } from '../model/answer.ts';
import type { Json } from '../model/json.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { locationFacts } from './location.ts';
import { send } from './send.ts';

export type Found =
  { readonly type: 'found'; readonly targetId: string } | { readonly type: 'none' } | Unapplied;

type Items = readonly Readonly<Record<string, unknown>>[];

/** Whether there is something to find this target by. */
export function canFind(target: Target, fields: Fields): boolean {
  const { identity, siblings } = target.resource;
  if (identity) return identity.question(target.key, fields) !== undefined;
  if (!siblings) return false;
  const asks = !siblings.query || siblings.query(fields) !== undefined;
  return asks && matchOf(target, siblings).some((name) => fields[name] !== undefined);
}

/** Looks for the target now: by its identity, or among its parent's children. */
export async function findTarget(context: DeliverContext, target: Target, fields: Fields): Promise<Found> {
  const { identity, siblings } = target.resource;
  if (!canFind(target, fields)) return { type: 'none' };
  if (siblings)
    return findSibling(
      context,
      target,
      siblings,
      fields,
      await listSiblings(context, target, siblings, fields),
    );
  const question = identity!.question(target.key, fields)!;
  const answer = await send(context, target, { operation: identity!.find, query: question.query });
  if (answer.type === 'answered' && answer.status === 404) return { type: 'none' };
  if (!isSuccess(answer)) return classifyFailure(answer, context.clock.now());
  const targetId = identity!.pick(answer.body, question);
  return targetId === undefined ? { type: 'none' } : { type: 'found', targetId };
}

/**
 * Looks among the children that a parent had when it was adopted: listed once, and kept (ENGINE case 11). A parent that
 * this store created has none but those that it knows, unless the store was lost.
 */
export async function findKnownChild(
  context: DeliverContext,
  target: Target,
  fields: Fields,
): Promise<Found> {
  const { siblings, name } = target.resource;
  const { parent } = target;
  if (!siblings || !parent || !canFind(target, fields)) return { type: 'none' };
  if (parent.origin === 'created' && !context.lookFirst) return { type: 'none' };
  const lookup = `children/${name}/${parent.targetId}`;
  const kept = await context.store.read.lookups.get(context.account, lookup);
  // After a lost store an older list may lack what was created since.
  const fresh = kept && (!context.lookFirst || kept.at >= context.startedAt);
  if (fresh) return findSibling(context, target, siblings, fields, kept.value as unknown as Items);
  const listed = await listSiblings(context, target, siblings, fields);
  if (!('type' in listed)) {
    const items = listed.map((item) =>
      Object.fromEntries(['id', ...matchOf(target, siblings)].map((field) => [field, item[field] ?? null])),
    );
    await context.store.write((tables) =>
      tables.lookups.put(context.account, lookup, items as Json, context.clock.now()),
    );
  }
  return findSibling(context, target, siblings, fields, listed);
}

async function listSiblings(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
): Promise<Items | Unapplied> {
  const answer = await send(context, target, {
    operation: siblings.list.operation,
    query: siblings.query?.(fields) ?? {},
  });
  // The parent itself is gone: so are its children.
  // HighLevel says so with 404 or with 400.
  const gone = answer.type === 'answered' && answer.status === 400 && /not.?found/i.test(answer.message);
  if (gone || (answer.type === 'answered' && answer.status === 404)) return [];
  return isSuccess(answer)
    ? listIn(answer.body, siblings.list.answer)
    : classifyFailure(answer, context.clock.now());
}

/** Two notes "Call back" are two records: never one that another link holds. */
async function findSibling(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
  items: Items | Unapplied,
): Promise<Found> {
  if ('type' in items) return items;
  if (items.length === 0) return { type: 'none' };
  const location = await locationFacts(context, target.priority);
  if (!location.ok) return location.outcome;
  const match = matchOf(target, siblings);
  for (const item of items.filter((one) => sameContent(fields, one, match, location.value.zone))) {
    const targetId = idOf(item);
    if (targetId !== undefined && (await isFree(context, target, target.resource, targetId)))
      return { type: 'found', targetId };
  }
  return { type: 'none' };
}

async function isFree(
  context: DeliverContext,
  target: Target,
  { name }: Resource,
  targetId: string,
): Promise<boolean> {
  const holder = await context.store.read.links.holder(context.account, name, targetId);
  return holder === undefined || holder === target.targetKey;
}

function matchOf(target: Target, siblings: Siblings): readonly string[] {
  return target.match.length > 0 ? target.match : siblings.match;
}
