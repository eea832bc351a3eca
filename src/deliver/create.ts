import { isDeepStrictEqual } from 'node:util';
import { placeIn, targetIdIn, targetIn } from '../catalog/resource.ts';
import type { Announce } from '../connection/wire.ts';
import { isSuccess, wasNeverSent, type Answer } from '../model/answer.ts';
import { NO_ID, sentBy, type Intent } from '../model/intent.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields, Step } from '../model/step.ts';
import { adoptDuplicate, adoption } from './adopt.ts';
import { classifyFailure, failureOf, keepingIntent } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { resolveDoubt, type RefusesTwins } from './doubt.ts';
import { canFind, findKnownChild, findTarget, type Found } from './find.ts';
import { hasRefusedTwins, locationFacts } from './location.ts';
import { hintsAtMissing, isParentMissing } from './parent.ts';
import { FIND_LAG_MS, idBy, sendRequest } from './requests.ts';
import { resolveFields } from './resolve-fields.ts';
import { succeed, type Result } from './result.ts';
import { seenTags } from './seen-tags.ts';
import { send } from './send.ts';

type CreateStep = Extract<Step, { type: 'create' }>;

/**
 * Creates a target, once. A durable intent goes before the call; every failure but 401, 403 and 429 leaves the create
 * in doubt, and whoever comes next finds out first (ENGINE case 4).
 */
export async function create(context: DeliverContext, target: Target, step: CreateStep): Promise<Outcome> {
  const intent = await context.store.read.intents.get(target.targetKey);
  const keep = (outcome: Parameters<typeof keepingIntent>[0]): Outcome =>
    intent ? keepingIntent(outcome) : outcome;
  const refuses = await refusesTwins(context, target);
  if (!refuses.ok) return keep(refuses.outcome);
  const resolved = await resolveFields(context, target, {
    ...target.resource.createDefaults,
    ...step.fields,
  });
  if (!resolved.ok) return keep(resolved.outcome);
  const known = intent
    ? await resolveDoubt(context, target, intent, { fields: resolved.value, refuses: refuses.value })
    : await findBefore(context, target, resolved.value, refuses.value);
  if (known) return known;
  const before = (lateMs: number) =>
    context.store.write((tables) => tables.intents.put(intentOf(context, target, step, lateMs, intent)));
  const answer = await sendCreate(context, target, resolved.value, step.tags, before);
  return judge(context, target, resolved.value, answer, intent);
}

function sendCreate(
  context: DeliverContext,
  target: Target,
  fields: Fields,
  tags: readonly string[],
  before: Announce,
): Promise<Answer> {
  const { http, create: operation } = target.resource;
  if (http) return sendRequest(context, target, http.create, { mapped: fields, body: fields }, before);
  const body = { ...fields, ...(tags.length > 0 ? { tags } : {}) };
  return send(context, target, { operation: operation.operation, body, before });
}

async function refusesTwins(context: DeliverContext, target: Target): Promise<Result<RefusesTwins>> {
  const { identity } = target.resource;
  if (identity?.twins !== 'as-the-location-says') return succeed(false);
  const facts = await locationFacts(context, target.priority);
  if (!facts.ok) return facts;
  const { allowsTwins } = facts.value;
  return succeed(allowsTwins === null ? await hasRefusedTwins(context) : !allowsTwins);
}

function intentOf(
  context: DeliverContext,
  target: Target,
  step: CreateStep,
  lateMs: number,
  earlier?: Intent,
): Intent {
  const now = context.clock.now();
  // Should the process die now: the call may take its whole timeout to land, and then some to show.
  const lookAt = now + lateMs + context.timeoutMs + lagOf(target);
  return {
    targetKey: target.targetKey,
    event: target.event,
    content: {
      ...step,
      ...(target.parent ? { parentId: target.parent.targetId } : {}),
      ...earlierThan(step, earlier),
    },
    sentAt: earlier?.sentAt ?? now,
    lookAt,
    failure: null,
  };
}

/** Where creating again is the look, an earlier try may be what it finds: with the tags that were wanted then. */
function earlierThan(step: CreateStep, intent: Intent | undefined): Pick<Intent['content'], 'earlier'> {
  const [newest] = sentBy(step);
  const others = intent ? sentBy(intent.content).filter((sent) => !isDeepStrictEqual(sent, newest)) : [];
  return others.length > 0 ? { earlier: others } : {};
}

