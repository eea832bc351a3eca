import { PRIORITY } from '../model/event.ts';
import type { Eventful } from '../inbox/draft-events.ts';
import { enqueueStored } from '../inbox/enqueue-stored.ts';
import type { Sync } from '../model/sync.ts';
import { destinationsOf } from './destinations.ts';
import type { Runtime } from './runtime.ts';

/**
 * An edited mapping, or a new one, flows to all records that are stored: a source does not send them again, and what
 * did not change is no event (ENGINE case 24). Applying them costs calls only where something differs.
 */
export async function remapEdited(runtime: Runtime): Promise<number> {
  const { config, store, clock, tenant } = runtime;
  let count = 0;
  for (const sync of config.syncs.values()) {
    // An edited action never runs again for what was there.
    if (!sync.enabled || sync.action) continue;
    const known = await store.read.lookups.get(`config/${tenant}`, sync.name);
    if (known?.value === sync.digest) continue;
    count += await remap(runtime, sync);
    await store.write((tables) =>
      tables.lookups.put(`config/${tenant}`, sync.name, sync.digest, clock.now()),
    );
  }
  return count;
}

async function remap(runtime: Runtime, sync: Sync): Promise<number> {
  const { config, store, clock, tenant } = runtime;
  const source = config.sources.get(sync.source)!;
  const destinations = (one: Eventful) => destinationsOf(config, tenant, source, [sync], one);
  return enqueueStored({ store, clock, tenant, destinations }, source.name, PRIORITY.bulk);
}
