import { describe, expect, test } from 'vitest';
import { keptPlans } from './kept.ts';
import { simulate } from './simulate.ts';

describe('a plan that failed once', () => {
  test.each(keptPlans())('is kept, and passes: %s', { timeout: 60_000 }, async (_, plan) => {
    const report = await simulate(plan);

    expect(report.problems).toEqual([]);
  });
});