function lagOf({ resource }: Target): number {
  return resource.http ? FIND_LAG_MS : ((resource.identity ?? resource.siblings)?.lagMs ?? 0);
}

/**
 * What may be there already without our knowing. Where twins are allowed the API will not tell us of one, so we ask
 * before each create, and so where there is no parent to tell of a lost store; a child of a parent that was adopted may be
 * one of those that it had.
 */
async function findBefore(
  context: DeliverContext,
  target: Target,
  fields: Fields,
  refuses: RefusesTwins,
): Promise<Outcome | undefined> {
  const { identity, http } = target.resource;
  if (identity && !context.lookFirst && refuses === true) return undefined;
  const look = () =>
    identity || http ? findTarget(context, target, fields) : findKnownChild(context, target, fields);
  const found =
    identity && !context.lookFirst && refuses === null ? await scout(context, look) : await look();
  if (found.type === 'found') return adoption(context, target, found.targetId);
  return found.type === 'none' ? undefined : found;
}

/** Looks that tell, where nobody knows whether twins are allowed. */
const SCOUTS = 3;

/**
 * Had the store been lost, the first ones would be there already: they are looked for while the others wait, and all are
 * looked for once one was there. A look for each would double the calls of whoever lacks the one scope.
 */
async function scout(context: DeliverContext, look: () => Promise<Found>): Promise<Found> {
  const { store, account, scouts } = context;
  // A plan that asks nothing takes it that the location tells.
  if (context.unasked) return { type: 'none' };
  if (await store.read.links.hasAdopted(account)) return look();
  if (await store.read.links.hasAtLeast(account, SCOUTS)) return { type: 'none' };
  if (scouts.length >= SCOUTS) {
    const areSure = await Promise.all(scouts);
    return areSure.every(Boolean) ? { type: 'none' } : look();
  }
  const looking = look();
  const isSure = looking.then(
    ({ type }) => type === 'none',
    () => false,
  );
  scouts.push(isSure);
  return looking;
}

async function judge(
  context: DeliverContext,
  target: Target,
  fields: Fields,
  answer: Answer,
  intent: Intent | undefined,
): Promise<Outcome> {
  if (isSuccess(answer)) {
    const place = placeIn(target.resource.create, answer.body);
    const { http } = target.resource;
    const told = http ? await idBy(http.create, answer.body, answer) : targetIdIn(answer.body, place);
    const targetId = context.newId ? context.newId() : told;
    const seen = seenTags(answer.body, place);
    const shown = targetIn(answer.body, place);
    if (targetId !== undefined)
      return {
        type: 'applied',
        targetId,
        ...seen,
        ...(shown ? { shown } : {}),
        answer: { status: answer.status, id: targetId },
      };
  }
  const adopted = await adoptDuplicate(context, target, fields, answer, intent);
  if (adopted) return adopted;
  const missing = await isParentMissing(context, target, answer);
  if (missing === true) return { type: 'parent-missing', failure: failureOf(answer) };
  const failed = classifyFailure(answer, context.clock.now());
  const tooMany = answer.type === 'answered' && answer.status === 429;
  if (wasNeverSent(answer) || failed.type === 'refused' || tooMany)
    return intent ? keepingIntent(failed) : failed;
  // What only the look for the parent suffers from must not end the event.
  if ((failed.type === 'dead' || failed.type === 'missing') && !(await canFind(target, fields)))
    return missing === false ? failed : missing;
  return inDoubt(context, target, answer, target.parent !== undefined && missing === false);
}

/** `parentThere`: that the words of the answer may mean that its parent is gone has been looked into. */
function inDoubt(context: DeliverContext, target: Target, answer: Answer, parentThere: boolean): Outcome {
  const landing = answer.type === 'unanswered' && answer.reason === 'timeout' ? context.timeoutMs : 0;
  const failure = isSuccess(answer) ? { status: answer.status, message: NO_ID } : failureOf(answer);
  return {
    type: 'in-doubt',
    failure: parentThere && hintsAtMissing(answer) ? { ...failure, parentThere } : failure,
    lookAt: context.clock.now() + lagOf(target) + landing,
    tried: true,
    intent: 'keep',
  };
}
