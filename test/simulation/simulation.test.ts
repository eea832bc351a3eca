import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aPlan, type Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

/**
 * `SEED=123 npx vitest run test/simulation` runs one alone, and shortens it where it fails (`TRACE=1` prints all that happened);
 * `SOAK=2000 FROM=1000` runs many.
 */
const { SEED, SOAK, FROM = '1', TRACE } = process.env;
const MOST = Number(SOAK ?? 60);
const SEEDS = SEED?.split(',').map(Number) ?? Array.from({ length: MOST }, (_, at) => Number(FROM) + at);
/** Time to look for a shorter plan, in ms. */
const SHRINKING_MS = 30_000;

function planOf(seed: number): Plan {
  return fc.sample(aPlan, { seed, numRuns: 1 })[0]!;
}

describe('the whole engine under one seed', () => {
  test.each(SEEDS)('keeps its promises: SEED=%i', { timeout: 120_000 }, async (seed) => {
    const plan = planOf(seed);

    const report = await simulate(plan);

    if (TRACE !== undefined) console.log(report.trace.join('\n'));
    if (report.problems.length > 0 && SEED !== undefined) {
      const shorter = await shrink(plan, SHRINKING_MS);
      console.log(`${JSON.stringify(shorter.setup)}\n${(await simulate(shorter)).trace.join('\n')}`);
    }
    expect(report.problems, `SEED=${seed} npx vitest run test/simulation`).toEqual([]);
  });

  test('does the same twice', async () => {
    const plan = planOf(3);

    const [one, other] = [await simulate(plan), await simulate(plan)];

    expect(one.trace).toEqual(other.trace);
  });
});
