import { sleep } from '../model/clock.ts';
import { approvedSources } from './approvals.ts';
import type { Engine } from './engine.ts';
import { polledSources } from './poller.ts';

/** A retry that is due later than this is left for the next pass, in ms. */
const HORIZON_MS = 60_000;

export interface PassOptions {
  /** Only these syncs' sources are polled; all where empty. */
  readonly syncs: readonly string[];
  readonly full: boolean;
  /** What a guard stopped goes on where it has this hash. */
  readonly approve?: string;
  readonly signal: AbortSignal;
}

/** One pass: every source polled until caught up, everything delivered until the lanes are idle. */
export async function runPass(engine: Engine, options: PassOptions): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    options.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const pass = pollAll(engine, options)
    .then(() => untilIdle(engine, options.signal))
    .catch((error: unknown) => {
      // Interrupted, the store may be closed under its last look.
      if (!options.signal.aborted) throw error;
    });
  await Promise.race([pass, interrupted]);
}

async function pollAll({ runtime, poller }: Engine, { syncs, full, approve }: PassOptions): Promise<void> {
  if (approve !== undefined)
    await runtime.store.write((tables) => tables.holds.approve(runtime.tenant, approve));
  // What was approved is deleted only where a full read finds it gone once more.
  const approved = new Set((await approvedSources(runtime)).map(({ name }) => name));
  await Promise.all(
    polledSources(runtime, syncs).map((source) => poller.poll(source, full || approved.has(source.name))),
  );
}

async function untilIdle(engine: Engine, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isIdle(engine))) await sleep(engine.runtime.clock, 10, signal);
}

async function isIdle(engine: Engine): Promise<boolean> {
  if (!(await engine.unpacker.isIdle(HORIZON_MS))) return false;
  for (const lane of engine.lanes) if (!(await lane.isIdle(HORIZON_MS))) return false;
  return true;
}
