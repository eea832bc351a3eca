import { routeRecord } from '../../map/map-record.ts';
import type { Scope } from '../../map/scope.ts';
import type { SyncEvent } from '../../model/event.ts';
import { asKey } from '../../model/record.ts';
import type { Sync } from '../../model/sync.ts';
import { identityOf, targetOf } from '../intake/destinations.ts';
import type { Reading } from '../runtime.ts';

export type Parent =
  | { readonly type: 'none' }
  | { readonly type: 'target'; readonly targetKey: string }
  /** The parent's own sync leaves this record out: so does the child's. */
  | { readonly type: 'skipped' }
  | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };

/** The target that a record's child belongs to: what the parent sync makes of the same record, or of the key that `parent.key` yields. */
export async function parentOf(
  runtime: Reading,
  sync: Sync,
  scope: Scope,
  recordKey: string,
): Promise<Parent> {
  if (!sync.parent) return { type: 'none' };
  const parentSync = runtime.config.syncs.get(sync.parent.sync)!;
  // A parent without `each` belongs to the record, not to its elements.
  const above = parentSync.each ? scope : (scope.whole ?? scope);
  const route = sync.parent.key
    ? await routeByKey(sync, scope)
    : await routeRecord(parentSync, above, recordKey);
  if (route.type === 'dead') return route;
  if (route.type === 'left') return { type: 'skipped' };
  // A parent that is skipped for its own parent's sake is as one that leaves the record out.
  if (!sync.parent.key && (await parentOf(runtime, parentSync, above, recordKey)).type === 'skipped')
    return { type: 'skipped' };
  const key = identityOf(runtime.config, parentSync, recordKey, route.key);
  return { type: 'target', targetKey: targetOf(runtime.config, runtime.tenant, parentSync, key) };
}

/**
 * Of a parent that is not there, for a record that may be gone: whether somebody may bring it, others are about to, or who waits
 * for it waits in vain.
 */
export async function outlookFor(
  { store: { read } }: Reading,
  { tenant, source, key }: SyncEvent,
  parent: string,
): Promise<'open' | 'while-coming' | 'in-vain'> {
  const record = await read.records.get(tenant, source, key);
  if (!record?.gone || (await read.members.of(parent)).length > 0) return 'open';
  return (await read.events.comingTo(parent)).length > 0 ? 'while-coming' : 'in-vain';
}

async function routeByKey(sync: Sync, { record, bindings }: Scope) {
  const key = asKey(await sync.parent!.key!(record, bindings));
  // A record that names no parent has none: a task without a customer.
  return key === undefined ? ({ type: 'left' } as const) : ({ type: 'to', key } as const);
}
