import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../catalog/resource.ts';
import { ghlResource } from '../catalog/resources.ts';
import type { Target } from '../deliver/context.ts';
import { lookForDoubtful } from '../deliver/create.ts';
import { deliver } from '../deliver/deliver.ts';
import type { Link } from '../model/link.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Decision, Step } from '../model/step.ts';
import { keyOf } from '../model/target-key.ts';
import { adopt, advance, doubt, releaseSticky } from '../reconcile/advance.ts';
import { decide, decideFarewell } from '../reconcile/decide.ts';
import { foldMembers, type Fold } from '../reconcile/fold.ts';
import { followUp, type FollowUp } from '../settle/follow-up.ts';
import { settle, type Settlement } from '../settle/settle.ts';
import { failureJson, requestOf, summaryOf, wordFor } from './journal-words.ts';
import type { LaneRuntime } from './runtime.ts';
import type { Work } from './work.ts';

/** Far more steps than any target needs: a circle would be a bug, and must not cost calls for ever. */
const MOST_STEPS = 12;

/** One target on its way to what its members want. */
interface Course {
  readonly runtime: LaneRuntime;
  readonly work: Work;
  readonly resource: Resource;
  /** Nothing where the last member has left. */
  readonly fold: Fold | undefined;
  /** Of a child. */
  readonly parent: Link | undefined;
  readonly successesBefore: number;
  /** Words for what was done so far. */
  readonly steps: readonly string[];
  readonly link: Link | undefined;
  /** Its id before somebody deleted it by hand. */
  readonly lostId?: string;
}

type Applied = Extract<Outcome, { type: 'applied' | 'adopted' }>;
type Change = Omit<Settlement, 'events' | 'targetKey'>;

/**
 * Brings a target to what its members want: decide, deliver, settle, one step at a time. Each answered step is durable before the next
 * is decided, so a crash in between loses nothing and repeats nothing.
 */
export async function converge(runtime: LaneRuntime, work: Work): Promise<void> {
  const { read } = runtime.store;
  const fold = work.members.length > 0 ? foldMembers(work.members) : undefined;
  const parent = fold?.parent === undefined ? undefined : await read.links.get(fold.parent);
  if (fold?.parent !== undefined && (!parent || parent.gone))
    return waitForParent(runtime, work, fold.parent);
  let course: Course = {
    runtime,
    work,
    resource: ghlResource(work.resource)!,
    fold,
    parent,
    successesBefore: runtime.health.successes(),
    steps: [],
    link: await read.links.get(work.targetKey),
  };
  const resolved = await resolveLeft(course);
  if (!resolved) return;
  course = resolved;
  for (let n = 0; n < MOST_STEPS; n++) {
    const decision = decideNext(course);
    if (decision.type !== 'step') return finish(course, decision, {});
    const outcome = await deliver(runtime.deliver, targetOf(course, decision.step), decision.step);
    runtime.health.note(outcome, work.targetKey);
    const next = await follow(course, decision.step, outcome);
    if (!next) return;
    course = next;
  }
  throw new Error(`target ${work.resource} does not come to rest: ${course.steps.join(', ')}`);
}

/** The last member leaves while a create of the target is in doubt: what that has made is to go the same way. */
async function resolveLeft(course: Course): Promise<Course | undefined> {
  const { runtime, work, fold, link } = course;
  if (fold || (link && !link.gone) || work.farewell.type === 'ignore') return course;
  const intent = await runtime.store.read.intents.get(work.targetKey);
  if (!intent) return course;
  const outcome = await lookForDoubtful(runtime.deliver, targetOf(course, intent.content), intent);
  if (outcome) {
    runtime.health.note(outcome, work.targetKey);
    return follow(course, intent.content, outcome);
  }
  await save(course, { intent: 'clear' });
  return course;
}

function decideNext({ work, fold, link, resource, parent }: Course): Decision {
  return fold
    ? decide(fold, link, resource, parent?.targetId ?? null)
    : decideFarewell(work.farewell, link, resource);
}

function targetOf({ work, resource, link, parent }: Course, step: Step): Target {
  // What is there is under the parent that it was created under; what comes goes under the one of now.
  const parentId = step.type === 'create' ? parent?.targetId : (link?.parentId ?? parent?.targetId);
  return {
    targetKey: work.targetKey,
    key: keyOf(work.targetKey),
    resource,
    match: work.match,
    priority: Math.min(...work.events.map((event) => event.priority)),
    event: work.events.at(-1)!.id,
    ...(link && !link.gone ? { targetId: link.targetId } : {}),
    ...(parentId === undefined
      ? {}
      : { parent: { targetId: parentId, origin: parent?.origin ?? 'created' } }),
  };
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
  await fail(course, step, outcome, journal);
  return undefined;
}

async function proceed(
  course: Course,
  step: Step,
  outcome: Applied,
  journal: Settlement['journal'] & object,
): Promise<Course | undefined> {
  const link = linkAfter(course, step, outcome);
  const word = outcome.type === 'adopted' ? 'adopted' : wordFor(step);
  const next: Course = { ...course, link, steps: [...course.steps, word] };
  const born = step.type === 'create' || outcome.type === 'adopted';
  const change: Change = {
    link,
    journal,
    ...(born ? { intent: 'clear', wakes: true } : {}),
    ...orphansOf({ ...next, ...lostBefore(course) }, born),
  };
  const decision = decideNext(next);
  if (decision.type !== 'step') {
    await finish(next, decision, change);
    return undefined;
  }
  await save(next, change);
  return next;
}

