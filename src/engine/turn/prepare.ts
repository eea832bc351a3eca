import { addMark } from '../../map/add-mark.ts';
import { farewellOf, likelyFarewell, type Farewell } from '../../map/departure.ts';
import { mapRecord } from '../../map/map-record.ts';
import { scopeOf, type Scope } from '../../map/scope.ts';
import type { Desired, Member } from '../../model/desired.ts';
import { eventBindings, type SyncEvent, type Verdict } from '../../model/event.ts';
import { ExpressionError } from '../../model/expression.ts';
import { markOf } from '../../model/mark.ts';
import type { SourceRecord, StoredRecord } from '../../model/record.ts';
import type { Sync } from '../../model/sync.ts';
import { identityOf, targetOf } from '../intake/destinations.ts';
import { absent, elementOf } from '../intake/elements-of-record.ts';
import { isSame } from './member-name.ts';
import { parentOf } from './parent-of.ts';
import { resourceOf } from './resource-of.ts';
import type { Reading } from '../runtime.ts';

/** What one event means for its target; `record`: what it was mapped from, where there is one. */
export type Prepared = Meaning & { readonly record?: SourceRecord };

type Meaning =
  | {
      readonly type: 'join';
      readonly event: SyncEvent;
      readonly sync: Sync;
      readonly member: Member;
      /** What becomes of the target that it had before, where it was the last one there. */
      readonly farewell: Farewell;
      readonly warnings: readonly string[];
    }
  | { readonly type: 'leave'; readonly event: SyncEvent; readonly sync: Sync; readonly farewell: Farewell }
  /** `comesNoMore`: who waits for its target waits in vain, as far as this record goes. */
  | {
      readonly type: 'ended';
      readonly event: SyncEvent;
      readonly verdict: Verdict;
      readonly comesNoMore?: true;
    }
  /** The mapping sends it elsewhere by now. */
  | { readonly type: 'elsewhere'; readonly event: SyncEvent; readonly targetKey: string };

export type Join = Extract<Prepared, { type: 'join' }>;
export type Leave = Extract<Prepared, { type: 'leave' }>;

/** A sync can't be without its source. */
function whyNot(sync: Sync | undefined): string {
  return sync ? 'its sync is switched off' : 'its sync is not in the config any more';
}

/** Maps an event's record as it stands now, the newest that was accepted; or as the event brought it, where a person wants that. */
export async function prepare(runtime: Reading, event: SyncEvent): Promise<Prepared> {
  const sync = runtime.config.syncs.get(event.sync);
  const source = runtime.config.sources.get(event.source);
  if (!sync?.enabled || !source) return ended(event, { state: 'skipped', reason: whyNot(sync) });
  const stored = await runtime.store.read.records.get(event.tenant, event.source, event.key);
  if (!stored) return ended(event, { state: 'skipped', reason: 'its record is not in the store' });
  const record = event.recorded ?? stored.body;
  try {
    const scope = await scopeOf(source, record, eventBindings(event.name));
    return { ...(await meaningOf(runtime, event, sync, stored, scope)), record };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const remedy = 'correct the expression or the record, then retry the event';
    return { ...ended(event, { state: 'dead', reason: error.message, remedy }), record };
  }
}

