import { deliver } from '../../deliver/deliver.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../model/step.ts';
import { discreetOutcome, recordsIn } from '../discreet.ts';
import { targetOf, type Course } from './course.ts';

/** Takes a step for a target: by a call of its own, or by one that it shares with targets whose tags change alike. */
export async function takeStep(course: Course, step: Step): Promise<Outcome> {
  const { runtime, resource } = course;
  const { bundles, health } = runtime;
  const target = targetOf(course, step);
  if (bundles.takes(resource, step)) return runtime.away(() => bundles.join(target, step));
  const outcome = await runtime.away(() => deliver(runtime.deliver, target, step));
  health.note(discreetOutcome(runtime, outcome, recordsIn(course.work)), target.targetKey);
  return outcome;
}
