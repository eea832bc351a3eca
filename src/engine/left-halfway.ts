import { hasIdentity } from '../catalog/resource.ts';
import type { SyncEvent } from '../model/event.ts';
import { wakeMember } from '../settle/wake-member.ts';
import { sourceOf } from './course.ts';
import { resourceOf } from './resource-of.ts';
import type { LaneRuntime } from './runtime.ts';

/**
 * An older state of a record was under way to a target that it shares when a newer one came, and may have changed that without
 * anybody's hearing of it. As the newer one goes elsewhere, or nowhere, those who are there are taken up again: where the target
 * holds what they want, that costs no call. `seen`: targets that are seen to anyway.
 */
export async function wakeLeftHalfway(
  runtime: LaneRuntime,
  events: readonly SyncEvent[],
  seen: readonly string[],
): Promise<void> {
  const { store, config, account, clock } = runtime;
  for (const event of events) {
    const sync = config.syncs.get(event.sync);
    const resource = sync && resourceOf(config, sync);
    if (!resource || !hasIdentity(resource)) continue;
    const all = await store.read.events.leftTargets(event);
    const left = all.filter((targetKey) => !seen.includes(targetKey));
    if (left.length === 0) continue;
    await store.write(async (tables) => {
      for (const targetKey of left)
        await wakeMember(tables, targetKey, account, sourceOf(runtime), clock.now());
    });
  }
}
