import { ghlResource } from '../catalog/resources.ts';
import type { Destination } from '../inbox/accept.ts';
import { routeRecord } from '../map/map-record.ts';
import { scopeOf } from '../map/scope.ts';
import type { Config } from '../model/config.ts';
import { accountOf } from '../model/connection.ts';
import { eventBindings } from '../model/event.ts';
import { ExpressionError } from '../model/expression.ts';
import type { StoredRecord } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { Sync } from '../model/sync.ts';
import { targetKeyOf } from '../model/target-key.ts';

/** The enabled syncs of a source. */
export function syncsOf(config: Config, source: string): Sync[] {
  return [...config.syncs.values()].filter((sync) => sync.enabled && sync.source === source);
}

/** Where each of these syncs sends a record. */
export async function destinationsOf(
  config: Config,
  tenant: string,
  source: Source,
  syncs: readonly Sync[],
  record: StoredRecord,
  name: string | null,
): Promise<Destination[]> {
  const scope = await scopeOf(source, record.body, eventBindings(name)).catch((error: unknown) => {
    if (error instanceof ExpressionError) return error;
    throw error;
  });
  return Promise.all(
    syncs.map(async (sync): Promise<Destination> => {
      const base = { sync: sync.name, lane: accountFor(config, sync), quietMs: sync.quietMs };
      if (record.gone) return { ...base, route: { type: 'left' } };
      if (scope instanceof ExpressionError) {
        const remedy = `correct \`let\` of sources.${source.name}, then retry the event`;
        return { ...base, route: { type: 'dead', reason: scope.message, remedy } };
      }
      const route = await routeRecord(sync, scope, record.key);
      return {
        ...base,
        route:
          route.type === 'to' ? { type: 'to', targetKey: targetOf(config, tenant, sync, route.key) } : route,
      };
    }),
  );
}

/** The account that a sync writes to: its lane. */
export function accountFor(config: Config, sync: Sync): string {
  return accountOf(config.connections.get(sync.connection)!);
}

export function targetOf(config: Config, tenant: string, sync: Sync, key: string): string {
  const identity = ghlResource(sync.resource)?.identity !== undefined;
  const base = { account: accountFor(config, sync), resource: sync.resource, key };
  return targetKeyOf(identity ? base : { ...base, tenant, sync: sync.name });
}
