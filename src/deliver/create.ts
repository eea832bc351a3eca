import { targetIdIn } from '../catalog/resource.ts';
import { isSuccess, type Answer } from '../model/answer.ts';
import type { Intent } from '../model/intent.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Step } from '../model/step.ts';
import { classifyFailure, failureOf, keepingIntent } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { resolveFields } from './custom-fields.ts';
import { findTarget } from './find.ts';
import { seenTags } from './seen-tags.ts';

type CreateStep = Extract<Step, { type: 'create' }>;

const DAY_MS = 86_400_000;

/**
 * Creates a target, once. A durable intent goes before the call; every failure but 401, 403 and 429 leaves the create in doubt, and
 * whoever comes next finds out first (ENGINE case 4).
 */
export async function create(context: DeliverContext, target: Target, step: CreateStep): Promise<Outcome> {
  const refusesTwins = await locationRefusesTwins(context, target);
  if (typeof refusesTwins === 'object' && refusesTwins !== null) return refusesTwins;
  const intent = await context.store.read.intents.get(target.targetKey);
  const known = intent
    ? await resolveDoubt(context, target, intent, refusesTwins === true)
    : await findBefore(context, target, step, refusesTwins);
  if (known) return known;
  const resolved = await resolveFields(context, step.fields, target.priority);
  if (resolved.type !== 'fields') return resolved;
  const body = { ...resolved.fields, ...(step.tags.length > 0 ? { tags: step.tags } : {}) };
  const before = () => context.store.write((tables) => tables.intents.put(intentOf(context, target, step)));
  const operation = context.operation(target.resource.create.operation);
  const answer = await context.client.send(operation, { body }, { priority: target.priority, before });
  return judge(context, target, step, answer, intent);
}

function intentOf(context: DeliverContext, target: Target, step: CreateStep): Intent {
  const now = context.clock.now();
  // Should the process die now: the call may take its whole timeout to land, and then some to show.
  const lookAt = now + context.timeoutMs + (target.resource.identity?.lagMs ?? 0);
  return {
    targetKey: target.targetKey,
    event: target.event,
    content: step,
    sentAt: now,
    lookAt,
    failure: null,
  };
}

/** Where twins are allowed the API will not tell us of one: so we ask, before each create. */
async function findBefore(
  context: DeliverContext,
  target: Target,
  step: CreateStep,
  refusesTwins: boolean | null,
): Promise<Outcome | undefined> {
  if (refusesTwins !== false) return undefined;
  const found = await findTarget(context, target, step.fields);
  if (found.type === 'found') return adoption(context, target, found.targetId);
  return found.type === 'none' ? undefined : found;
}

/** What became of an earlier create; nothing where it may be sent again. */
async function resolveDoubt(
  context: DeliverContext,
  target: Target,
  intent: Intent,
  refusesTwins: boolean,
): Promise<Outcome | undefined> {
  const failure = intent.failure ?? {
    status: 0,
    message: 'the runner stopped while the create was on its way',
  };
  const mayRepeat = failure.status === 0 || failure.status >= 500;
  // Where the API refuses twins, creating again *is* the look.
  if (refusesTwins && mayRepeat && asks(target, intent.content)) return undefined;
  if (context.clock.now() < intent.lookAt)
    return { type: 'in-doubt', failure, lookAt: intent.lookAt, intent: 'keep' };
  const found = await findTarget(context, target, intent.content.fields);
  if (found.type === 'found') return adoption(context, target, found.targetId, intent.content.tags);
  if (found.type !== 'none') return keepingIntent(found);
  if (!mayRepeat) return refusedForGood(failure.status, failure.message);
  if (asks(target, intent.content)) return undefined;
  return {
    type: 'dead',
    reason: `nobody knows whether this was created (${failure.message}), and it has neither email nor phone to look for`,
    remedy: 'look for it in HighLevel; then discard the event if it is there, or retry it if not',
  };
}

function asks(target: Target, content: CreateStep): boolean {
  return target.resource.identity?.question(target.key, content.fields) !== undefined;
}

