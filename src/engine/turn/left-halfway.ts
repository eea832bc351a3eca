import { hasIdentity } from '../../catalog/resource.ts';
import type { SyncEvent } from '../../model/event.ts';
import { resourceOf } from './resource-of.ts';
import type { LaneRuntime } from '../runtime.ts';

/**
 * Targets that records share, and were under way to with an older state when a newer one came: that may have changed them
 * without anybody's hearing of it. As the newer one goes elsewhere, or nowhere, those who are there are to be taken up again
 * with its end, and not before: each try of it would have them come once more. Where the target holds what they want, that
 * costs no call. `seen`: targets that are seen to anyway.
 */
export async function leftHalfway(
  { store, config }: LaneRuntime,
  events: readonly SyncEvent[],
  seen: readonly string[],
): Promise<readonly string[]> {
  const targets = new Set<string>();
  for (const event of events) {
    const sync = config.syncs.get(event.sync);
    const resource = sync && resourceOf(config, sync);
    if (!resource || !hasIdentity(resource)) continue;
    for (const targetKey of await store.read.events.leftTargets(event)) targets.add(targetKey);
  }
  return [...targets].filter((targetKey) => !seen.includes(targetKey));
}
