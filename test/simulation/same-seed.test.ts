import { describe, expect, test } from 'vitest';
import { planOf } from './draw-plan.ts';
import { simulate } from './simulate.ts';

describe('a simulation', () => {
  test.each([3, 14, 35])('of the same seed does the same twice: %i', { timeout: 60_000 }, async (seed) => {
    const plan = planOf(seed);

    const [one, other] = [await simulate(plan), await simulate(plan)];

    expect(one.trace.length).toBeGreaterThan(5);
    expect(one.trace).toEqual(other.trace);
  });
});
