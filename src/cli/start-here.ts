import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import { systemClock } from '../engine/system-clock.ts';

/** The one that a file without tenants has. */
export const TENANT = 'default';

/** An engine in this process: on the machine's own time and chance. */
export function startHere(
  options: Omit<EngineOptions, 'tenant' | 'clock' | 'random' | 'owner'>,
): Promise<Engine> {
  return startEngine({
    ...options,
    tenant: TENANT,
    clock: systemClock,
    random: Math.random,
    owner: `process ${process.pid}`,
  });
}
