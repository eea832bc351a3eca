import { approveHeld } from '../engine/guard/held.ts';
import { planOptionsIn } from '../engine/plan/plan.ts';
import { systemClock } from '../engine/system-clock.ts';
import type { Config } from '../model/config.ts';
import { BoothsyncError } from '../model/problem.ts';
import { openStore } from '../store/open-store.ts';

/** Another process has the store: it is told of the approval, and goes on by itself. Throws `held` where that is not so. */
export async function approveBeside(config: Config, hash: string, held: unknown): Promise<undefined> {
  if (!(held instanceof BoothsyncError) || held.problem.code !== 'store-held') throw held;
  // A plan is made anew where it is applied, and that is not beside another.
  if (planOptionsIn(hash)) throw held;
  const store = await openStore(config.store, { clock: systemClock, owner: false });
  try {
    await approveHeld({ config, tenant: 'default', store }, hash);
    process.stderr.write(`approved: the process that has the store goes on with ${hash}\n`);
    return undefined;
  } finally {
    await store.close();
  }
}
