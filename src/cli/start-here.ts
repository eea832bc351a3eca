import { startEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import { systemClock } from '../engine/system-clock.ts';

/** An engine in this process: on the machine's own time and chance. */
export function startHere(
  options: Omit<EngineOptions, 'tenant' | 'clock' | 'random' | 'owner'>,
): Promise<Engine> {
  return startEngine({
    ...options,
    tenant: 'default',
    clock: systemClock,
    random: Math.random,
    owner: `process ${process.pid}`,
  });
}
