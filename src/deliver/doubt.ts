import { isDeepStrictEqual } from 'node:util';
import { NO_ID, NOBODY_KNOWS, type Failure, type Intent } from '../model/intent.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields } from '../model/step.ts';
import { adoption } from './adopt.ts';
import { classifyFailure, keepingIntent } from './classify.ts';
import type { DeliverContext, Target } from './context.ts';
import { canFind, findTarget, type Found } from './find.ts';
import { isParentMissing } from './parent.ts';
import { resolveFields } from './resolve-fields.ts';

/** Whether the API refuses a second target of the same identity: then creating again *is* the look. Null: it won't say. */
export type RefusesTwins = boolean | null;

const STOPPED = { status: 0, message: 'the runner stopped while the create was on its way' } as const;

/** What became of an earlier create; nothing where it may be sent again. */
export async function resolveDoubt(
  context: DeliverContext,
  target: Target,
  intent: Intent,
  { fields, refuses }: { readonly fields: Fields; readonly refuses: RefusesTwins },
): Promise<Outcome | undefined> {
  const failure = intent.failure ?? STOPPED;
  const mayRepeat = failure.status === 0 || failure.status >= 500;
  const sent = { ...target.resource.createDefaults, ...intent.content.fields };
  const content = await resolveFields(context, target, sent);
  if (!content.ok) return keepingIntent(content.outcome);
  const findable = await canFind(target, content.value);
  const { parentId } = intent.content;
  const parent =
    parentId === undefined || !target.parent ? {} : { parent: { ...target.parent, targetId: parentId } };
  const inDoubt = { ...target, ...parent };
  const question = (of: Fields) => target.resource.identity?.question(target.key, of)?.value;
  const sameIdentity = question(content.value) === question(fields);
  if (refuses === true && mayRepeat && findable && sameIdentity) return undefined;
  if (context.clock.now() < intent.lookAt)
    return { type: 'in-doubt', failure, lookAt: intent.lookAt, intent: 'keep' };
  const found = await adoptDoubtful(context, inDoubt, intent, content.value, sameIdentity);
  if (found) return found;
  if (failure.message === NO_ID) return findable ? madeUnseen(target) : nobodyKnows(failure);
  // What was refused then may have been corrected since.
  const same =
    isDeepStrictEqual(content.value, fields) && inDoubt.parent?.targetId === target.parent?.targetId;
  if (!mayRepeat) return same ? refusedBefore(context, inDoubt, failure) : undefined;
  return findable ? undefined : nobodyKnows(failure);
}

/** What a create in doubt has made, where it has made anything. `isWanted`: the identity that it was sent with is the one wanted now. */
async function adoptDoubtful(
  context: DeliverContext,
  target: Target,
  intent: Intent,
  fields: Fields,
  isWanted: boolean,
): Promise<Outcome | undefined> {
  const found: Found = await findTarget(context, target, fields);
  if (found.type === 'none') return undefined;
  if (found.type !== 'found') return keepingIntent(found);
  const { content } = intent;
  const adopted = await adoption(context, target, found.targetId, intent);
  // Another record has that identity by now, and came first: what it took over is its own.
  if (adopted.type === 'dead' && !isWanted) return undefined;
  return adopted.type === 'adopted' && content.parentId !== undefined
    ? { ...adopted, parentId: content.parentId }
    : adopted;
}

/** For a target that nobody wants any more: what an open create has made of it; nothing where it has made nothing. */
export async function lookForDoubtful(
  context: DeliverContext,
  target: Target,
  intent: Intent,
): Promise<Outcome | undefined> {
  const failure = intent.failure ?? STOPPED;
  if (context.clock.now() < intent.lookAt)
    return { type: 'in-doubt', failure, lookAt: intent.lookAt, intent: 'keep' };
  const content = await resolveFields(context, target, intent.content.fields);
  if (!content.ok) return keepingIntent(content.outcome);
  const { parentId } = intent.content;
  const parent = parentId === undefined ? {} : { parent: { targetId: parentId, origin: 'created' as const } };
  return adoptDoubtful(context, { ...target, ...parent }, intent, content.value, false);
}

/** Nothing can tell, so that a person has to. */
function nobodyKnows(failure: Failure): Outcome {
  return {
    type: 'dead',
    reason: `${NOBODY_KNOWS} this was created (${failure.message}), and there is nothing to look for it by`,
    remedy: 'look for it in the target; then discard the event if it is there, or retry it if not',
    intent: 'keep',
  };
}

/** The API says that it has created it, and neither said its id nor shows it. */
function madeUnseen({ resource }: Target): Outcome {
  return {
    type: 'dead',
    reason: `the API says that it created this ${resource.name}, but not its id, and does not show it`,
    remedy:
      'see whether it is there: if so, retry the event, which looks again; if not, discard it with --forget-intent, and `boothsync run --full` creates it',
    intent: 'keep',
  };
}

/** Nothing was created, and the same would be refused again; unless it was for its parent, which may come back. */
async function refusedBefore(context: DeliverContext, target: Target, failure: Failure): Promise<Outcome> {
  const { status, message, parentThere } = failure;
  const refusal = {
    type: 'answered',
    ok: false,
    headers: {},
    body: null,
    sentAt: 0,
    status,
    message,
  } as const;
  if (parentThere) return classifyFailure(refusal, 0);
  const missing = await isParentMissing(context, target, refusal);
  if (missing === true) return { type: 'parent-missing', failure };
  return missing === false ? classifyFailure(refusal, 0) : keepingIntent(missing);
}
