import * as fc from 'fast-check';
import { it } from 'vitest';
import { aPlan } from './plan.ts';
import { simulate } from './simulate.ts';
import { shrink } from './shrink.ts';
it('shrink', async () => {
  for (const seed of process.env['SEED']!.split(',').map(Number)) {
    const plan = fc.sample(aPlan, { seed, numRuns: 1 })[0]!;
    const small = await shrink({ ...plan, setup: { ...plan.setup } }, 9_000);
    const r = await simulate(small);
    console.log(`SEED ${seed}\n${JSON.stringify(small.setup)}\n${r.trace.slice(-30).map((l) => l.slice(0, 330)).join('\n')}\n${r.problems.join('\n').slice(0, 1500)}`);
  }
}, 600_000);
