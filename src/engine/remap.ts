import { PRIORITY } from '../model/event.ts';
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
    if (!sync.enabled) continue;
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
  const destinations = (record: Parameters<typeof destinationsOf>[4], name: string | null) =>
    destinationsOf(config, tenant, source, [sync], record, name);
  return enqueueStored({ store, clock, tenant, destinations }, source.name, PRIORITY.bulk);
}
