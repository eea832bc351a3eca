import { idOf, listIn, shownValues, type Resource, type Siblings } from '../catalog/resource.ts';
import { sameContent } from '../catalog/same-content.ts';
import { isSuccess } from '../model/answer.ts';
import type { HttpResource } from '../model/http-resource.ts';
import type { Json } from '../model/json.ts';
import { markIn } from '../model/mark.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Listed, Target } from './context.ts';
import { keptListOf, matchOf, namesOf, parentlessListOf } from './kept-list.ts';
import { listPages } from './list-pages.ts';
import { locationFacts } from './location.ts';
import { findRequest, foundIds } from './requests.ts';

export type Found =
  { readonly type: 'found'; readonly targetId: string } | { readonly type: 'none' } | Unapplied;

/** Lists that are kept in memory: those of long ago matter no more. */
const MOST_LISTS = 1_000;

type Items = readonly Readonly<Record<string, unknown>>[];

/** Whether there is something to find this target by. */
export async function canFind(target: Target, fields: Fields): Promise<boolean> {
  const { identity, siblings, http } = target.resource;
  if (http) return (await findRequest(target, fields)) !== undefined;
  if (identity) return identity.question(target.key, fields) !== undefined;
  if (!siblings) return false;
  const asks = !siblings.query || siblings.query(fields) !== undefined;
  const marked =
    target.resource.markField !== undefined && markIn(fields[target.resource.markField]) !== undefined;
  return asks && (marked || matchOf(target, siblings).some((name) => fields[name] !== undefined));
}

/** Looks for the target now: by its identity, or among its parent's children. */
export async function findTarget(context: DeliverContext, target: Target, fields: Fields): Promise<Found> {
  const { identity, siblings, http } = target.resource;
  if (http) return findByRequest(context, target, http, fields);
  if (!(await canFind(target, fields))) return { type: 'none' };
  if (siblings) {
    // Before the list: where the location can't be asked, that would be read for nothing, again and again.
    const location = await locationFacts(context, target.priority);
    if (!location.ok) return location.outcome;
    const listed = await listSiblings(context, target, siblings, fields);
    return findSibling(context, target, siblings, fields, listed);
  }
  const question = identity!.question(target.key, fields)!;
  const call = { operation: identity!.find, query: question.query };
  for await (const answer of listPages(context, target, call, identity!.pages)) {
    if (answer.type === 'answered' && answer.status === 404) return { type: 'none' };
    if (!isSuccess(answer)) return classifyFailure(answer, context.clock.now());
    const targetId = identity!.pick(answer.body, question);
    if (targetId !== undefined) return { type: 'found', targetId };
  }
  return { type: 'none' };
}

async function findByRequest(
  context: DeliverContext,
  target: Target,
  http: HttpResource,
  fields: Fields,
): Promise<Found> {
  const asked = await findRequest(target, fields);
  if (!asked) return { type: 'none' };
  const answer = await context.http(http.connection).send(asked, target.priority);
  if (answer.type === 'answered' && answer.status === 404) return { type: 'none' };
  if (!isSuccess(answer)) return classifyFailure(answer, context.clock.now());
  const found = await foundIds(target, fields, asked, answer);
  if ('type' in found) return found;
  for (const targetId of found)
    if (await isFree(context, target, target.resource, targetId)) return { type: 'found', targetId };
  return { type: 'none' };
}

/**
 * Looks among the children that a parent had when it was adopted: listed once, and kept (ENGINE case 11). A parent that
 * this store created has none but those that it knows, unless the store was lost since.
 */
export async function findKnownChild(
  context: DeliverContext,
  target: Target,
  fields: Fields,
): Promise<Found> {
  const { siblings, parent: declared } = target.resource;
  const { parent } = target;
  if (!siblings || !(await canFind(target, fields))) return { type: 'none' };
  if (!declared) return findOrphan(context, target, siblings, fields);
  if (!parent) return { type: 'none' };
  const isOurs = parent.origin === 'created';
  if (isOurs && (!context.lookFirst || context.born.has(parent.targetId))) return { type: 'none' };
  // Another mapping may find its children by other fields.
  const lookup = keptListOf(target, siblings, parent.targetId);
  const kept = await context.store.read.lookups.get(context.account, lookup);
  // After a lost store an older list may lack what was created since.
  const fresh = kept && (!context.lookFirst || kept.at >= context.startedAt);
  if (fresh) return findSibling(context, target, siblings, fields, kept.value as unknown as Items);
  const { listing } = context;
  const running = listing.get(lookup) ?? listAndKeep(context, target, siblings, fields, lookup);
  listing.set(lookup, running);
  const listed = await running.finally(() => listing.delete(lookup));
  return findSibling(context, target, siblings, fields, listed);
}

