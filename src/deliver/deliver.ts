import { isSuccess, statusOf, type Answer } from '../model/answer.ts';
import { ExpressionError } from '../model/expression.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields, Step } from '../model/step.ts';
import { targetIn, type ResourceOperation } from '../catalog/resource.ts';
import { changeByRequest } from './change-by-request.ts';
import { classifyFailure, type Unapplied } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { create } from './create.ts';
import { forgetChild } from './kept-list.ts';
import { isParentGone } from './parent-gone.ts';
import { hintsAtMissing } from './parent.ts';
import { resolveFields } from './resolve-fields.ts';
import { seenTags } from './seen-tags.ts';
import { send, type Call } from './send.ts';
import { vacantFields } from './vacant-fields.ts';

/** Takes one step for a target: one call, and what came of it. A step but the create needs the target's id. */
export async function deliver(context: DeliverContext, target: Target, step: Step): Promise<Outcome> {
  try {
    const outcome = await take(context, target, step);
    if (context.lookFirst && step.type === 'create' && outcome.type === 'applied')
      context.born.add(outcome.targetId);
    const isGone = outcome.type === 'missing' || (step.type === 'delete' && outcome.type === 'applied');
    if (isGone) await forgetGone(context, target);
    else if (outcome.type === 'applied' || outcome.type === 'adopted') context.gone.forget(outcome.targetId);
    return outcome;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const remedy =
      "correct the request among the connection's resources, or the mapping; then retry the event";
    return { type: 'dead', reason: error.message, remedy, intent: 'keep' };
  }
}

async function forgetGone(context: DeliverContext, target: Target): Promise<void> {
  if (target.targetId !== undefined) context.gone.add(target.targetId);
  await forgetChild(context, target);
}

async function take(context: DeliverContext, target: Target, step: Step): Promise<Outcome> {
  const { resource, before } = target;
  const { http } = resource;
  if (http && (step.type === 'update' || step.type === 'delete'))
    return changeByRequest(context, target, http, step);
  switch (step.type) {
    case 'create':
      return create(context, target, step);
    case 'update':
      return update(context, target, step.fields);
    case 'read':
      return read(context, target, resource.read!, step.empties ?? []);
    case 'add-tags':
    case 'remove-tags': {
      const operation = resource.tags![step.type === 'add-tags' ? 'add' : 'remove'];
      return change(context, target, { operation, answer: [], body: { tags: step.tags }, before });
    }
    case 'delete': {
      const outcome = await change(context, target, { ...resource.delete, before });
      // Somebody else was quicker: it is as gone as it should be.
      return outcome.type === 'missing'
        ? { type: 'applied', targetId: target.targetId!, answer: 'gone already' }
        : outcome;
    }
  }
}

async function read(
  context: DeliverContext,
  target: Target,
  operation: ResourceOperation,
  empties: readonly string[],
): Promise<Outcome> {
  const outcome = await change(context, target, operation);
  if (outcome.type !== 'applied' || empties.length === 0) return outcome;
  const vacant = await vacantFields(context, target, empties, outcome.shown);
  return vacant.ok ? { ...outcome, vacant: vacant.value } : vacant.outcome;
}

async function update(context: DeliverContext, target: Target, fields: Fields): Promise<Outcome> {
  const { before, mapped } = target;
  const { update: operation, sole, alwaysNamed = [] } = target.resource;
  const named = Object.entries(mapped).filter(([name]) => alwaysNamed.includes(name));
  const resolved = await resolveFields(context, target, { ...Object.fromEntries(named), ...fields });
  if (!resolved.ok) return resolved.outcome;
  const names = Object.keys(fields);
  const alone = sole && names.length === 1 && names[0] === sole.field;
  return change(context, target, {
    ...(alone ? { ...operation, operation: sole.operation } : operation),
    body: resolved.value,
    before,
  });
}

/** A call that may be repeated safely. */
async function change(
  context: DeliverContext,
  target: Target,
  { answer: place, ...call }: ResourceOperation & Pick<Call, 'body' | 'before'>,
): Promise<Outcome> {
  const answer = await send(context, target, call);
  if (isSuccess(answer)) {
    const seen = seenTags(answer.body, place);
    const shown = targetIn(answer.body, place);
    return {
      type: 'applied',
      targetId: target.targetId!,
      ...seen,
      ...(shown ? { shown } : {}),
      answer: { status: answer.status },
    };
  }
  const missing = await isMissing(context, target, answer);
  if (missing === true) return { type: 'missing', failure: { status: 404, message: answer.message } };
  return missing === false ? classifyFailure(answer, context.clock.now()) : missing;
}

/**
 * HighLevel answers a target that was deleted by hand with 404 or with 400; the latter means many things, so one look tells,
 * whatever its words are. Where there is nothing to look with, they have to do.
 */
async function isMissing(
  context: DeliverContext,
  target: Target,
  answer: Answer,
): Promise<boolean | Unapplied> {
  const status = statusOf(answer);
  if (status === 404 || status === 410) return true;
  const hints = hintsAtMissing(answer);
  const { read, identity } = target.resource;
  if (!read) return hints;
  // It names another target that has what this one is to get: so this one is there.
  const isDuplicate = answer.type === 'answered' && identity?.duplicateIn(answer.body) !== undefined;
  if (!hints && (status !== 400 || isDuplicate)) return false;
  if (hints && (await isParentGone(context, target))) return true;
  const look = await send(context, target, { operation: read.operation });
  if (isSuccess(look)) return false;
  if (look.type === 'answered' && (look.status === 404 || look.status === 400)) return true;
  // Nobody knows yet: what only the look suffers from must not end the event.
  return classifyFailure(look, context.clock.now());
}
