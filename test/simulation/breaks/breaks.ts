import { expect, test } from 'vitest';
import { planOf } from '../draw-plan.ts';
import { simulate } from '../simulate.ts';
import type { Break } from './break.ts';

/** The seeds that `npm test` runs. */
const THOUSAND = Array.from({ length: 1_000 }, (_, at) => at + 1);
const TIMEOUT_MS = 900_000;

/** Promises that each break is seen by a seed of the thousand: by the one that saw it last, or whichever does now. */
export function promiseBreaks(breaks: readonly Break[]): void {
  test.each(breaks)('case $rule: $name', { timeout: TIMEOUT_MS }, async (one) => {
    const found = (await isSeen(one, one.seed)) ? one.seed : await firstSeen(one);

    expect(found, 'no seed of the thousand fails of it').toBeDefined();
  });
}

async function firstSeen(one: Break): Promise<number | undefined> {
  for (const seed of THOUSAND) {
    if (!(await isSeen(one, seed))) continue;
    console.log(`${one.name}: seed ${one.seed} sees it no more, ${seed} does`);
    return seed;
  }
  return undefined;
}

async function isSeen({ parts, shows }: Break, seed: number): Promise<boolean> {
  const { problems } = await simulate(planOf(seed), parts());
  return problems.some((problem) => shows.test(problem));
}
