import * as fc from 'fast-check';
import { it } from 'vitest';
import { writeFileSync, appendFileSync } from 'node:fs';
import { aPlan } from './plan.ts';
import { simulate } from './simulate.ts';
it('soak', async () => {
  const from = Number(process.env['FROM'] ?? 1);
  const count = Number(process.env['COUNT'] ?? 50);
  const out = process.env['OUT'] ?? '/tmp/soak.txt';
  writeFileSync(out, '');
  let calls = 0, crashes = 0, lasted = 0, bad = 0, steps = 0;
  const t0 = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    const plan = fc.sample(aPlan, { seed, numRuns: 1 })[0]!;
    const start = performance.now();
    const r = await simulate(plan);
    calls += r.calls; crashes += r.crashes; lasted += r.lasted; steps += plan.steps.length;
    if (r.problems.length) { bad++; appendFileSync(out, `SEED ${seed} (${plan.steps.length} steps, ${JSON.stringify(plan.setup)}): ${r.problems.slice(0,4).join(' || ').slice(0,900)}\n`); }
    const took = performance.now() - start;
    if (took > 5000) appendFileSync(out, `slow: ${seed} ${took}\n`);
  }
  appendFileSync(out, `seeds ${count} bad ${bad} steps ${steps} calls ${calls} crashes ${crashes} virtual s ${lasted/1000} real s ${(performance.now()-t0)/1000}\n`);
}, 3_600_000);
