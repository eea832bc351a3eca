import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aPlan, type Plan } from './plan.ts';
import { simulate } from './simulate.ts';

const SEEDS = process.env['SEED']?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, at) => at + 1);

function planOf(seed: number): Plan {
  return fc.sample(aPlan, { seed, numRuns: 1 })[0]!;
}

describe('the whole engine under one seed', () => {
  it.each(SEEDS)('keeps its promises: SEED=%i', async (seed) => {
    const report = await simulate(planOf(seed));
    if (process.env['TRACE']) console.log(report.trace.join('\n'));
    expect(report.problems).toEqual([]);
  });
});
