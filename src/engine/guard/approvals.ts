import { placeOf } from '../../inbox/poll/gone.ts';
import { messageOf } from '../../model/problem.ts';
import { guardSyncs, guardedSyncs, placeOfSync } from './guard-syncs.ts';
import type { Source } from '../../model/source.ts';
import { polledSources, type Poller } from '../intake/poller.ts';
import type { Runtime } from '../runtime.ts';

/** How often a service looks for what was approved beside it, in ms. */
const LOOK_MS = 2_000;
/** When it tries the same once more, should the source not answer, in ms. */
const RETRY_MS = 60_000;

/** The sources whose deletes were approved and wait for a full read that still finds the same. */
export async function approvedSources(runtime: Runtime): Promise<Source[]> {
  const holds = (await runtime.store.read.holds.all()).filter(({ approved }) => approved);
  return polledSources(runtime, []).filter(({ name }) =>
    holds.some(({ tenant, place }) => tenant === runtime.tenant && place === placeOf(name)),
  );
}

async function approvedSyncs(runtime: Runtime): Promise<string[]> {
  const approved = (await runtime.store.read.holds.all()).filter((hold) => hold.approved);
  return guardedSyncs(runtime).filter((sync) =>
    approved.some(({ tenant, place }) => tenant === runtime.tenant && place === placeOfSync(sync)),
  );
}

/** A service reads what was approved beside it, by `run --approve`; what this returns stops it. */
export function startApprovals(runtime: Runtime, poller: Poller): () => void {
  const { clock, log } = runtime;
  const triedAt = new Map<string, number>();
  let stopped = false;
  let cancel = clock.after(LOOK_MS, look);

  function look(): void {
    readApproved()
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'could not look for approvals'))
      .finally(() => {
        if (!stopped) cancel = clock.after(LOOK_MS, look);
      });
  }

  async function readApproved(): Promise<void> {
    await guardSyncs(runtime, await approvedSyncs(runtime));
    for (const source of await approvedSources(runtime)) {
      if (clock.now() < (triedAt.get(source.name) ?? 0) + RETRY_MS) continue;
      triedAt.set(source.name, clock.now());
      await poller.poll(source, true);
    }
  }

  return () => {
    stopped = true;
    cancel();
  };
}
