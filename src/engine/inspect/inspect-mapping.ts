import { mapRecord } from '../../map/map-record.ts';
import { scopeOf, withBefore } from '../../map/scope.ts';
import { eventBindings, type SyncEvent } from '../../model/event.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { Desired } from '../../model/desired.ts';
import type { Fields } from '../../model/step.ts';
import type { Action, Sync } from '../../model/sync.ts';
import type { StoredRecord } from '../../model/record.ts';
import { accountFor, destinationsOf } from '../intake/destinations.ts';
import { elementOf } from '../intake/elements-of-record.ts';
import { prepare } from '../turn/prepare.ts';
import { withResults } from '../turn/results-of-record.ts';
import type { Reading } from '../runtime.ts';

/** What the config makes of a record now; nothing is sent for it. */
export type MappingNow =
  | {
      readonly type: 'target';
      readonly targetKey: string;
      readonly desired: Desired;
      readonly warnings: readonly string[];
    }
  | {
      readonly type: 'call';
      readonly operation: string;
      readonly values: Fields;
      readonly warnings: readonly string[];
    }
  /** Its part in its target ends. */
  | { readonly type: 'leaves'; readonly targetKey: string; readonly reason: string }
  | { readonly type: 'skipped'; readonly reason: string }
  | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };

export async function mappingNow(reading: Reading, event: SyncEvent): Promise<MappingNow> {
  const sync = reading.config.syncs.get(event.sync);
  if (sync?.action) return callNow(reading, sync, sync.action, event);
  const aim = await aimOf(reading, event);
  const prepared = await prepare(reading, { ...event, targetKey: aim?.targetKey ?? event.targetKey });
  switch (prepared.type) {
    case 'join': {
      const { member, warnings } = prepared;
      return { type: 'target', targetKey: member.targetKey, desired: member.desired, warnings };
    }
    case 'leave': {
      const { targetKey } = prepared.event;
      const reason = 'the record is gone, or `when` does not hold';
      return targetKey === '' ? { type: 'skipped', reason } : { type: 'leaves', targetKey, reason };
    }
    case 'elsewhere':
      return { type: 'skipped', reason: 'the record changed while this was read: ask again' };
    case 'ended': {
      const { state, reason, remedy = '' } = prepared.verdict;
      return state === 'dead' ? { type: 'dead', reason, remedy } : { type: 'skipped', reason };
    }
  }
}

/** Where the config sends an event's record now: its lane, and its target; nothing where its sync does not take it any more. */
export async function aimOf(
  { config, tenant, store }: Reading,
  event: SyncEvent,
): Promise<{ readonly lane: string; readonly targetKey: string } | undefined> {
  const sync = config.syncs.get(event.sync);
  const source = config.sources.get(event.source);
  if (!sync?.enabled || !source) return undefined;
  const kept = { lane: accountFor(config, sync), targetKey: event.targetKey };
  const stored = await store.read.records.get(event.tenant, event.source, event.key);
  if (!stored || sync.action) return kept;
  const record = { ...stored, body: event.recorded ?? stored.body };
  const one = { key: event.key, name: event.name, record };
  const destinations = await destinationsOf(config, tenant, source, [sync], one);
  const destination = destinations.find(({ element = '' }) => element === event.element);
  if (destination?.route.type === 'to') return { ...kept, targetKey: destination.route.targetKey };
  const member = await store.read.members.get(event);
  return { ...kept, targetKey: member?.targetKey ?? event.targetKey };
}

async function callNow(reading: Reading, sync: Sync, action: Action, event: SyncEvent): Promise<MappingNow> {
  const { key, element: elementKey, name, action: seen } = event;
  const source = reading.config.sources.get(sync.source);
  if (!source || !seen)
    return { type: 'skipped', reason: 'an action runs for what arrives, not for what is stored' };
  try {
    const scope = await scopeOf(source, seen.record, eventBindings(name));
    const element = await elementOf(sync, withBefore(scope, source, seen.before), elementKey);
    if (!element) return { type: 'skipped', reason: 'the record has no such element' };
    if ('reason' in element) return { type: 'dead', reason: element.reason, remedy: element.remedy };
    const results = await withResults(reading, action, event, element.scope);
    if (results.type === 'wait')
      return { type: 'skipped', reason: `it waits for what "${results.sync}" gets for this record` };
    if (results.type !== 'known') return results;
    const mapped = await mapRecord(sync, results.scope, key);
    if (mapped.type === 'left') return { type: 'skipped', reason: '`when` does not hold' };
    if (mapped.type === 'dead') return mapped;
    const values = { ...mapped.desired.onCreate, ...mapped.desired.always };
    return { type: 'call', operation: action.operation, values, warnings: mapped.warnings };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type: 'dead', reason: error.message, remedy: 'correct the expression or the record' };
  }
}

/** A stored record as if it came now, for a sync that may never have seen it. */
export function asEvent({ tenant }: Reading, sync: Sync, record: StoredRecord, element: string): SyncEvent {
  return {
    id: 0,
    lane: '',
    tenant,
    source: sync.source,
    sync: sync.name,
    key: record.key,
    element,
    targetKey: '',
    targetKeyBefore: null,
    priority: 0,
    state: 'pending',
    reason: null,
    remedy: null,
    tries: 0,
    due: 0,
    waitsFor: null,
    name: null,
    createdAt: 0,
  };
}
