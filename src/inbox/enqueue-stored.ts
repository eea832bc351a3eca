import type { Priority } from '../model/event.ts';
import { draftEvents, type DraftContext } from './draft-events.ts';
import { followSending } from './follow-sending.ts';
import { supersedeOlder } from './supersede-older.ts';
import { vanished } from './poll/vanished.ts';

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
    const drafted = await draftEvents(context, source, arrivals, {
      priority,
      initial: false,
      together: true,
    });
    const now = clock.now();
    count += await store.write(async (tables) => {
      const tried = await supersedeOlder(tables, tenant, drafted, now);
      const events = [
        ...(await followSending(tables, tenant, drafted, tried, now)),
        ...(await vanished(tables, drafted.rolls, now)),
      ];
      await tables.events.add(events, now);
      return events.length;
    });
    if (keys.length < PAGE) return count;
    after = keys.at(-1)!;
  }
}
