import { isDeepStrictEqual } from 'node:util';
import { heldBy, notOurs } from '../../deliver/adopt.ts';
import { hasIdentity } from '../../catalog/resource.ts';
import { lookForDoubtful } from '../../deliver/doubt.ts';
import type { Intent } from '../../model/intent.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Decision, Step } from '../../model/step.ts';
import { releaseSticky } from '../../reconcile/advance.ts';
import { foldMembers } from '../../reconcile/fold.ts';
import type { FollowUp } from '../../settle/follow-up.ts';
import type { Settlement } from '../../settle/settle.ts';
import {
  decideNext,
  leftBehind,
  linkAfter,
  lostBefore,
  orphansOf,
  sourceOf,
  targetOf,
  type Applied,
  type Course,
} from './course.ts';
import { discreetOutcome, recordsIn } from '../discreet.ts';
import { fail } from './fail.ts';
import { failureJson, requestOf, summaryOf, wordFor } from '../inspect/journal-words.ts';
import { waitForLostParent } from './lost-parent.ts';
import type { LaneRuntime } from '../runtime.ts';
import { save, type Change } from './save.ts';
import { takeStep } from './take-step.ts';
import type { Work } from './work.ts';

/** Far more steps than any target needs: a circle would be a bug, and must not cost calls for ever. */
export const MOST_STEPS = 12;

/**
 * Brings a target to what its members want: decide, deliver, settle, one step at a time. Each answered step is durable before the next
 * is decided, so a crash in between loses nothing and repeats nothing. True where records that move on may do so; else their
 * events are over, wait, or are tried again.
 */
export async function converge(runtime: LaneRuntime, work: Work): Promise<boolean> {
  const { read } = runtime.store;
  const fold = work.members.length > 0 ? foldMembers(work.members) : undefined;
  const parent = fold?.parent === undefined ? undefined : await read.links.get(fold.parent);
  if (fold?.parent !== undefined && (!parent || parent.gone)) {
    await waitForParent(runtime, work, fold.parent);
    return false;
  }
  let course: Course = {
    runtime,
    work,
    resource: work.resource,
    fold,
    parent,
    successesBefore: runtime.health.successes(),
    steps: [],
    link: await read.links.get(work.targetKey),
  };
  const resolved = await resolveLeft(course);
  if (!resolved) return false;
  course = resolved;
  for (let n = 0; n < MOST_STEPS; n++) {
    const decision = decideNext(course);
    if (decision.type !== 'step') {
      await finish(course, decision, {});
      return work.goesOn;
    }
    const outcome = await takeStep(course, decision.step);
    const next = await follow(course, decision.step, outcome);
    if (!next) return false;
    course = next;
  }
  throw new Error(`target ${work.resource.name} does not come to rest: ${course.steps.join(', ')}`);
}

/**
 * The last member leaves while a create of the target is in doubt: what that has made is to go the same way. Where it is to be
 * left as it is, the doubt stays, and is for whoever comes next.
 */
async function resolveLeft(course: Course): Promise<Course | undefined> {
  const { runtime, work, fold, link } = course;
  if (fold || (link && !link.gone)) return course;
  const intent = await runtime.store.read.intents.get(work.targetKey);
  if (!intent || !leavesTraces(work, intent)) return course;
  const outcome = await runtime.away(() =>
    lookForDoubtful(runtime.deliver, targetOf(course, intent.content), intent),
  );
  if (outcome) {
    runtime.health.note(discreetOutcome(runtime, outcome, recordsIn(work)), work.targetKey);
    return follow(course, intent.content, outcome);
  }
  await save(course, { intent: 'clear' });
  return course;
}

/** Whether what a create in doubt has made would not be left just as it is. */
function leavesTraces({ farewell, movesOn }: Work, { content }: Intent): boolean {
  const owned = Object.values(content.owned ?? {}).flat();
  return farewell.type !== 'ignore' || (movesOn && owned.length > 0);
}

/** Settles a step; yields the course from there, or nothing where it has ended. */
async function follow(course: Course, step: Step, outcome: Outcome): Promise<Course | undefined> {
  const answer = 'answer' in outcome ? outcome.answer : failureJson(outcome);
  if (outcome.type === 'applied' || outcome.type === 'adopted')
    return proceed(course, step, outcome, { step: summaryOf(step), answer });
  const journal = { step: requestOf(step), answer };
  if (outcome.type === 'missing' && step.type !== 'create' && course.lostId === undefined) {
    return recreate(course, journal);
  }
  if (outcome.type === 'parent-missing')
    await waitForLostParent({ ...course, parent: course.parent! }, journal);
  else await fail(course, step, outcome, journal);
  return undefined;
}

