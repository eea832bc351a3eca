import { ghlResource } from '../catalog/resources.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { send } from './send.ts';

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
  const parent = ghlResource(target.resource.parent?.resource ?? '');
  if (!target.parent || !parent?.read || !hintsAtMissing(refusal)) return false;
  if (await isParentGone(context, target)) return true;
  const asked = { ...target, resource: parent, targetId: target.parent.targetId };
  const look = await send(context, asked, { operation: parent.read.operation });
  if (isSuccess(look)) return false;
  if (look.type === 'answered' && (look.status === 404 || look.status === 400)) return true;
  return classifyFailure(look, context.clock.now());
}

/** Whether the parent that a child is under is nobody's by now: the runner has deleted it meanwhile, or knows that people did. */
export async function isParentGone({ store, account }: DeliverContext, target: Target): Promise<boolean> {
  const parent = ghlResource(target.resource.parent?.resource ?? '');
  if (!target.parent || !parent) return false;
  return (await store.read.links.holder(account, parent.name, target.parent.targetId)) === undefined;
}
