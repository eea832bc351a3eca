import { AFTER_OTHERS, type SyncEvent } from '../../model/event.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../model/step.ts';
import { newestOf } from '../../reconcile/fold.ts';
import { followUp, type FollowUp } from '../../settle/follow-up.ts';
import type { Settlement } from '../../settle/settle.ts';
import { afterHolder } from './after-holder.ts';
import type { Applied, Course } from './course.ts';
import { linkAfterFailure } from './landing.ts';
import { isSame } from './member-name.ts';
import { save } from './save.ts';
import type { Work } from './work.ts';

/** Settles a step that was not applied: its events are tried again, or dead. */
export async function fail(
  course: Course,
  step: Step,
  outcome: Exclude<Outcome, Applied>,
  journal: Settlement['journal'] & object,
): Promise<void> {
  const { runtime, work } = course;
  const newest = newestEvent(work);
  const now = runtime.clock.now();
  const othersSucceed = runtime.health.othersSucceeded(work.targetKey, course.successesBefore);
  const link = await linkAfterFailure(runtime, course.link, step, outcome);
  const again = await afterHolder(runtime, work, outcome);
  const next = notBefore(
    link?.applied.landsBy,
    again ?? followUp(outcome, newest, { now, random: runtime.random(), othersSucceed }),
  );
  const intent = intentAfter(step, outcome);
  const settled = { ...(intent ? { intent } : {}), ...(link ? { link } : {}) };
  const dead = next.type === 'settled' && next.verdict.state === 'dead';
  if (dead && work.postponedUntil !== undefined) {
    await save({ runtime, work }, { journal, followUp: afterOthers(work.postponedUntil, now), ...settled });
    return;
  }
  // The fold is the newest's state: if it can't be applied, the others' may still be.
  const [condemned, others] = dead
    ? [[newest], work.events.filter((event) => event !== newest)]
    : [work.events, []];
  await save({ runtime, work: { ...work, events: condemned } }, { journal, followUp: next, ...settled });
  if (others.length === 0) return;
  const reason = 'a newer record of the same target is dead';
  const retry: FollowUp = { type: 'again', due: now, reason, failures: 0 };
  await save({ runtime, work: { ...work, events: others } }, { followUp: retry });
}

/** The event whose record the fold is of, or the last one where all leave. */
function newestEvent({ events, join }: Work): SyncEvent {
  const newest = newestOf(join);
  return events.find((event) => newest && isSame(event, newest)) ?? events.at(-1)!;
}

/** It may be what the others want that can't be applied: they find out, and it comes when they are over. */
function afterOthers(postponedUntil: number, now: number): FollowUp {
  const due = Math.max(postponedUntil, now) + 1;
  return { type: 'again', due, reason: AFTER_OTHERS, failures: 0 };
}

function notBefore(due: number | undefined, next: FollowUp): FollowUp {
  return next.type === 'again' ? { ...next, due: Math.max(next.due, due ?? 0) } : next;
}

function intentAfter(step: Step, outcome: Outcome): Settlement['intent'] {
  if (step.type !== 'create') return undefined;
  if (outcome.type === 'in-doubt') return { failure: outcome.failure, lookAt: outcome.lookAt };
  return 'intent' in outcome ? undefined : 'clear';
}
