import { readHeld } from '../engine/held.ts';
import { planOptionsIn } from '../engine/plan.ts';
import { systemClock } from '../engine/system-clock.ts';
import { BoothsyncError, failure } from '../model/problem.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/open-store.ts';

/** Another process has the store: it is told of the approval, and goes on by itself. Throws `held` where that is not so. */
export async function approveBeside(url: string, hash: string, held: unknown): Promise<undefined> {
  if (!(held instanceof BoothsyncError) || held.problem.code !== 'store-held') throw held;
  // A plan is made anew where it is applied, and that is not beside another.
  if (planOptionsIn(hash)) throw held;
  const store = await openStore(url, { clock: systemClock, owner: false });
  try {
    await mustWait(store, hash);
    await store.write((tables) => tables.holds.approve('default', hash));
    process.stderr.write(`approved: the process that has the store goes on with ${hash}\n`);
    return undefined;
  } finally {
    await store.close();
  }
}

/** Throws an `approval` problem where nothing of this hash waits; a plan's is judged once it is made anew. */
export async function mustWait(store: Store, hash: string): Promise<void> {
  if (planOptionsIn(hash)) return;
  const held = await readHeld(store);
  if (held.some((one) => one.hash === hash)) return;
  const waiting = held.map((one) => `${one.hash} (${one.place})`).join(', ') || 'nothing';
  throw failure(
    'approval',
    `nothing of hash ${hash} waits for approval; what waits: ${waiting}`,
    'see `boothsync status`; what has changed since has another hash',
  );
}
