import { planOf } from './draw-plan.ts';
import { keep } from './kept.ts';
import { shrink } from './shrink.ts';
import { simulate, type Report } from './simulate.ts';

/** Time to look for a shorter plan, in ms. */
const SHRINKING_MS = 30_000;

/** What came of a seed; one that fails is shortened, told of, and kept. */
export async function judgeSeed(seed: number): Promise<Report & { readonly story?: string }> {
  const plan = planOf(seed);
  const report = await simulate(plan);
  if (report.problems.length === 0) return report;
  const shorter = await shrink(plan, SHRINKING_MS);
  const { problems, trace } = await simulate(shorter);
  const path = keep(`seed-${seed}`, { problem: problems.at(-1) ?? report.problems.at(-1)!, plan: shorter });
  const story = [`seed ${seed}, shortened and kept as ${path}:`, ...trace, ...problems].join('\n');
  return { ...report, story };
}
