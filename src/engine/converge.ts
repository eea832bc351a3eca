import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../catalog/resource.ts';
import { ghlResource } from '../catalog/resources.ts';
import { deliver } from '../deliver/deliver.ts';
import type { Link } from '../model/link.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Decision, Step } from '../model/step.ts';
import { adopt, advance, releaseSticky } from '../reconcile/advance.ts';
import { decide, decideFarewell } from '../reconcile/decide.ts';
import { foldMembers, type Fold } from '../reconcile/fold.ts';
import { followUp, type FollowUp } from '../settle/follow-up.ts';
import { settle, type Settlement } from '../settle/settle.ts';
import type { LaneRuntime } from './runtime.ts';
import type { Work } from './work.ts';

/** Far more steps than any target needs: a circle would be a bug, and must not cost calls for ever. */
const MOST_STEPS = 12;

/**
 * Brings a target to what its members want: decide, deliver, settle, one step at a time. Each answered step is durable before the next
 * is decided, so a crash in between loses nothing and repeats nothing.
 */
export async function converge(runtime: LaneRuntime, work: Work): Promise<void> {
  const resource = ghlResource(work.resource)!;
  const fold = work.members.length > 0 ? foldMembers(work.members) : undefined;
  const steps: string[] = [];
  const successesBefore = runtime.health.successes();
  let link = await runtime.store.read.links.get(work.targetKey);
  for (let n = 0; n < MOST_STEPS; n++) {
    const decision = decideNext(work, fold, link, resource);
    if (decision.type !== 'step')
      return finish(runtime, work, fold, link, steps.length === 0 ? decision.reason : steps.join(', '), {});
    const { step } = decision;
    const outcome = await deliver(runtime.deliver, targetOf(work, resource, link), step);
    runtime.health.note(outcome, work.targetKey);
    const journal = {
      step: summaryOf(step),
      answer: 'answer' in outcome ? outcome.answer : failureJson(outcome),
    };
    if (outcome.type === 'applied' || outcome.type === 'adopted') {
      link = linkAfter(runtime, work, fold, link, step, outcome);
      steps.push(outcome.type === 'adopted' ? 'adopted' : wordFor(step));
      const change = { link, journal, ...(step.type === 'create' ? { intent: 'clear' as const } : {}) };
      const next = decideNext(work, fold, link, resource);
      if (next.type !== 'step') return finish(runtime, work, fold, link, steps.join(', '), change);
      await save(runtime, work, change);
    } else if (outcome.type === 'missing' && !steps.includes('missing') && step.type !== 'create') {
      if (work.onMissing === 'skip') return skipMissing(runtime, work, journal);
      // Deleted by hand: created anew, once.
      steps.push('missing');
      link = undefined;
      await save(runtime, work, { unlink: true, journal });
    } else {
      return fail(runtime, work, step, outcome, journal, successesBefore);
    }
  }
  throw new Error(`target ${work.resource} does not come to rest: ${steps.join(', ')}`);
}

function decideNext(
  work: Work,
  fold: Fold | undefined,
  link: Link | undefined,
  resource: Resource,
): Decision {
  return fold ? decide(fold, link, resource) : decideFarewell(work.farewell, link);
}

function targetOf(work: Work, resource: Resource, link: Link | undefined) {
  const priority = Math.min(...work.events.map((event) => event.priority));
  return {
    targetKey: work.targetKey,
    key: keyOf(work.targetKey),
    resource,
    priority,
    event: work.events.at(-1)!.id,
    ...(link ? { targetId: link.targetId } : {}),
  };
}

/** The last part of a target key. */
function keyOf(targetKey: string): string {
  return targetKey.split('|').slice(3).join('|');
}

function linkAfter(
  runtime: LaneRuntime,
  work: Work,
  fold: Fold | undefined,
  link: Link | undefined,
  step: Step,
  outcome: Extract<Outcome, { type: 'applied' | 'adopted' }>,
): Link {
  const { targetId } = outcome;
  const identity = { targetKey: work.targetKey, account: runtime.account, resource: work.resource, targetId };
  if (outcome.type === 'adopted') return adopt(identity, outcome.sentTags);
  const seen = outcome.seenTags ? { seenTags: outcome.seenTags } : {};
  return advance(link, { ...identity, step, fold, ...seen, now: runtime.clock.now() });
}

