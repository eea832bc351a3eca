import { hasIdentity } from '../../catalog/resource.ts';
import type { Destination, Eventful } from '../../inbox/draft-events.ts';
import { scopeOf, withBefore } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import { accountOf } from '../../model/connection.ts';
import { eventBindings } from '../../model/event.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { Source } from '../../model/source.ts';
import type { Sync } from '../../model/sync.ts';
import { targetKeyOf } from '../../model/target-key.ts';
import { routesOf } from './elements-of-record.ts';
import { resourceOf } from '../turn/resource-of.ts';

/** The enabled syncs of a source. */
export function syncsOf(config: Config, source: string): Sync[] {
  return [...config.syncs.values()].filter((sync) => sync.enabled && sync.source === source);
}

/** Whether what comes together is weighed before it goes on. */
export function isGuarded({ action, enabled, guard }: Sync): boolean {
  return enabled && !action && (guard.change ?? guard.delete) !== undefined;
}

/** Where each of these syncs sends a record, or its elements. Actions want a change: neither a record that is gone nor one that is as it was. */
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
  const routed = await Promise.all(
    takers.map(async (sync): Promise<Destination[]> => {
      const lane = accountFor(config, sync);
      const action = sync.action !== undefined;
      const base = { sync: sync.name, lane, quietMs: sync.quietMs, action, guarded: isGuarded(sync) };
      if (record.gone) {
        if (sync.each) return [{ ...base, route: { type: 'elements', present: [] } }];
        return [{ ...base, element: '', route: { type: 'left' } }];
      }
      if (scope instanceof ExpressionError) {
        const remedy = `correct \`let\` of sources.${source.name}, then retry the event`;
        return [{ ...base, route: { type: 'dead', reason: scope.message, remedy } }];
      }
      const seen = sync.action
        ? withBefore(scope, source, before?.gone ? null : (before?.body ?? null))
        : scope;
      const targetKeyFor = (key: string) =>
        targetOf(config, tenant, sync, identityOf(config, sync, record.key, key));
      const routes = await routesOf(sync, seen, record.key, targetKeyFor);
      return routes.map((route) => ({ ...base, ...route }));
    }),
  );
  return routed.flat();
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

/**
 * What identifies a target in its resource, of the key that a mapping yields. The children of two records are never one,
 * whatever their elements' keys: the record's stands before it, without a slash of its own.
 */
export function identityOf(config: Config, sync: Sync, recordKey: string, key: string): string {
  const resource = sync.each && resourceOf(config, sync);
  if (!sync.each || (resource && hasIdentity(resource))) return key;
  return `${recordKey.replaceAll('%', '%25').replaceAll('/', '%2F')}/${key}`;
}
