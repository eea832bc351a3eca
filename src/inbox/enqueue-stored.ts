import type { Priority } from '../model/event.ts';
import { draftEvents, type DraftContext } from './draft-events.ts';

const PAGE = 500;

/** Makes an event of each live record that is stored; yields their number. Older events of the same records are superseded. */
export async function enqueueStored(
  context: DraftContext,
  source: string,
  priority: Priority,
): Promise<number> {
  const { store, tenant, clock } = context;
  const sequence = await store.read.records.currentSequence();
  let count = 0;
  for (let after = ''; ;) {
    const keys = await store.read.records.liveKeys(tenant, source, sequence, after, PAGE);
    const records = [...(await store.read.records.getMany(tenant, source, keys)).values()];
    const arrivals = records.map((record) => ({ key: record.key, name: null, record }));
    const events = await draftEvents(context, source, arrivals, { priority, initial: false, together: true });
    const now = clock.now();
    await store.write(async (tables) => {
      for (const sync of new Set(events.map((event) => event.sync)))
        await tables.events.supersede(tenant, sync, keys, now);
      await tables.events.add(events, now);
    });
    count += events.length;
    if (keys.length < PAGE) return count;
    after = keys.at(-1)!;
  }
}
