import type { Plan } from './plan.ts';
import { simulate } from './simulate.ts';

/** The fewest steps of a failing plan that still fail, as far as the time (ms) allows: pieces are left out, then smaller ones. */
export async function shrink(plan: Plan, mostMs: number): Promise<Plan> {
  const giveUpAt = performance.now() + mostMs;
  let best = plan;
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.steps.length && performance.now() < giveUpAt;) {
      const steps = best.steps.filter((_, index) => index < at || index >= at + size);
      const { problems } = await simulate({ ...best, steps });
      if (problems.length > 0) best = { ...best, steps };
      else at += size;
    }
  }
  return best;
}
