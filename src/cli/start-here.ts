import { setFlagsFromString } from 'node:v8';
import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import { systemClock } from '../engine/system-clock.ts';

/** The one that a file without tenants has. */
export const TENANT = 'default';

/**
 * How much the heap may grow before V8 clears it up, in percent of what is alive. Left to itself it waits for three times as
 * much again: a first import of 100,000 records took 408 MB where 45 were alive, and takes 295 so.
 */
const HEAP_GROWTH = 50;

/** An engine in this process: on the machine's own time and chance. */
export function startHere(
  options: Omit<EngineOptions, 'tenant' | 'clock' | 'random' | 'owner'>,
): Promise<Engine> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  return startEngine({
    ...options,
    tenant: TENANT,
    clock: systemClock,
    random: Math.random,
    owner: `process ${process.pid}`,
  });
}
