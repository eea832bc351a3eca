import { sleep } from '../model/clock.ts';
import { messageOf } from '../model/problem.ts';
import type { Runtime } from './runtime.ts';

const RETRY_MS = 2_000;
/** A bug would meet the same events again at once. */
const REST_MS = 5_000;

/**
 * A turn broke off: the store could not be written, or a bug of ours. The events are taken up again, nothing is lost. A
 * database may be away for a while; what still says `sending` when we stop is released by the next start.
 */
export async function recover(
  { store, clock, log }: Runtime,
  targetKey: string,
  error: unknown,
  isStopped: () => boolean,
): Promise<void> {
  const words = messageOf(error);
  log.error({ error: words }, 'a turn broke off');
  const release = () =>
    store.write((tables) =>
      tables.events.release(targetKey, clock.now() + REST_MS, `the runner failed: ${words}`),
    );
  for (;;) {
    const released = await release().then(
      () => true,
      () => false,
    );
    if (released || isStopped()) return;
    await sleep(clock, RETRY_MS);
  }
}
