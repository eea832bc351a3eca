import type { AskingHands } from '../engine/check/open-clients.ts';
import { systemClock } from '../engine/system-clock.ts';
import { createRedactor } from '../model/redactor.ts';
import type { Config } from '../model/config.ts';
import type { Store } from '../store/store.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import type { CommonOptions } from './common-options.ts';
import { createLog } from './create-log.ts';
import { stopSignal } from './stop-signal.ts';

/** What it takes to ask a config's connections, beside a runner or before anything has run. */
export function askingHands(config: Config, options: CommonOptions): AskingHands {
  const redactor = createRedactor(config.secrets);
  return {
    config,
    tenant: 'default',
    clock: systemClock,
    redactor,
    log: createLog({ ...config.log, level: options.logLevel ?? 'silent', redactor }),
    signal: stopSignal(),
  };
}

/** Nothing where there is no store yet. Throws where it can't be opened. */
export async function storeBeside({ store }: Config): Promise<Store | undefined> {
  return (await hasStore(store)) ? openStore(store, { clock: systemClock, owner: false }) : undefined;
}
