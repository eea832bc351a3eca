import type { Answer } from '../model/answer.ts';
import { movedDoubt, sentBy, type Intent, type Sent } from '../model/intent.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields } from '../model/step.ts';
import { keyOf } from '../model/target-key.ts';
import { keepingIntent } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { findTarget } from './find.ts';
import { noteRefusedTwin } from './location.ts';

/** A 400 that names the contact which is there already: ours only where the key's own field matched (ENGINE case 3). */
export async function adoptDuplicate(
  context: DeliverContext,
  target: Target,
  fields: Fields,
  answer: Answer,
  intent: Intent | undefined,
): Promise<Outcome | undefined> {
  const { identity } = target.resource;
  const duplicate = answer.type === 'answered' && !answer.ok ? identity?.duplicateIn(answer.body) : undefined;
  if (!identity || !duplicate) return undefined;
  await noteRefusedTwin(context);
  const question = identity.question(target.key, fields);
  if (question && duplicate.field === question.field)
    return adoption(context, target, duplicate.targetId, intent);
  const found = question ? await findTarget(context, target, fields) : ({ type: 'none' } as const);
  if (found.type === 'found') return adoption(context, target, found.targetId, intent);
  if (found.type !== 'none') return keepingIntent(found);
  const field = duplicate.field ?? 'identity';
  const holder = await holderOf(context, target, duplicate.targetId);
  return {
    type: 'dead',
    ...(holder === undefined ? {} : { holder }),
    reason: `HighLevel holds another contact, ${duplicate.targetId}, with the same ${field}; this record is "${target.key}"`,
    remedy: `give one of the two another ${field}, or map the field only where it is the person's own; then retry the event`,
  };
}

/** Takes over a target that is there, unless another target key holds it. `intent`: the create in doubt that may have made it. */
export async function adoption(
  context: DeliverContext,
  target: Target,
  targetId: string,
  intent?: Pick<Intent, 'content' | 'sentAt'>,
): Promise<Outcome> {
  const holder = await holderOf(context, target, targetId);
  if (holder !== undefined && holder !== target.targetKey) return notOurs(holder, target, targetId);
  const sent = intent ? sentBy(intent.content) : await sentBefore(context, target);
  return {
    type: 'adopted',
    targetId,
    ...(sent ? { sent } : {}),
    ...(intent ? { sentAt: intent.sentAt } : {}),
    answer: { adopted: targetId },
  };
}

/** What creates of this key have sent that are in doubt, and went with their record to another key since. */
async function sentBefore(
  context: DeliverContext,
  { targetKey }: Target,
): Promise<readonly Sent[] | undefined> {
  const kept = await context.store.read.lookups.get(context.account, movedDoubt(targetKey));
  return kept?.value as unknown as readonly Sent[] | undefined;
}

function holderOf(
  { store, account }: DeliverContext,
  { resource }: Target,
  targetId: string,
): Promise<string | undefined> {
  return store.read.links.holder(account, resource.name, targetId);
}

/**
 * Another target key holds what this one was about to take over. What is found by its content has its like: it looks again, for
 * one that is free. Of an identity there is one only, and two keys can't share it.
 */
export function notOurs(
  holder: string,
  target: Target,
  targetId: string,
): Extract<Outcome, { type: 'dead' | 'taken' }> {
  return target.resource.identity
    ? heldBy(holder, target, targetId)
    : { type: 'taken', targetId, intent: 'keep' };
}

/** Two keys lead to one target. */
export function heldBy(holder: string, target: Target, targetId: string): Extract<Outcome, { type: 'dead' }> {
  return {
    type: 'dead',
    holder,
    bears: true,
    reason: `${target.resource.name} ${targetId} belongs to "${keyOf(holder)}" already, and "${target.key}" would overwrite it`,
    remedy:
      'two keys lead to one target: make the key of the sync the same for both, or give the records different identities; then retry the event',
  };
}
