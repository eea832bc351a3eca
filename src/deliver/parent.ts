import { ghlResource } from '../catalog/resources.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { isNobodys } from './parent-gone.ts';
import { send } from './send.ts';

/** Ahead of all that waits for the limit: what goes to the same target would be in vain. */
const BEFORE_ALL = -1;

/** However an API may put it that something is not there. */
const MISSING =
  /not.{0,6}found|\bno\b.{0,40}\bfound|(?:not|n['’]t) exist|deleted|no longer|no such|unknown|(?:can|could).{0,5} find|invalid.{0,20}\bid\b/i;

/** Words of a refusal that may mean that something is not there: HighLevel says so with 404, or with 400. */
export function hintsAtMissing(answer: Answer): boolean {
  if (answer.type !== 'answered') return false;
  if (answer.status === 404 || answer.status === 410) return true;
  return (answer.status === 400 || answer.status === 422) && MISSING.test(answer.message);
}

/**
 * Whether a child was refused because its parent is not there any more, deleted by hand or by the runner: one look tells.
 * Where the look itself fails, nobody knows yet.
 */
export async function isParentMissing(
  context: DeliverContext,
  target: Target,
  refusal: Answer,
): Promise<boolean | Unapplied> {
  const { parent, resource } = target;
  if (!parent || !resource.parent || !hintsAtMissing(refusal)) return false;
  return isTargetGone(context, resource.parent.resource, parent.targetId);
}

/** Whether a target that a refused call was to be made under is there no more. */
export async function isTargetGone(
  context: DeliverContext,
  name: string,
  targetId: string,
): Promise<boolean | Unapplied> {
  const resource = ghlResource(name);
  if (!resource?.read) return false;
  if (context.gone.has(targetId) || (await isNobodys(context, resource, targetId))) return true;
  const asked = { resource, targetId, priority: BEFORE_ALL };
  const look = await send(context, asked, { operation: resource.read.operation });
  if (isSuccess(look)) return false;
  const isGone = look.type === 'answered' && (look.status === 404 || look.status === 400);
  if (isGone) context.gone.add(targetId);
  return isGone || classifyFailure(look, context.clock.now());
}
