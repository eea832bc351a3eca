import { messageOf } from '../model/problem.ts';
import type { Runtime } from './runtime.ts';

/** How often a service tidies, in ms. */
const EVERY_MS = 6 * 3_600_000;

/** An alert that is over is kept for at least so long, in ms: who is told of it may be away. */
const ALERTS_MS = 7 * 86_400_000;

/** Forgets what was settled long ago; what waits for a person stays. What it returns stops it. */
export function startTidying(runtime: Runtime): () => void {
  let cancel: () => void = () => undefined;
  const tick = () => {
    tidy(runtime).catch((error: unknown) => runtime.log.warn({ error: messageOf(error) }, 'could not tidy'));
    cancel = runtime.clock.after(EVERY_MS, tick);
  };
  tick();
  return () => cancel();
}

async function tidy({ store, clock, config }: Runtime): Promise<void> {
  const now = clock.now();
  const { doneMs, deliveriesMs } = config.retention;
  await store.write(async (tables) => {
    // `never` is forever.
    if (doneMs < Infinity) {
      await tables.events.forgetBefore(now - doneMs);
      await tables.journal.forgetBefore(now - doneMs);
      await tables.alerts.forgetBefore(now - Math.max(doneMs, ALERTS_MS));
    }
    if (deliveriesMs < Infinity) await tables.deliveries.forgetBefore(now - deliveriesMs);
  });
}
