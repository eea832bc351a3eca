import type { Runtime } from './runtime.ts';

/** `was: oldName`: what a renamed sync has written stays its own. Done once: afterwards nothing has the old name. */
export async function renameSyncs({ config, store, tenant, log }: Runtime): Promise<void> {
  for (const { name, was } of config.syncs.values()) {
    if (was === undefined) continue;
    const count = await store.write((tables) => tables.renames.sync({ tenant, from: was, to: name }));
    if (count > 0)
      log.info({ sync: name, was, rows: count }, 'the sync was renamed: it keeps what it has written');
  }
}
