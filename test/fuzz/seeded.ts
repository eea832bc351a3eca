import type { Parameters } from 'fast-check';

/** Another one tries other values: `FUZZ_SEED=7 npx vitest run test/fuzz`. A failure prints its seed and the smallest case. */
const SEED = Number(process.env['FUZZ_SEED'] ?? '20260501');

/** So many runs, the same each time. */
export function seeded<T>(numRuns: number): Parameters<T> {
  return { seed: SEED, numRuns };
}
