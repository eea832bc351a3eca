import type { Clock } from '../model/clock.ts';
import type { Priority, SyncEvent } from '../model/event.ts';
import type { Member } from '../model/desired.ts';
import { compareAge, type StoredRecord } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { NewEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Arrival, Identified } from './arrival.ts';
import { judge, type Judgement } from './judge.ts';

/** Where a sync sends a record: the engine asks the mapping, as stages don't know each other. */
export interface Destination {
  readonly sync: string;
  readonly lane: string;
  readonly quietMs: number;
  readonly route:
    | { readonly type: 'to'; readonly targetKey: string }
    | { readonly type: 'left' }
    | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };
}

export interface AcceptContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenant: string;
  identify(source: Source, arrival: Arrival): Promise<Identified>;
  /** The syncs of a source, and where each sends this record. */
  destinations(source: Source, record: StoredRecord, name: string | null): Promise<readonly Destination[]>;
}

export interface AcceptOptions {
  readonly origin: 'webhook' | 'poll';
  readonly priority: Priority;
  /** A full read: keys that ended dead are accepted again, unchanged or not. */
  readonly full: boolean;
  /** Written in the same transaction: the cursor, the deliveries' state. */
  readonly also?: (tables: Tables) => Promise<void>;
}

export interface Accepted {
  readonly identified: readonly Identified[];
  readonly events: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly superseded: number;
  readonly ended: readonly NewEvent[];
}

/**
 * Stores records and makes the events that they cause, all in one transaction; at most 500 at a time. Calls for one source
 * must not overlap: each judges against what the one before stored.
 */
export async function accept(
  context: AcceptContext,
  source: Source,
  arrivals: readonly Arrival[],
  options: AcceptOptions,
): Promise<Accepted> {
  const { store, tenant } = context;
  const identified = await Promise.all(arrivals.map((arrival) => context.identify(source, arrival)));
  const newest = newestOfKey(identified, options.origin === 'webhook' && source.partial);
  const keys = [...newest.keys()];
  const stored = await store.read.records.getMany(tenant, source.name, keys);
  const dead = options.full ? await store.read.events.deadKeys(tenant, source.name, keys) : new Set<string>();
  const judged = [...newest.values()].map((arrival) => {
    const partial = source.partial && options.origin === 'webhook';
    const judgement = judge(arrival, stored.get(arrival.key), {
      partial,
      origin: options.origin,
      again: dead.has(arrival.key),
    });
    return { arrival, judgement };
  });
  return write(context, source, judged, stored, identified, options);
}

/** Several states of one record in one batch: the newest counts. Partial ones are merged, older first. */
function newestOfKey(arrivals: readonly Identified[], merge: boolean): Map<string, Identified> {
  const newest = new Map<string, Identified>();
  for (const arrival of arrivals) {
    const other = newest.get(arrival.key);
    if (!other) newest.set(arrival.key, arrival);
    else {
      const [older, newer] = compareAge(arrival, other) < 0 ? [arrival, other] : [other, arrival];
      newest.set(arrival.key, merge ? { ...newer, record: { ...older.record, ...newer.record } } : newer);
    }
  }
  return newest;
}

type Judged = { readonly arrival: Identified; readonly judgement: Judgement };

async function write(
  context: AcceptContext,
  source: Source,
  judged: readonly Judged[],
  stored: ReadonlyMap<string, StoredRecord>,
  identified: readonly Identified[],
  options: AcceptOptions,
): Promise<Accepted> {
  const { store, tenant, clock } = context;
  const accepted = judged.flatMap(({ arrival, judgement }) =>
    judgement.type === 'accepted' ? [{ arrival, record: recordOf(arrival, judgement) }] : [],
  );
  const now = clock.now();
  const forEvents = accepted.map(({ arrival, record }) => ({ ...arrival, record }));
  const drafted = await draftEvents(
    { ...context, destinations: (record, name) => context.destinations(source, record, name) },
    source.name,
    forEvents,
    options.priority,
  );
  let events = drafted;
  await store.write(async (tables) => {
    if (accepted.length > 0) {
      const first = await tables.records.nextSequence(accepted.length);
      const records = accepted.map(({ record }, at) => ({ ...record, sequence: first + at }));
      await tables.records.put(tenant, source.name, records);
    }
    for (const { arrival, judgement } of judged)
      await noteUnaccepted(tables, tenant, source.name, arrival, judgement, stored, options);
    for (const [sync, keys] of keysBySync(drafted)) await tables.events.supersede(tenant, sync, keys, now);
    events = await followSending(tables, tenant, drafted, now);
    await tables.events.add(events, now);
    await options.also?.(tables);
  });
  const count = (type: Judgement['type']) => judged.filter(({ judgement }) => judgement.type === type).length;
  return {
    identified,
    events: events.length,
    unchanged: count('unchanged'),
    stale: count('stale'),
    superseded: identified.length - judged.length,
    ended: events.filter((event) => event.state !== 'pending'),
  };
}

/**
 * A record that left before it was a member anywhere may have an older state on its way to a target at this very
 * moment: it leaves as soon as it has joined.
 */
