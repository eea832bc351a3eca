import { ghlResource } from '../catalog/resources.ts';
import type { Answer } from '../model/answer.ts';
import type { DeliverContext, Target } from './context.ts';
import { send } from './send.ts';

/** Words of a refusal that may mean that something is not there: HighLevel says so with 404, or with 400. */
export function hintsAtMissing(answer: Answer): boolean {
  if (answer.type !== 'answered') return false;
  if (answer.status === 404) return true;
  return answer.status === 400 && /not.?found|not exist|deleted|no longer/i.test(answer.message);
}

/** Whether a child was refused because somebody deleted its parent by hand: one look tells. */
export async function isParentMissing(
  context: DeliverContext,
  target: Target,
  answer: Answer,
): Promise<boolean> {
  const parent = ghlResource(target.resource.parent?.resource ?? '');
  if (!target.parent || !parent?.read || !hintsAtMissing(answer)) return false;
  if (await isParentGone(context, target)) return true;
  const asked = { ...target, resource: parent, targetId: target.parent.targetId };
  const look = await send(context, asked, { operation: parent.read.operation });
  return look.type === 'answered' && (look.status === 404 || look.status === 400);
}

/** Whether the parent that a child is under is nobody's by now: the runner has deleted it meanwhile, or knows that people did. */
export async function isParentGone({ store, account }: DeliverContext, target: Target): Promise<boolean> {
  const parent = ghlResource(target.resource.parent?.resource ?? '');
  if (!target.parent || !parent) return false;
  return (await store.read.links.holder(account, parent.name, target.parent.targetId)) === undefined;
}
