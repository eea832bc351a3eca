import { expect, test } from 'vitest';
import { judgeSeed } from './judge-seed.ts';

/** Seeds of one test: few enough to see how far it is. */
const TOGETHER = 25;
const TIMEOUT_MS = 600_000;

/** Promises that these seeds all pass. Files of their own, so that they share the machine's cores. */
export function promiseSeeds(from: number, to: number): void {
  const starts = Array.from(
    { length: Math.ceil((to - from + 1) / TOGETHER) },
    (_, at) => from + at * TOGETHER,
  );
  test.each(starts)(
    'the engine keeps its promises from seed %i on',
    { timeout: TIMEOUT_MS },
    async (start) => {
      const failed: string[] = [];
      for (let seed = start; seed < Math.min(start + TOGETHER, to + 1); seed++) {
        const { problems, story } = await judgeSeed(seed);
        if (story !== undefined) console.log(story);
        failed.push(...problems.map((problem) => `seed ${seed}: ${problem}`));
      }

      expect(failed).toEqual([]);
    },
  );
}
