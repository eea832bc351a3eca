import type { Hands } from '../engine/dead-letters.ts';
import { systemClock } from '../engine/system-clock.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import type { CommonOptions } from './common-options.ts';
import { loadOrPrint } from './load-or-print.ts';

/** What a command that works beside a running `run` or `serve` has: the config and, where anything has run yet, the store. */
export interface BesideRunner {
  readonly secrets: readonly string[];
  readonly hands: Hands | undefined;
}

/** Opens the store without owning it; the work's result is the exit code. */
export async function besideRunner(
  options: CommonOptions,
  work: (beside: BesideRunner) => Promise<number>,
): Promise<number> {
  const config = await loadOrPrint(options);
  if (!config) return 1;
  const { secrets } = config;
  if (!(await hasStore(config.store))) return work({ secrets, hands: undefined });
  const store = await openStore(config.store, { clock: systemClock, owner: false });
  try {
    return await work({ secrets, hands: { config, tenant: 'default', store, clock: systemClock } });
  } finally {
    await store.close();
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
