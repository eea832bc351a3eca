import { httpResource } from '../../catalog/http-resource.ts';
import type { Resource } from '../../catalog/resource.ts';
import { ghlResource } from '../../catalog/resources.ts';
import type { Config } from '../../model/config.ts';
import type { Sync } from '../../model/sync.ts';

/** What a sync writes; nothing for an action. */
export function resourceOf(config: Config, sync: Sync): Resource | undefined {
  if (sync.action) return undefined;
  const connection = config.connections.get(sync.connection);
  if (connection?.type !== 'http') return ghlResource(sync.resource);
  const declared = connection.resources?.get(sync.resource);
  const parent = sync.parent && config.syncs.get(sync.parent.sync);
  return declared && httpResource(declared, parent?.resource);
}