async function proceed(
  course: Course,
  step: Step,
  outcome: Applied,
  journal: Settlement['journal'] & object,
): Promise<Course | undefined> {
  const { runtime, work } = course;
  const link = linkAfter(course, step, outcome);
  const word = outcome.type === 'adopted' ? 'adopted' : wordFor(step);
  const vacant = outcome.type === 'applied' ? { vacant: outcome.vacant ?? [] } : {};
  const next: Course = { ...course, ...vacant, link, steps: [...course.steps, word] };
  runtime.stepped({
    targetKey: work.targetKey,
    events: work.events,
    step: outcome.type === 'adopted' ? { type: 'adopt' } : step,
    before: course.link,
  });
  const born = step.type === 'create' || outcome.type === 'adopted';
  const change: Change = {
    link,
    journal,
    // Who leaves is no member: what was found is its own by the intent, until it has gone.
    ...(born && course.fold ? { intent: 'clear' } : {}),
    ...(born ? { wakes: true, calls: sourceOf(runtime), ...joinsAtOnce(course) } : {}),
    ...orphansOf({ ...next, ...lostBefore(course) }, born),
  };
  const decision = decideNext(next);
  // Who moves on comes to rest in a round of its own: its events are not over.
  const last = decision.type === 'step' || work.goesOn ? undefined : decision;
  const holder = await (last ? finish(next, last, change) : save(next, change));
  // Two keys were after one target at the same time, and the other was quicker.
  if (holder !== undefined) {
    const judge = outcome.type === 'adopted' ? notOurs : heldBy;
    const lost = judge(holder, targetOf(course, step), link.targetId);
    await fail(course, step, lost, { step: requestOf(step), answer: failureJson(lost) });
  }
  return last || holder !== undefined ? undefined : next;
}

/**
 * A child is its record's from the first: should the record want none before all is applied, it knows what to take away.
 * What several records share has members once their state stands, as one that can't be applied is not to stand for the others.
 */
function joinsAtOnce(course: Course): Pick<Settlement, 'join' | 'left'> {
  if (hasIdentity(course.resource)) return {};
  return { join: course.work.join, ...leftBehind(course) };
}

/** Deleted by hand: created anew, once, unless its sync says to leave it so. */
async function recreate(
  course: Course,
  journal: Settlement['journal'] & object,
): Promise<Course | undefined> {
  const { work, link } = course;
  if (work.onMissing === 'skip') {
    const verdict = {
      state: 'skipped' as const,
      reason: 'the target was deleted by hand, and `onMissing` says to leave it so',
    };
    await save(course, { journal, followUp: { type: 'settled', verdict } });
    return undefined;
  }
  await save(course, { unlink: true, journal });
  return { ...course, link: undefined, lostId: link!.targetId, steps: [...course.steps, 'found missing'] };
}

async function finish(
  course: Course,
  decision: Exclude<Decision, { type: 'step' }>,
  change: Change,
): Promise<string | undefined> {
  const { work, fold, link, steps } = course;
  const rested = link && fold ? releaseSticky(link, fold) : link;
  const changed = rested !== undefined && (change.link !== undefined || !isDeepStrictEqual(rested, link));
  const reason = steps.length === 0 ? decision.reason : steps.join(', ');
  const words = [reason, ...work.warnings.map((warning) => `warning: ${warning}`)].join('; ');
  const done: FollowUp = { type: 'settled', verdict: { state: 'done', reason: words } };
  return save(course, {
    ...change,
    ...(fold || work.farewell.type === 'ignore' ? {} : { intent: 'clear' }),
    ...(changed ? { link: rested } : {}),
    join: work.join,
    leave: work.leave,
    ...(fold || work.movesOn ? {} : { isLeft: true }),
    ...leftBehind(course),
    ...(work.goesOn ? {} : { followUp: done }),
  });
}

async function waitForParent(runtime: LaneRuntime, work: Work, parent: string): Promise<void> {
  const until = Math.min(...work.events.map((event) => event.createdAt)) + work.parentTimeoutMs;
  await save({ runtime, work }, { followUp: { type: 'wait', parent, until } });
}
