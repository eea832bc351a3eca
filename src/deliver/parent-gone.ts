import type { Resource } from '../catalog/resource.ts';
import { ghlResource } from '../catalog/resources.ts';
import type { DeliverContext, Target } from './context.ts';

/** Whether the parent that a child is under is nobody's by now: the runner has deleted it meanwhile, or knows that people did. */
export async function isParentGone(
  context: DeliverContext,
  { resource, parent }: Pick<Target, 'resource' | 'parent'>,
): Promise<boolean> {
  const above = ghlResource(resource.parent?.resource ?? '');
  return parent !== undefined && above !== undefined && isNobodys(context, above, parent.targetId);
}

/** Nobody's itself, or under one that is: a child goes with its parent. */
export async function isNobodys(
  context: DeliverContext,
  { name, parent }: Resource,
  targetId: string,
): Promise<boolean> {
  const { links } = context.store.read;
  const holder = await links.holder(context.account, name, targetId);
  if (holder === undefined) return true;
  const above = ghlResource(parent?.resource ?? '');
  const parentId = above && (await links.get(holder))?.parentId;
  return above && parentId ? isNobodys(context, above, parentId) : false;
}