/**
 * What has neither an identity nor a parent may be there whenever the store was lost, and nothing tells of that: so it is looked
 * for before each create. Each list is asked for once in the life of a process: a later one would show what a record of the same
 * words is just creating.
 */
async function findOrphan(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
): Promise<Found> {
  const { listing } = context;
  if (listing.size > MOST_LISTS) listing.clear();
  const list = parentlessListOf(target, JSON.stringify(siblings.query?.(fields)));
  const running = listing.get(list) ?? listSiblings(context, target, siblings, fields);
  listing.set(list, running);
  const listed = await running;
  if ('type' in listed) listing.delete(list);
  return findSibling(context, target, siblings, fields, listed);
}

async function listAndKeep(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
  lookup: string,
): Promise<Listed> {
  const listed = await listSiblings(context, target, siblings, fields);
  if (!('type' in listed)) {
    await context.store.write((tables) =>
      tables.lookups.put(context.account, lookup, listed as Json, context.clock.now()),
    );
  }
  return listed;
}

async function listSiblings(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
): Promise<Listed> {
  const call = { operation: siblings.list.operation, query: siblings.query?.(fields) ?? {} };
  const listed: Items[number][] = [];
  for await (const answer of listPages(context, target, call, siblings.pages)) {
    // The parent itself is gone: so are its children.
    // HighLevel says so with 404 or with 400.
    const gone = answer.type === 'answered' && answer.status === 400 && /not.?found/i.test(answer.message);
    if (gone || (answer.type === 'answered' && answer.status === 404)) return [];
    if (!isSuccess(answer)) return classifyFailure(answer, context.clock.now());
    const items = listIn(answer.body, siblings.list.answer);
    listed.push(...items.map((item) => asFields(target, siblings, item)));
  }
  return listed;
}

/** Of a child, all that it is found by, in the words of its create. */
function asFields(
  target: Target,
  siblings: Siblings,
  item: Readonly<Record<string, unknown>>,
): Items[number] {
  const valueOf = (name: string) => shownValues(target.resource, item, name)[0] ?? null;
  const shown = namesOf(target, siblings).map((name) => [name, valueOf(name)] as const);
  return { id: item['id'] ?? null, ...Object.fromEntries(shown) };
}

/** Two notes "Call back" are two records: never one that another link holds. */
async function findSibling(
  context: DeliverContext,
  target: Target,
  siblings: Siblings,
  fields: Fields,
  items: Listed,
): Promise<Found> {
  if ('type' in items) return items;
  if (items.length === 0) return { type: 'none' };
  const location = await locationFacts(context, target.priority);
  if (!location.ok) return location.outcome;
  const { zone } = location.value;
  // A location that doesn't say its zone is most likely in the config's.
  const zones = zone === null ? [context.timezone, 'UTC'] : [zone];
  const candidates = zones.flatMap((one) =>
    candidatesOf(target, fields, items, (item) => sameContent(fields, item, matchOf(target, siblings), one)),
  );
  for (const item of candidates) {
    const targetId = idOf(item);
    if (targetId !== undefined && (await isFree(context, target, target.resource, targetId)))
      return { type: 'found', targetId };
  }
  return { type: 'none' };
}

/** First those that carry our mark, whatever people or the mapping made of them; then those that look the same, and are nobody's by their mark. */
function candidatesOf(
  { resource }: Target,
  fields: Fields,
  items: Items,
  looksSame: (item: Items[number]) => boolean,
): Items {
  const { markField } = resource;
  const mark = markField === undefined ? undefined : markIn(fields[markField]);
  if (markField === undefined || mark === undefined) return items.filter(looksSame);
  const ours = items.filter((item) => markIn(item[markField]) === mark);
  return [...ours, ...items.filter((item) => markIn(item[markField]) === undefined && looksSame(item))];
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
