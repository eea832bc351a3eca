import { HELD_DUE } from '../../model/event.ts';
import type { Engine } from '../engine.ts';

/** Where webhooks wait that no record was taken out of yet. */
export const INBOX = 'inbox';

/**
 * Since when the oldest of what is due waits, in ms, by lane and in the inbox; nothing of those that have no such work. What fails is
 * due later after each try: of a lane that is paused it counts since when.
 */
export async function waitingSince({
  runtime,
  lanes,
}: Pick<Engine, 'runtime' | 'lanes'>): Promise<Map<string, number>> {
  const { store, clock } = runtime;
  const now = clock.now();
  const since = new Map<string, number>();
  const received = await store.read.deliveries.oldestReceived();
  if (received !== undefined) since.set(INBOX, received);
  for (const lane of lanes) {
    const due = await store.read.events.nextDue(lane.account);
    const pause = lane.paused();
    if (due === undefined || due === HELD_DUE || (due > now && !pause)) continue;
    since.set(lane.account, Math.min(due, pause?.since ?? now, now));
  }
  return since;
}