async function meaningOf(
  runtime: Reading,
  event: SyncEvent,
  sync: Sync,
  stored: StoredRecord,
  scope: Scope,
): Promise<Meaning> {
  if (stored.gone) {
    const last = await lastScope(sync, scope, event.element);
    // Whose it never was, it takes nothing from: another record may just be bringing its own there.
    const farewell = await farewellOf(sync.onDelete, last);
    const meaning = await leaving(runtime, event, sync, farewell, 'the record is gone');
    return meaning.type === 'ended' ? { ...meaning, comesNoMore: true } : meaning;
  }
  const element = await elementOf(sync, scope, event.element);
  if (element && 'reason' in element) {
    const { reason, remedy } = element;
    return ended(event, { state: 'dead', reason, remedy });
  }
  const seen = element?.scope ?? absent(scope);
  if (!element) {
    const farewell = await farewellOf(sync.onDelete, seen);
    return leaving(runtime, event, sync, farewell, 'the record has no such element any more');
  }
  const mapped = await mapRecord(sync, seen, event.key);
  if (mapped.type === 'dead')
    return ended(event, { state: 'dead', reason: mapped.reason, remedy: mapped.remedy });
  if (mapped.type === 'left') return leaving(runtime, event, sync, await farewellOf(sync.onLeave, seen));
  const identity = identityOf(runtime.config, sync, event.key, mapped.key);
  const targetKey = targetOf(runtime.config, event.tenant, sync, identity);
  if (targetKey !== event.targetKey) return { type: 'elsewhere', event, targetKey };
  const parent = await parentOf(runtime, sync, seen, event.key);
  if (parent.type === 'dead')
    return ended(event, { state: 'dead', reason: parent.reason, remedy: parent.remedy });
  if (parent.type === 'skipped') {
    const farewell = await farewellOf(sync.onLeave, seen);
    return leaving(runtime, event, sync, farewell, 'its parent is skipped');
  }
  const marked = withMark(runtime, sync, identity, mapped.desired);
  const desired = parent.type === 'target' ? { ...marked, parent: parent.targetKey } : marked;
  const member = { ...memberOf(event, stored), targetKey, desired };
  const farewell = await likelyFarewell(sync.onLeave, seen);
  return { type: 'join', event, sync, member, farewell, warnings: mapped.warnings };
}

/** An element as it was last seen; a record that is gone must go, whatever becomes of its list. */
async function lastScope(sync: Sync, scope: Scope, key: string): Promise<Scope> {
  const element = await elementOf(sync, scope, key).catch((error: unknown) => {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  });
  return element && 'scope' in element ? element.scope : absent(scope);
}

function withMark({ config, tenant }: Reading, sync: Sync, identity: string, desired: Desired): Desired {
  const field = sync.mark ? resourceOf(config, sync)?.markField : undefined;
  // A renamed sync's children keep the marks that they have.
  return field === undefined
    ? desired
    : addMark(desired, field, markOf(tenant, sync.was ?? sync.name, identity));
}

async function leaving(
  runtime: Reading,
  event: SyncEvent,
  sync: Sync,
  farewell: Farewell,
  reason = '`when` does not hold',
): Promise<Meaning> {
  const member = await runtime.store.read.members.get(event);
  if (member || (await isHalfThere(runtime, event))) return leave(event, sync, farewell, member);
  return ended(event, { state: 'skipped', reason });
}

/**
 * A target may have been made before the record was a member of it: a create is in doubt, or what it has made was found, and the
 * change failed that came next. Where others are there, or come, it is theirs.
 */
async function isHalfThere({ store: { read } }: Reading, event: SyncEvent): Promise<boolean> {
  const { targetKey } = event;
  if (await read.intents.get(targetKey)) return true;
  const link = await read.links.get(targetKey);
  if (!link || link.gone || link.writtenAt > 0) return false;
  const others = [...(await read.members.of(targetKey)), ...(await read.events.comingTo(targetKey))];
  if (!others.every((other) => isSame(other, event))) return false;
  return event.reason !== null || (await read.events.leftTargets(event)).includes(targetKey);
}

/** An older state of it may have moved it, since the event was aimed at where it was. */
function leave(event: SyncEvent, sync: Sync, farewell: Farewell, member: Member | undefined): Meaning {
  if (member && member.targetKey !== event.targetKey)
    return { type: 'elsewhere', event, targetKey: member.targetKey };
  return { type: 'leave', event, sync, farewell };
}

function memberOf(event: SyncEvent, record: StoredRecord): Omit<Member, 'targetKey' | 'desired'> {
  const { updatedMs, asOf, sequence } = record;
  const { tenant, sync, key, element } = event;
  return { tenant, sync, key, element, updatedMs, asOf, sequence };
}

function ended(event: SyncEvent, verdict: Verdict): Meaning {
  return { type: 'ended', event, verdict };
}
