import { AFTER_OLDER, HELD_DUE } from '../model/event.ts';
import type { NewEvent } from '../store/event-row.ts';
import type { Tables } from '../store/tables.ts';
import type { Drafted } from './draft-events.ts';
import { keysBySync } from './keys-by-sync.ts';
import { nameOf } from './name-of.ts';
import type { Tried } from './supersede-older.ts';

/**
 * A record that left before it was a member anywhere may have an older state on its way to a target at this very
 * moment: it leaves as soon as it has joined. One that was `tried` may have changed a target that others share: what replaces
 * it there goes on with that.
 */
export async function followSending(
  tables: Tables,
  tenant: string,
  { events, weighed }: Drafted,
  tried: readonly Tried[],
  now: number,
): Promise<NewEvent[]> {
  const targets = new Map(tried.map((aimed) => [nameOf(aimed), aimed.targetKey]));
  for (const [sync, keys] of keysBySync(events.filter(({ state }) => state === 'skipped'))) {
    const aimed = [
      ...(await tables.members.ofRecords(tenant, sync, keys)),
      ...(await tables.events.sendingTargets(tenant, sync, keys)),
      ...(await tables.events.doubtfulTargets(tenant, sync, keys)),
    ];
    for (const { key, element, targetKey } of aimed) targets.set(nameOf({ sync, key, element }), targetKey);
  }
  return events.map((event) => {
    const targetKey = targets.get(nameOf(event));
    if (event.state === 'pending' && event.targetKey === targetKey) return { ...event, reason: AFTER_OLDER };
    return targetKey === undefined || event.state !== 'skipped'
      ? event
      : {
          ...event,
          targetKey,
          state: 'pending',
          reason: null,
          due: weighed.has(event.sync) ? HELD_DUE : now,
        };
  });
}
