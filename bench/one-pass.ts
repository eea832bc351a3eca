import { loadConfig } from '../src/config/load.ts';
import { startEngine } from '../src/engine/engine.ts';
import { runPass } from '../src/engine/run.ts';
import { systemClock } from '../src/engine/system-clock.ts';
import type { Log } from '../src/model/log.ts';
import { openStore } from '../src/store/open-store.ts';

const silent: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {
  // A benchmark reads no log.
}

/** What `boothsync run` does with a config, in this process. */
export async function onePass(file: string): Promise<void> {
  const { config, problems } = await loadConfig(file, { env: {} });
  if (!config) throw new Error(problems.map(({ message }) => message).join('\n'));
  const store = await openStore(config.store, { clock: systemClock, owner: true });
  const engine = await startEngine({
    config,
    tenant: 'default',
    store,
    clock: systemClock,
    random: Math.random,
    log: silent,
    owner: 'bench',
  });
  await runPass(engine, { syncs: [], full: false, signal: new AbortController().signal });
  await engine.stop();
  await store.close();
}
