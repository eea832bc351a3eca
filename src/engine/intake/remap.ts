import { PRIORITY } from '../../model/event.ts';
import type { Eventful } from '../../inbox/draft-events.ts';
import { enqueueStored } from '../../inbox/enqueue-stored.ts';
import type { Config } from '../../model/config.ts';
import type { Json } from '../../model/json.ts';
import type { Sync } from '../../model/sync.ts';
import { accountFor, destinationsOf } from './destinations.ts';
import { isReported } from '../report.ts';
import type { Runtime } from '../runtime.ts';

/**
 * An edited mapping, or a new one, flows to all records that are stored: a source does not send them again, and what
 * did not change is no event (ENGINE case 24). Applying them costs calls only where something differs.
 */
export async function remapEdited(runtime: Runtime): Promise<number> {
  const { config, store, clock, tenant } = runtime;
  let count = 0;
  for (const sync of config.syncs.values()) {
    // An edited action never runs again for what was there.
    if (sync.action) continue;
    const state = stateOf(config, sync);
    const known = (await store.read.lookups.get(`config/${tenant}`, sync.name))?.value;
    if (known === state) continue;
    if (sync.enabled) count += await remap(runtime, sync);
    // Meanwhile records may have gone without being taken out of their targets.
    if (sync.enabled && isIdle(known)) await wakeDeparted(runtime, sync);
    await store.write((tables) => tables.lookups.put(`config/${tenant}`, sync.name, state, clock.now()));
  }
  return count;
}

const OFF = 'disabled';
const REPORTED = ':report';

/** What a sync's stored records have been through: of one that writes nothing, that they have to again once it does. */
function stateOf(config: Config, sync: Sync): string {
  if (!sync.enabled) return OFF;
  return isReported(config, sync) ? sync.digest + REPORTED : sync.digest;
}

function isIdle(state: Json | undefined): boolean {
  return typeof state === 'string' && (state === OFF || state.endsWith(REPORTED));
}

async function wakeDeparted({ config, store, clock, tenant }: Runtime, sync: Sync): Promise<void> {
  const { source } = sync;
  const members = await store.read.members.departed(tenant, source, sync.name);
  const base = { lane: accountFor(config, sync), tenant, source, sync: sync.name };
  const events = members.map(({ key, element, targetKey }) => ({
    ...base,
    key,
    element,
    targetKey,
    priority: PRIORITY.bulk,
    due: clock.now(),
  }));
  await store.write(async (tables) => {
    for (const event of events) await tables.events.wake(event);
  });
}

async function remap(runtime: Runtime, sync: Sync): Promise<number> {
  const { config, store, clock, tenant } = runtime;
  const source = config.sources.get(sync.source)!;
  const destinations = (one: Eventful) => destinationsOf(config, tenant, source, [sync], one);
  return enqueueStored({ store, clock, tenant, destinations }, source.name, PRIORITY.bulk);
}
