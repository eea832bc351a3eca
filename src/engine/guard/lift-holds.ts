import { PRIORITY } from '../../model/event.ts';
import type { Engine } from '../engine.ts';
import { releaseSync } from './guard-syncs.ts';
import { placeOf } from '../../inbox/poll/gone.ts';

/** A transaction of more would hold up everything else. */
const ROWS = 500;

/** Lets all go on that guards have stopped: what a plan shows, and what a run does whose plan was approved. Yields what it was. */
export async function liftHolds({ runtime, intake }: Engine): Promise<string[]> {
  const { store, tenant, config, clock } = runtime;
  const holds = (await store.read.holds.all()).filter((hold) => hold.tenant === tenant);
  for (const { place, keys } of holds) {
    const source = [...config.sources.values()].find(({ name }) => placeOf(name) === place);
    for (let at = 0; source && at < keys.length; at += ROWS) {
      const stored = await store.read.records.getMany(tenant, source.name, keys.slice(at, at + ROWS));
      const gone = [...stored.values()].filter((record) => !record.gone);
      const arrivals = gone.map(({ body }) => ({ record: body, asOf: clock.now(), name: null, gone: true }));
      await intake.accept(source, arrivals, {
        origin: 'poll',
        priority: PRIORITY.bulk,
        full: false,
        approved: true,
      });
    }
    await store.write((tables) => tables.holds.remove(tenant, place));
  }
  for (const sync of await store.read.events.heldSyncs(tenant)) await releaseSync(runtime, sync);
  return holds.map(({ message }) => message);
}