async function judge(
  context: DeliverContext,
  target: Target,
  step: CreateStep,
  answer: Answer,
  intent: Intent | undefined,
): Promise<Outcome> {
  const { resource } = target;
  if (isSuccess(answer)) {
    const targetId = targetIdIn(answer.body, resource.create.answer);
    if (targetId !== undefined)
      return {
        type: 'applied',
        targetId,
        ...seenTags(answer.body, resource.create.answer),
        answer: { status: answer.status, id: targetId },
      };
  }
  const adopted = await adoptDuplicate(context, target, step, answer, intent);
  if (adopted) return adopted;
  const failed = classifyFailure(answer, context.clock.now());
  const surelyNotCreated =
    failed.type === 'stopped' ||
    failed.type === 'refused' ||
    (answer.type === 'answered' && answer.status === 429);
  if (surelyNotCreated) return intent ? keepingIntent(failed) : failed;
  if (failed.type === 'dead' && !asks(target, step)) return failed;
  const lag = resource.identity?.lagMs ?? 0;
  const landing = answer.type === 'unanswered' && answer.reason === 'timeout' ? context.timeoutMs : 0;
  const doubt = isSuccess(answer) ? { status: 0, message: 'the answer held no id' } : failureOf(answer);
  return { type: 'in-doubt', failure: doubt, lookAt: context.clock.now() + lag + landing, intent: 'keep' };
}

/** A 400 that names the contact which is there already: ours only where the key's own field matched (ENGINE case 3). */
async function adoptDuplicate(
  context: DeliverContext,
  target: Target,
  step: CreateStep,
  answer: Answer,
  intent: Intent | undefined,
): Promise<Outcome | undefined> {
  const { identity } = target.resource;
  const duplicate = answer.type === 'answered' && !answer.ok ? identity?.duplicateIn(answer.body) : undefined;
  if (!identity || !duplicate) return undefined;
  const question = identity.question(target.key, step.fields);
  const sentTags = intent?.content.tags;
  if (question && duplicate.field === question.field)
    return adoption(context, target, duplicate.targetId, sentTags);
  const found = question ? await findTarget(context, target, step.fields) : ({ type: 'none' } as const);
  if (found.type === 'found') return adoption(context, target, found.targetId, sentTags);
  if (found.type !== 'none') return keepingIntent(found);
  return {
    type: 'dead',
    reason: `HighLevel holds another contact, ${duplicate.targetId}, with the same ${duplicate.field ?? 'identity'}; this record is "${target.key}"`,
    remedy: `give one of the two another ${duplicate.field ?? 'identity'}, or map the field only where it is the person's own; then retry the event`,
  };
}

async function adoption(
  context: DeliverContext,
  target: Target,
  targetId: string,
  sentTags?: readonly string[],
): Promise<Outcome> {
  const holder = await context.store.read.links.holder(context.account, target.resource.name, targetId);
  if (holder === undefined || holder === target.targetKey) {
    return { type: 'adopted', targetId, ...(sentTags ? { sentTags } : {}), answer: { adopted: targetId } };
  }
  return {
    type: 'dead',
    reason: `${target.resource.name} ${targetId} belongs to "${holder.split('|').slice(3).join('|')}" already, and "${target.key}" would overwrite it`,
    remedy:
      'two keys lead to one target: make the key of the sync the same for both, or give the records different identities; then retry the event',
  };
}

function refusedForGood(status: number, message: string): Outcome {
  const dead = classifyFailure(
    { type: 'answered', status, ok: false, headers: {}, body: null, message, sentAt: 0 },
    0,
  );
  return dead.type === 'dead'
    ? dead
    : {
        type: 'dead',
        reason: `${status}: ${message}`,
        remedy: 'correct the record or its mapping, then retry the event',
      };
}

/** `settings.allowDuplicateContact` of the location; null where the API won't say. */
async function locationRefusesTwins(
  context: DeliverContext,
  target: Target,
): Promise<boolean | null | Outcome> {
  if (!target.resource.identity) return null;
  const looked = await context.lookups.ask(
    {
      name: 'allows-twins',
      operation: context.operation('get-location'),
      keep: keepAllowsTwins,
      otherwise: null,
      maxAgeMs: DAY_MS,
    },
    target.priority,
  );
  if (looked.ok) return looked.value === null ? null : looked.value === false;
  return classifyFailure(looked.answer, context.clock.now());
}

function keepAllowsTwins(body: unknown): Json {
  const location = isObject(body) && isObject(body['location']) ? body['location'] : body;
  const settings = isObject(location) ? location['settings'] : undefined;
  const allowed = isObject(settings) ? settings['allowDuplicateContact'] : undefined;
  return typeof allowed === 'boolean' ? allowed : null;
}
