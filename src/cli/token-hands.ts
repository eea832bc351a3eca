import type { TokenHands } from '../engine/tokens/open-tokens.ts';
import { systemClock } from '../engine/system-clock.ts';
import { BoothsyncError } from '../model/problem.ts';
import { createRedactor } from '../model/redactor.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import type { CommonOptions } from './common-options.ts';
import { createLog } from './create-log.ts';
import { loadOrPrint } from './load-or-print.ts';

/** Config and store for a command about tokens; it works beside a running `serve`, and before anything has run. */
export async function withTokenHands(
  options: CommonOptions,
  work: (hands: TokenHands) => Promise<number>,
): Promise<number> {
  const config = await loadOrPrint(options);
  if (!config) return 1;
  if (!(await hasStore(config.store))) await makeStore(config.store);
  const redactor = createRedactor(config.secrets);
  const log = createLog({ ...config.log, level: options.logLevel ?? 'warn', redactor });
  const store = await openStore(config.store, { clock: systemClock, owner: false });
  const onCall = (call: object) => log.debug(call, 'call');
  try {
    return await work({ config, tenant: 'default', store, clock: systemClock, redactor, onCall });
  } finally {
    await store.close();
  }
}

/** Whoever holds it at this moment makes it as well as we. */
async function makeStore(url: string): Promise<void> {
  try {
    await (await openStore(url, { clock: systemClock, owner: true })).close();
  } catch (error) {
    if (!(error instanceof BoothsyncError) || error.problem.code !== 'store-held') throw error;
  }
}