async function followSending(
  tables: Tables,
  tenant: string,
  events: readonly NewEvent[],
  now: number,
): Promise<NewEvent[]> {
  const targets = new Map<string, string>();
  for (const [sync, keys] of keysBySync(events.filter(({ state }) => state === 'skipped'))) {
    const joined = await tables.members.getMany(tenant, sync, keys);
    for (const [key, { targetKey }] of joined) targets.set(`${sync} ${key}`, targetKey);
    const sending = await tables.events.sendingTargets(tenant, sync, keys);
    for (const { key, targetKey } of sending) targets.set(`${sync} ${key}`, targetKey);
  }
  return events.map((event) => {
    const targetKey = event.state === 'skipped' ? targets.get(`${event.sync} ${event.key}`) : undefined;
    return targetKey === undefined
      ? event
      : { ...event, targetKey, state: 'pending', reason: null, due: now };
  });
}

function recordOf(
  arrival: Identified,
  { body, digest }: Extract<Judgement, { type: 'accepted' }>,
): StoredRecord {
  const { key, updatedMs, asOf, deleted } = arrival;
  return { key, digest, body, updatedMs, asOf, sequence: 0, gone: deleted, doubted: null };
}

/** What is remembered of a record that is no event: a reading in doubt, or how new the known content is. */
async function noteUnaccepted(
  tables: Tables,
  tenant: string,
  source: string,
  arrival: Identified,
  judgement: Judgement,
  stored: ReadonlyMap<string, StoredRecord>,
  { origin }: AcceptOptions,
): Promise<void> {
  const known = stored.get(arrival.key);
  if (!known) return;
  if (judgement.type === 'stale' && origin === 'poll') {
    await tables.records.doubt(tenant, source, arrival.key, judgement.digest);
  }
  if (judgement.type === 'unchanged' && judgement.refresh) {
    const updatedMs = arrival.updatedMs ?? known.updatedMs;
    await tables.records.put(tenant, source, [{ ...known, updatedMs, asOf: arrival.asOf }]);
  }
}

/** A record that is to become events. */
export interface Eventful {
  readonly key: string;
  readonly name: string | null;
  readonly record: StoredRecord;
  readonly problem?: Identified['problem'];
}

export interface DraftContext extends Pick<AcceptContext, 'store' | 'clock' | 'tenant'> {
  destinations(record: StoredRecord, name: string | null): Promise<readonly Destination[]>;
}

/** The events of these records: one for each sync, with what their targets were before and when they may go. */
export async function draftEvents(
  context: DraftContext,
  source: string,
  records: readonly Eventful[],
  priority: Priority,
): Promise<NewEvent[]> {
  const now = context.clock.now();
  const drafts = await Promise.all(
    records.map(async (one) => {
      const destinations = await context.destinations(one.record, one.name);
      return destinations.map((destination) => ({
        event: blankEvent(context.tenant, source, one, destination, priority, now),
        destination,
      }));
    }),
  );
  return aimAll(context, drafts.flat(), now);
}

function blankEvent(
  tenant: string,
  source: string,
  one: Eventful,
  destination: Destination,
  priority: Priority,
  now: number,
): NewEvent {
  const event: NewEvent = {
    lane: destination.lane,
    tenant,
    source,
    sync: destination.sync,
    key: one.key,
    targetKey: '',
    targetKeyBefore: null,
    priority,
    state: 'pending',
    reason: null,
    remedy: null,
    tries: 0,
    due: 0,
    waitsFor: null,
    name: one.name,
    createdAt: now,
  };
  return one.problem ? { ...event, ...one.problem, state: 'dead' } : event;
}

type Draft = { readonly event: NewEvent; readonly destination: Destination };

async function aimAll(
  { store, tenant }: DraftContext,
  drafts: readonly Draft[],
  now: number,
): Promise<NewEvent[]> {
  const members = new Map<string, Member>();
  for (const [sync, keys] of keysBySync(drafts.map(({ event }) => event))) {
    for (const [key, member] of await store.read.members.getMany(tenant, sync, keys))
      members.set(`${sync} ${key}`, member);
  }
  const aimed = drafts.map(({ event, destination }) => {
    const member = members.get(`${event.sync} ${event.key}`);
    return { event: aim(event, destination, member), quietMs: destination.quietMs };
  });
  const written = await writtenAt(
    store,
    aimed.map(({ event }) => event.targetKey),
  );
  return aimed.map(({ event, quietMs }) => {
    const last = written.get(event.targetKey) ?? 0;
    return { ...event, due: last === 0 ? now : Math.max(now, last + quietMs) };
  });
}

function aim(event: NewEvent, destination: Destination, member: Member | undefined): NewEvent {
  if (event.state === 'dead') return event;
  const { route } = destination;
  switch (route.type) {
    case 'dead':
      return { ...event, state: 'dead', reason: route.reason, remedy: route.remedy };
    case 'left':
      if (member) return { ...event, targetKey: member.targetKey };
      return {
        ...event,
        state: 'skipped',
        reason: 'the record is not for this sync: it is gone, or `when` does not hold',
      };
    case 'to': {
      const moved = member !== undefined && member.targetKey !== route.targetKey;
      return { ...event, targetKey: route.targetKey, targetKeyBefore: moved ? member.targetKey : null };
    }
  }
}

async function writtenAt(store: Store, targetKeys: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(targetKeys.filter((key) => key !== ''))];
  const written = new Map<string, number>();
  for (let at = 0; at < wanted.length; at += 500) {
    for (const [key, time] of await store.read.links.written(wanted.slice(at, at + 500)))
      written.set(key, time);
  }
  return written;
}

function keysBySync(events: readonly Pick<SyncEvent, 'sync' | 'key'>[]): Map<string, string[]> {
  const bySync = new Map<string, string[]>();
  for (const { sync, key } of events) bySync.set(sync, [...(bySync.get(sync) ?? []), key]);
  return bySync;
}
