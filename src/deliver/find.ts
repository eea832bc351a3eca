import { targetIdIn } from '../catalog/resource.ts';
import { isSuccess } from '../model/answer.ts';
import type { Fields } from '../model/step.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';

export type Found =
  { readonly type: 'found'; readonly targetId: string } | { readonly type: 'none' } | Unapplied;

/** Asks for the target by the field that stands for its key; `none` also where the record has no such field. */
export async function findTarget(context: DeliverContext, target: Target, fields: Fields): Promise<Found> {
  const { identity } = target.resource;
  const question = identity?.question(target.key, fields);
  if (!identity || !question) return { type: 'none' };
  const answer = await context.client.send(
    context.operation(identity.find.operation),
    { query: question.query },
    { priority: target.priority },
  );
  if (answer.type === 'answered' && answer.status === 404) return { type: 'none' };
  if (!isSuccess(answer)) {
    return classifyFailure(answer, context.clock.now());
  }
  const targetId = targetIdIn(answer.body, identity.find.answer);
  return targetId === undefined ? { type: 'none' } : { type: 'found', targetId };
}