/** Deleted by ourselves when its last record left: its children went with it, whoever wanted them. */
function lostBefore({ link }: Course): Pick<Course, 'lostId'> {
  return link?.gone ? { lostId: link.targetId } : {};
}

/** Children of a target that was created anew: they went with the old one. */
function orphansOf({ lostId, runtime }: Course, born: boolean): Pick<Settlement, 'orphans'> {
  if (!born || lostId === undefined) return {};
  return { orphans: { account: runtime.account, parentId: lostId, sourceOf: sourceOf(runtime) } };
}

/** Those who stay where a record came from are taken up again, in the transaction in which it leaves. */
function leftBehind({ work, runtime }: Course): Pick<Settlement, 'left'> {
  if (work.left.length === 0) return {};
  return { left: { account: runtime.account, targets: work.left, sourceOf: sourceOf(runtime) } };
}

function sourceOf({ config }: LaneRuntime): (sync: string) => string | undefined {
  return (sync) => config.syncs.get(sync)?.source;
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

function linkAfter({ runtime, work, fold, link, parent }: Course, step: Step, outcome: Applied): Link {
  const { targetId } = outcome;
  const parentId = step.type === 'create' ? (parent?.targetId ?? null) : (link?.parentId ?? null);
  const identity = {
    targetKey: work.targetKey,
    account: runtime.account,
    resource: work.resource,
    targetId,
    parentId,
  };
  if (outcome.type === 'adopted') {
    const foundUnder = { ...identity, parentId: outcome.parentId ?? parentId };
    return adopt(foundUnder, outcome.sentTags, outcome.sentOwned);
  }
  const seen = outcome.seenTags ? { seenTags: outcome.seenTags } : {};
  return advance(link, { ...identity, step, fold, ...seen, now: runtime.clock.now() });
}

async function finish(
  course: Course,
  decision: Exclude<Decision, { type: 'step' }>,
  change: Change,
): Promise<void> {
  const { work, fold, link, steps } = course;
  const rested = link && fold ? releaseSticky(link, fold) : link;
  const changed = rested !== undefined && (change.link !== undefined || !isDeepStrictEqual(rested, link));
  const reason = steps.length === 0 ? decision.reason : steps.join(', ');
  const words = [reason, ...work.warnings.map((warning) => `warning: ${warning}`)].join('; ');
  const done: FollowUp = { type: 'settled', verdict: { state: 'done', reason: words } };
  await save(course, {
    ...change,
    ...(changed ? { link: rested } : {}),
    join: work.join,
    leave: work.leave,
    ...leftBehind(course),
    followUp: done,
  });
}

async function waitForParent(runtime: LaneRuntime, work: Work, parent: string): Promise<void> {
  const until = Math.min(...work.events.map((event) => event.createdAt)) + work.parentTimeoutMs;
  await save({ runtime, work }, { followUp: { type: 'wait', parent, until } });
}

async function fail(
  course: Course,
  step: Step,
  outcome: Exclude<Outcome, Applied>,
  journal: Settlement['journal'] & object,
): Promise<void> {
  const { runtime, work } = course;
  const newest = work.events.at(-1)!;
  const now = runtime.clock.now();
  const othersSucceed = runtime.health.successes() > course.successesBefore;
  const next = followUp(outcome, newest, { now, random: runtime.random(), othersSucceed });
  const intent = intentAfter(step, outcome);
  const dead = next.type === 'settled' && next.verdict.state === 'dead';
  // The fold is the newest's state: if it can't be applied, the others' may still be.
  const [condemned, others] = dead ? [[newest], work.events.slice(0, -1)] : [work.events, []];
  await save(
    { runtime, work: { ...work, events: condemned } },
    { journal, followUp: next, ...(intent ? { intent } : {}), ...doubtAfter(course, step, outcome) },
  );
  if (others.length === 0) return;
  const again: FollowUp = {
    type: 'again',
    due: now,
    reason: 'a newer record of the same target is dead',
    failures: 0,
  };
  await save({ runtime, work: { ...work, events: others } }, { followUp: again });
}

/** A change that nobody knows of: 429 and refusals were not applied. */
function doubtAfter({ link, fold }: Course, step: Step, outcome: Outcome): Pick<Settlement, 'link'> {
  if (!link || outcome.type !== 'busy' || outcome.failure.status === 429) return {};
  return { link: doubt(link, step, fold) };
}

function intentAfter(step: Step, outcome: Outcome): Settlement['intent'] {
  if (step.type !== 'create') return undefined;
  if (outcome.type === 'in-doubt') return { failure: outcome.failure, lookAt: outcome.lookAt };
  return 'intent' in outcome ? undefined : 'clear';
}

async function save({ runtime, work }: Pick<Course, 'runtime' | 'work'>, change: Change): Promise<void> {
  const now = runtime.clock.now();
  await settle(runtime.store, { events: work.events, targetKey: work.targetKey, ...change }, now);
  if (!change.followUp) return;
  const { followUp: next } = change;
  if (next.type === 'settled') runtime.ended(next.verdict.state, work.events.length);
  const { state, reason } = wordsOf(next);
  for (const { id, sync, tries } of work.events) {
    const detail = {
      event: id,
      sync,
      state,
      tries,
      ...(next.type === 'again' ? { dueMs: next.due - now } : {}),
    };
    if (state === 'dead') runtime.log.warn(detail, reason);
    else runtime.log.info(detail, reason);
  }
}

function wordsOf(next: FollowUp): { state: string; reason: string } {
  switch (next.type) {
    case 'settled':
      return next.verdict;
    case 'again':
      return { state: 'pending', reason: next.reason };
    case 'wait':
      return { state: 'waiting', reason: 'its parent is not there yet' };
  }
}
