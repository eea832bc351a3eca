import { isSuccess } from '../model/answer.ts';
import type { HttpResource } from '../model/http-resource.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Step } from '../model/step.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { sendRequest } from './requests.ts';

/** Changes or deletes a target of a connection of type http: safe to repeat. */
export async function changeByRequest(
  context: DeliverContext,
  target: Target,
  http: HttpResource,
  step: Extract<Step, { type: 'update' | 'delete' }>,
): Promise<Outcome> {
  const call = step.type === 'update' ? http.update : http.delete;
  const { targetId = '' } = target;
  if (!call) {
    return {
      type: 'dead',
      reason: `${target.resource.name} has no "${step.type}", and this target needs one`,
      remedy: `add it to the connection's resources, or do it by hand and discard the event`,
    };
  }
  const changed = step.type === 'update' ? step.fields : {};
  const mapped = { ...target.mapped, ...changed };
  // PATCH changes what it names, PUT replaces the whole.
  const body = call.request.method === 'PATCH' ? changed : mapped;
  const answer = await sendRequest(context, target, call, { mapped, body }, target.before);
  if (isSuccess(answer)) return { type: 'applied', targetId, answer: { status: answer.status } };
  const gone = answer.type === 'answered' && (answer.status === 404 || answer.status === 410);
  if (!gone) return classifyFailure(answer, context.clock.now());
  // Somebody else was quicker: it is as gone as it should be.
  if (step.type === 'delete') return { type: 'applied', targetId, answer: 'gone already' };
  return { type: 'missing', failure: { status: answer.status, message: answer.message } };
}