async function finish(
  runtime: LaneRuntime,
  work: Work,
  fold: Fold | undefined,
  link: Link | undefined,
  reason: string,
  change: Pick<Settlement, 'link' | 'journal' | 'intent'>,
): Promise<void> {
  const rested = link && fold ? releaseSticky(link, fold) : link;
  const changed = rested !== undefined && (change.link !== undefined || !isDeepStrictEqual(rested, link));
  const words = [reason, ...work.warnings.map((warning) => `warning: ${warning}`)].join('; ');
  const done: FollowUp = { type: 'settled', verdict: { state: 'done', reason: words } };
  await save(runtime, work, {
    ...change,
    ...(changed ? { link: rested } : {}),
    join: work.join,
    leave: work.leave,
    followUp: done,
  });
}

async function skipMissing(
  runtime: LaneRuntime,
  work: Work,
  journal: Settlement['journal'] & object,
): Promise<void> {
  const verdict = {
    state: 'skipped' as const,
    reason: 'the target was deleted by hand, and `onMissing` says to leave it so',
  };
  await save(runtime, work, { journal, followUp: { type: 'settled', verdict } });
}

async function fail(
  runtime: LaneRuntime,
  work: Work,
  step: Step,
  outcome: Exclude<Outcome, { type: 'applied' | 'adopted' }>,
  journal: Settlement['journal'] & object,
  successesBefore: number,
): Promise<void> {
  const newest = work.events.at(-1)!;
  const now = runtime.clock.now();
  const othersSucceed = runtime.health.successes() > successesBefore;
  const next = followUp(outcome, newest, { now, random: runtime.random(), othersSucceed });
  const intent = intentAfter(step, outcome);
  const dead = next.type === 'settled' && next.verdict.state === 'dead';
  // The fold is the newest's state: if it can't be applied, the others' may still be.
  const [condemned, others] = dead ? [[newest], work.events.slice(0, -1)] : [work.events, []];
  await save(
    runtime,
    { ...work, events: condemned },
    { journal, followUp: next, ...(intent ? { intent } : {}) },
  );
  if (others.length === 0) return;
  const again: FollowUp = {
    type: 'again',
    due: now,
    reason: 'a newer record of the same target is dead',
    failures: 0,
  };
  await save(runtime, { ...work, events: others }, { followUp: again });
}

function intentAfter(step: Step, outcome: Outcome): Settlement['intent'] {
  if (step.type !== 'create') return undefined;
  if (outcome.type === 'in-doubt') return { failure: outcome.failure, lookAt: outcome.lookAt };
  return 'intent' in outcome ? undefined : 'clear';
}

async function save(
  runtime: LaneRuntime,
  work: Work,
  change: Omit<Settlement, 'events' | 'targetKey'>,
): Promise<void> {
  const now = runtime.clock.now();
  await settle(runtime.store, { events: work.events, targetKey: work.targetKey, ...change }, now);
  if (!change.followUp) return;
  const { followUp: next } = change;
  const { state, reason } =
    next.type === 'settled' ? next.verdict : { state: 'pending' as const, reason: next.reason };
  if (next.type === 'settled') runtime.ended(state, work.events.length);
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

function wordFor(step: Step): string {
  const words = {
    create: 'created',
    update: 'updated',
    'add-tags': 'tags added',
    'remove-tags': 'tags removed',
    read: 'read',
    delete: 'deleted',
  };
  return words[step.type];
}

/** For the journal: what was sent, by name; values are in the record. */
function summaryOf(step: Step) {
  const fields = 'fields' in step ? { fields: Object.keys(step.fields) } : {};
  const tags = 'tags' in step ? { tags: step.tags } : {};
  return { type: step.type, ...fields, ...tags };
}

function failureJson(outcome: Outcome) {
  if ('failure' in outcome)
    return { outcome: outcome.type, status: outcome.failure.status, message: outcome.failure.message };
  return { outcome: outcome.type, ...('reason' in outcome ? { message: outcome.reason } : {}) };
}
