import { hasIdentity } from '../catalog/resource.ts';
import type { Destination, Eventful } from '../inbox/draft-events.ts';
import { routeRecord } from '../map/map-record.ts';
import { scopeOf, withBefore } from '../map/scope.ts';
import type { Config } from '../model/config.ts';
import { accountOf } from '../model/connection.ts';
import { eventBindings } from '../model/event.ts';
import { ExpressionError } from '../model/expression.ts';
import type { Source } from '../model/source.ts';
import type { Sync } from '../model/sync.ts';
import { targetKeyOf } from '../model/target-key.ts';
import { resourceOf } from './resource-of.ts';

/** The enabled syncs of a source. */
export function syncsOf(config: Config, source: string): Sync[] {
  return [...config.syncs.values()].filter((sync) => sync.enabled && sync.source === source);
}

/** Whether what comes together is weighed before it goes on. */
export function isGuarded({ action, enabled, guard }: Sync): boolean {
  return enabled && !action && (guard.change ?? guard.delete) !== undefined;
}

/** Where each of these syncs sends a record. Actions want a change: neither a record that is gone nor one that is as it was. */
export async function destinationsOf(
  config: Config,
  tenant: string,
  source: Source,
  syncs: readonly Sync[],
  one: Eventful,
): Promise<Destination[]> {
  const { record, before } = one;
  const changed = !record.gone && record.digest !== before?.digest;
  const takers = syncs.filter((sync) => !sync.action || changed);
  const scope = await scopeOf(source, record.body, eventBindings(one.name)).catch((error: unknown) => {
    if (error instanceof ExpressionError) return error;
    throw error;
  });
  return Promise.all(
    takers.map(async (sync): Promise<Destination> => {
      const lane = accountFor(config, sync);
      const action = sync.action !== undefined;
      const base = { sync: sync.name, lane, quietMs: sync.quietMs, action, guarded: isGuarded(sync) };
      if (record.gone) return { ...base, route: { type: 'left' } };
      if (scope instanceof ExpressionError) {
        const remedy = `correct \`let\` of sources.${source.name}, then retry the event`;
        return { ...base, route: { type: 'dead', reason: scope.message, remedy } };
      }
      const seen = sync.action
        ? withBefore(scope, source, before?.gone ? null : (before?.body ?? null))
        : scope;
      const route = await routeRecord(sync, seen, record.key);
      if (route.type !== 'to') return { ...base, route };
      return { ...base, route: { type: 'to', targetKey: targetOf(config, tenant, sync, route.key) } };
    }),
  );
}

/** The account that a sync writes to: its lane. */
export function accountFor(config: Config, sync: Sync): string {
  return accountOf(config.connections.get(sync.connection)!);
}

export function targetOf(config: Config, tenant: string, sync: Sync, key: string): string {
  const resource = resourceOf(config, sync);
  const base = { account: accountFor(config, sync), resource: resource?.name ?? sync.resource, key };
  return targetKeyOf(resource && hasIdentity(resource) ? base : { ...base, tenant, sync: sync.name });
}
