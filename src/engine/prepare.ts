import { addMark } from '../map/add-mark.ts';
import { farewellOf, type Farewell } from '../map/departure.ts';
import { mapRecord, type Mapped } from '../map/map-record.ts';
import { scopeOf } from '../map/scope.ts';
import type { Desired, Member } from '../model/desired.ts';
import { eventBindings, type SyncEvent, type Verdict } from '../model/event.ts';
import { ExpressionError } from '../model/expression.ts';
import { markOf } from '../model/mark.ts';
import type { StoredRecord } from '../model/record.ts';
import type { Sync } from '../model/sync.ts';
import { targetOf } from './destinations.ts';
import { parentOf } from './parent-of.ts';
import { resourceOf } from './resource-of.ts';
import type { Reading } from './runtime.ts';

/** What one event means for its target. */
export type Prepared =
  | {
      readonly type: 'join';
      readonly event: SyncEvent;
      readonly sync: Sync;
      readonly member: Member;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'leave'; readonly event: SyncEvent; readonly sync: Sync; readonly farewell: Farewell }
  | { readonly type: 'ended'; readonly event: SyncEvent; readonly verdict: Verdict }
  /** The mapping sends it elsewhere by now. */
  | { readonly type: 'elsewhere'; readonly event: SyncEvent; readonly targetKey: string };

/** Maps an event's record as it stands now: the newest that was accepted. */
export async function prepare(runtime: Reading, event: SyncEvent): Promise<Prepared> {
  const sync = runtime.config.syncs.get(event.sync);
  const source = runtime.config.sources.get(event.source);
  if (!sync?.enabled || !source)
    return ended(event, { state: 'skipped', reason: 'its sync is not in the config any more' });
  const record = await runtime.store.read.records.get(event.tenant, event.source, event.key);
  if (!record) return ended(event, { state: 'skipped', reason: 'its record is not in the store' });
  try {
    const scope = await scopeOf(source, record.body, eventBindings(event.name));
    if (record.gone) return { type: 'leave', event, sync, farewell: await farewellOf(sync.onDelete, scope) };
    const mapped = await mapRecord(sync, scope, event.key);
    if (mapped.type === 'dead')
      return ended(event, { state: 'dead', reason: mapped.reason, remedy: mapped.remedy });
    if (mapped.type === 'left')
      return await leaving(runtime, event, sync, await farewellOf(sync.onLeave, scope));
    const targetKey = targetOf(runtime.config, event.tenant, sync, mapped.key);
    if (targetKey !== event.targetKey) return { type: 'elsewhere', event, targetKey };
    const parent = await parentOf(runtime, sync, scope, event.key);
    if (parent.type === 'dead')
      return ended(event, { state: 'dead', reason: parent.reason, remedy: parent.remedy });
    if (parent.type === 'skipped') {
      return await leaving(
        runtime,
        event,
        sync,
        await farewellOf(sync.onLeave, scope),
        'its parent is skipped',
      );
    }
    const marked = withMark(runtime, sync, event.tenant, mapped);
    const desired = parent.type === 'target' ? { ...marked, parent: parent.targetKey } : marked;
    const member = { ...memberOf(event, record), targetKey, desired };
    return { type: 'join', event, sync, member, warnings: mapped.warnings };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return ended(event, {
      state: 'dead',
      reason: error.message,
      remedy: 'correct the expression or the record, then retry the event',
    });
  }
}

function withMark(
  { config }: Reading,
  sync: Sync,
  tenant: string,
  { key, desired }: Extract<Mapped, { type: 'desired' }>,
): Desired {
  const field = sync.mark ? resourceOf(config, sync)?.markField : undefined;
  return field === undefined ? desired : addMark(desired, field, markOf(tenant, sync.name, key));
}

async function leaving(
  runtime: Reading,
  event: SyncEvent,
  sync: Sync,
  farewell: Farewell,
  reason = '`when` does not hold',
): Promise<Prepared> {
  const member = await runtime.store.read.members.get(event.tenant, event.sync, event.key);
  // A create in doubt may have made a target before the record was a member of it.
  const inDoubt = !member && (await runtime.store.read.intents.get(event.targetKey)) !== undefined;
  if (member || inDoubt) return { type: 'leave', event, sync, farewell };
  return ended(event, { state: 'skipped', reason });
}

function memberOf(event: SyncEvent, record: StoredRecord): Omit<Member, 'targetKey' | 'desired'> {
  const { updatedMs, asOf, sequence } = record;
  return { tenant: event.tenant, sync: event.sync, key: event.key, updatedMs, asOf, sequence };
}

function ended(event: SyncEvent, verdict: Verdict): Prepared {
  return { type: 'ended', event, verdict };
}
