import { idOf, type Siblings } from '../catalog/resource.ts';
import type { Json } from '../model/json.ts';
import type { DeliverContext, Target } from './context.ts';

/** The name under which a parent's children are kept. Another mapping may find its children by other fields. */
export function keptListOf(target: Target, siblings: Siblings, parentId: string): string {
  return `children/${target.resource.name}/${parentId}/${namesOf(target, siblings).join()}`;
}

/** The same of what has no parent, by the question that was asked. */
export function parentlessListOf({ resource }: Target, question = ''): string {
  return `orphans/${resource.name}/${question}`;
}

/** Whatever a child is found by: the fields to match, and the text that may carry its mark. */
export function namesOf(target: Target, siblings: Siblings): readonly string[] {
  const { markField } = target.resource;
  return [...matchOf(target, siblings), ...(markField === undefined ? [] : [markField])];
}

export function matchOf(target: Target, siblings: Siblings): readonly string[] {
  return target.match.length > 0 ? target.match : siblings.match;
}

/** A child that is gone goes from the list that is kept, too: else the next record of the same words would be given it. */
export async function forgetChild(
  { store, account, listing }: DeliverContext,
  target: Target,
): Promise<void> {
  const { siblings } = target.resource;
  if (siblings && !target.resource.parent)
    for (const list of listing.keys()) if (list.startsWith(parentlessListOf(target))) listing.delete(list);
  if (!siblings || !target.parent) return;
  const name = keptListOf(target, siblings, target.parent.targetId);
  if (!(await store.read.lookups.get(account, name))) return;
  await store.write(async ({ lookups }) => {
    const kept = await lookups.get(account, name);
    if (!kept) return;
    const items = kept.value as unknown as Readonly<Record<string, Json>>[];
    const left = items.filter((item) => idOf(item) !== target.targetId);
    if (left.length < items.length) await lookups.put(account, name, left, kept.at);
  });
}
