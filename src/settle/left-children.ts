import type { Link } from '../model/link.ts';
import type { Tables } from '../store/tables.ts';
import { wakeMember, type SourceOf } from './wake-member.ts';

/** Children of a target, by the id that it had. */
export interface Orphans {
  readonly account: string;
  readonly parentId: string;
  readonly sourceOf: SourceOf;
}

/**
 * A link goes with its record to another key (ENGINE case 12). Children of other records, which name their parent by the
 * key, stay where they are until the key has a target again: until then it is kept which one it had. Where the other key had a
 * target that is gone, its children come to this one.
 */
export async function moveWithChildren(
  tables: Tables,
  before: string,
  targetKey: string,
  sourceOf: SourceOf,
  now: number,
): Promise<void> {
  const link = await tables.links.get(before);
  if (!link) return;
  const gone = await tables.links.get(targetKey);
  if (gone) await tables.links.remove(targetKey);
  await tables.links.rekey(before, targetKey);
  if (gone) await wakeOrphans(tables, { account: gone.account, parentId: gone.targetId, sourceOf }, now);
  await callChildren(tables, { ...link, targetKey }, sourceOf, now);
  await tables.lookups.put(link.account, leftBy(before), link.targetId, now);
}

/** The children of a target that is gone are taken up again. */
export async function wakeOrphans(
  tables: Tables,
  { account, parentId, sourceOf }: Orphans,
  now: number,
): Promise<void> {
  for (const targetKey of await tables.links.childrenOf(account, parentId))
    await wakeMember(tables, targetKey, account, sourceOf, now);
}

/** A key has a target again: the children that want one of this key, and are still with the one that it had, come. */
export async function callChildren(
  tables: Tables,
  { account, targetKey, targetId }: Link,
  sourceOf: SourceOf,
  now: number,
): Promise<void> {
  const had = (await tables.lookups.get(account, leftBy(targetKey)))?.value;
  if (typeof had !== 'string' || had === targetId) return;
  for (const child of await tables.links.childrenOf(account, had)) {
    const members = await tables.members.of(child);
    if (members.some(({ desired }) => desired.parent === targetKey))
      await wakeMember(tables, child, account, sourceOf, now);
  }
  await tables.lookups.put(account, leftBy(targetKey), null, now);
}

/** The name under which it is kept which target a key had before it went with its record to another key. */
export function leftBy(targetKey: string): string {
  return `left/${targetKey}`;
}
