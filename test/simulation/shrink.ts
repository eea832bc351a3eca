import type { Plan } from './plan.ts';
import { simulate, type Report } from './simulate.ts';

/** The fewest steps of a failing plan that still fail, as far as the time (ms) allows: pieces are left out, then smaller ones. */
export async function shrink(plan: Plan, mostMs: number): Promise<Plan> {
  const giveUpAt = performance.now() + mostMs;
  let best = plan;
  const kind = kindOf(await simulate(plan));
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.steps.length && performance.now() < giveUpAt;) {
      const steps = best.steps.filter((_, index) => index < at || index >= at + size);
      if (kindOf(await simulate({ ...best, steps })) === kind) best = { ...best, steps };
      else at += size;
    }
  }
  return best;
}

/** The last problem without its names and numbers: a shorter plan is to break the same promise. */
function kindOf({ problems }: Report): string {
  return (problems.at(-1) ?? '').replaceAll(/\S*[\d@/]\S*/g, '…').slice(0, 60);
}
