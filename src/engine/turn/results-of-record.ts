import { RESULTS_BINDING } from '../../expression/run/result.ts';
import { routeRecord } from '../../map/map-record.ts';
import type { Scope } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import type { SyncEvent } from '../../model/event.ts';
import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import type { Link } from '../../model/link.ts';
import type { Action, Sync } from '../../model/sync.ts';
import { identityOf, targetOf } from '../intake/destinations.ts';
import type { Reading } from '../runtime.ts';

/** What other syncs got for a record, or why a call can't have it. */
export type Results =
  | { readonly type: 'known'; readonly scope: Scope }
  /** One of them is on its way. */
  | { readonly type: 'wait'; readonly sync: string; readonly targetKey: string }
  | { readonly type: 'skipped'; readonly reason: string }
  | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };

type Result =
  { readonly type: 'known'; readonly value: Json | undefined } | Exclude<Results, { readonly type: 'known' }>;

/** The scope with the results that a call asks for (`$result`), once they are all there. */
export async function withResults(
  reading: Reading,
  action: Action,
  event: SyncEvent,
  scope: Scope,
): Promise<Results> {
  const values: Record<string, Json | undefined> = {};
  for (const name of action.results) {
    const sync = reading.config.syncs.get(name);
    if (!sync?.enabled)
      return { type: 'skipped', reason: `it wants the result of "${name}", which is disabled` };
    if (sync.report)
      return { type: 'skipped', reason: `it wants the result of "${name}", which only reports` };
    const found = await resultOf(reading, sync, event, scope);
    if (found.type !== 'known') return found;
    values[name] = found.value;
  }
  return { type: 'known', scope: { ...scope, bindings: { ...scope.bindings, [RESULTS_BINDING]: values } } };
}

/** Whether some call asks for what this sync gets: then its answers are kept. */
export function isAsked(config: Config, sync: string): boolean {
  return [...config.syncs.values()].some(({ enabled, action }) => enabled && action?.results.includes(sync));
}

async function resultOf(
  { config, tenant, store }: Reading,
  sync: Sync,
  event: SyncEvent,
  scope: Scope,
): Promise<Result> {
  const seen = sync.each ? scope : (scope.whole ?? scope);
  // What ran for an earlier state of the record has its result still: so the key first, whatever `when` says.
  const { when, ...always } = sync;
  const keyed = await routeRecord(always, seen, event.key);
  if (keyed.type !== 'to') return keyed.type === 'dead' ? keyed : skippedBy(sync);
  const targetKey = targetOf(config, tenant, sync, identityOf(config, sync, event.key, keyed.key));
  const element = sync.each ? event.element : '';
  const open = { tenant, sync: sync.name, key: event.key, element };
  if (await store.read.events.isOpen(open, event.createdAt, sync.action !== undefined))
    return { type: 'wait', sync: sync.name, targetKey };
  const link = await store.read.links.get(targetKey);
  if (link && !link.gone) return { type: 'known', value: valueOf(sync, link) };
  const route = when ? await routeRecord(sync, seen, event.key) : keyed;
  return route.type === 'to' ? { type: 'wait', sync: sync.name, targetKey } : skippedBy(sync);
}

function skippedBy({ name }: Sync): Result {
  return { type: 'skipped', reason: `it wants the result of "${name}", which leaves this record out` };
}

/** Of a target, it as the API showed it last, and its id always; of a call, the body of its answer. */
function valueOf({ action }: Sync, { answer, targetId }: Link): Json | undefined {
  if (action) return answer;
  return { ...(isObject(answer) ? answer : {}), id: targetId };
}
