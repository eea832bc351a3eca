import { sleep } from '../model/clock.ts';
import type { Source } from '../model/source.ts';
import { keyOf } from '../model/target-key.ts';
import { approvedSources } from './guard/approvals.ts';
import type { Engine } from './engine.ts';
import { guardedSyncs, guardSyncs } from './guard/guard-syncs.ts';
import type { PollResult } from '../inbox/poll/read-span.ts';
import { polledSources } from './intake/poller.ts';

/** A retry that is due later than this is left for the next pass, in ms. */
export const HORIZON_MS = 60_000;

export interface PassOptions {
  /** Only these syncs' sources are polled; all where empty. */
  readonly syncs: readonly string[];
  readonly full: boolean;
  /** What a guard stopped goes on where it has this hash. */
  readonly approve?: string;
  /** Only what is for the records, or the target, of this key. */
  readonly key?: string;
  /** At most so many targets. */
  readonly limit?: number;
  readonly signal: AbortSignal;
}

/** One pass: every source polled until caught up, everything delivered until the lanes are idle. */
export async function runPass(engine: Engine, options: PassOptions): Promise<void> {
  // First all that there is to know, then the calls: what several reads want of one target is one change.
  engine.lanes.forEach((lane) => lane.hold());
  const pass = pollAll(engine, options)
    .then(() => chosenTargets(engine, options))
    .then((only) => engine.lanes.forEach((lane) => lane.letGo(only)))
    .then(() => untilIdle(engine, options.signal));
  await orInterrupted(pass, options.signal);
}

/** What this pass is for; nothing where that is all. The rest waits for the next one. */
async function chosenTargets(
  { runtime }: Engine,
  { key, limit }: PassOptions,
): Promise<readonly string[] | undefined> {
  if (key === undefined && limit === undefined) return undefined;
  const { store, clock } = runtime;
  const all = await store.read.events.targets(clock.now() + HORIZON_MS);
  if (key === undefined) return all.slice(0, limit);
  const ofRecords = new Set(await store.read.events.targetsOf(key));
  return all.filter((target) => ofRecords.has(target) || keyOf(target) === key).slice(0, limit);
}

/** What the work yields; nothing where it is interrupted before. */
export async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const interrupted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const guarded = work.catch((error: unknown) => {
    // Interrupted, the store may be closed under its last look.
    if (!signal.aborted) throw error;
    return undefined;
  });
  return Promise.race([guarded, interrupted]);
}

/** Reads every source; yields what became of the reads that succeeded, by source. */
export async function pollAll(
  { runtime, poller }: Engine,
  { syncs, full, approve }: PassOptions,
): Promise<ReadonlyMap<string, PollResult>> {
  if (approve !== undefined)
    await runtime.store.write((tables) => tables.holds.approve(runtime.tenant, approve));
  // What was approved is deleted only where a full read finds it gone once more.
  const approved = new Set((await approvedSources(runtime)).map(({ name }) => name));
  const results = new Map<string, PollResult>();
  const read = async (source: Source) => {
    const result = await poller.poll(source, full || approved.has(source.name));
    if (result) results.set(source.name, result);
  };
  await Promise.all(polledSources(runtime, syncs).map(read));
  // A sync whose source is not polled may have been approved, too.
  await guardSyncs(runtime, guardedSyncs(runtime));
  return results;
}

export async function untilIdle(engine: Engine, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isIdle(engine))) await sleep(engine.runtime.clock, 10, signal);
}

async function isIdle(engine: Engine): Promise<boolean> {
  if (!(await engine.unpacker.isIdle(HORIZON_MS))) return false;
  for (const lane of engine.lanes) if (!(await lane.isIdle(HORIZON_MS))) return false;
  return true;
}
