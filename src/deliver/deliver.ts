import { isSuccess, type Answer } from '../model/answer.ts';
import type { Json } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Step } from '../model/step.ts';
import type { OperationValues } from '../connection/ghl-client.ts';
import type { ResourceOperation } from '../catalog/resource.ts';
import { classifyFailure } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { create } from './create.ts';
import { resolveFields } from './custom-fields.ts';
import { seenTags } from './seen-tags.ts';

/** Takes one step for a target: one call, and what came of it. A step but the create needs the target's id. */
export async function deliver(context: DeliverContext, target: Target, step: Step): Promise<Outcome> {
  if (step.type === 'create') return create(context, target, step);
  const { resource } = target;
  switch (step.type) {
    case 'update': {
      const resolved = await resolveFields(context, step.fields, target.priority);
      if (resolved.type !== 'fields') return resolved;
      return change(context, target, resource.update, resolved.fields);
    }
    case 'read':
      return change(context, target, resource.read);
    case 'add-tags':
      return change(context, target, { operation: resource.tags!.add, answer: [] }, { tags: step.tags });
    case 'remove-tags':
      return change(context, target, { operation: resource.tags!.remove, answer: [] }, { tags: step.tags });
    case 'delete': {
      const outcome = await change(context, target, resource.delete);
      // Somebody else was quicker: it is as gone as it should be.
      return outcome.type === 'missing'
        ? { type: 'applied', targetId: target.targetId!, answer: 'gone already' }
        : outcome;
    }
  }
}

/** A call that may be repeated safely. */
async function change(
  context: DeliverContext,
  target: Target,
  { operation, answer: place }: ResourceOperation,
  body?: Readonly<Record<string, Json>>,
): Promise<Outcome> {
  const values: OperationValues = {
    path: { [target.resource.idParameter]: target.targetId! },
    ...(body ? { body } : {}),
  };
  const answer = await context.client.send(context.operation(operation), values, {
    priority: target.priority,
  });
  if (isSuccess(answer)) {
    return {
      type: 'applied',
      targetId: target.targetId!,
      ...seenTags(answer.body, place),
      answer: { status: answer.status },
    };
  }
  if (await isMissing(context, target, answer))
    return { type: 'missing', failure: { status: 404, message: answer.message } };
  return classifyFailure(answer, context.clock.now());
}

/**
 * HighLevel answers a contact that was deleted by hand with 404 or with 400; the latter means many things, so
 * where its words hint at it, one look tells.
 */
async function isMissing(context: DeliverContext, target: Target, answer: Answer): Promise<boolean> {
  if (answer.type !== 'answered') return false;
  if (answer.status === 404) return true;
  if (answer.status !== 400 || !/not.?found|not exist|deleted|no longer/i.test(answer.message)) return false;
  const path = { [target.resource.idParameter]: target.targetId! };
  const look = await context.client.send(
    context.operation(target.resource.read.operation),
    { path },
    { priority: target.priority },
  );
  return look.type === 'answered' && (look.status === 404 || look.status === 400);
}
