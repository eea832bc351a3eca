import type { Clock } from '../model/clock.ts';
import type { Member } from '../model/desired.ts';
import { HELD_DUE, type ActionRecord, type Priority, type SyncEvent } from '../model/event.ts';
import type { StoredRecord } from '../model/record.ts';
import type { NewEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { Identified } from './arrival.ts';

/** Where a sync sends a record: the engine asks the mapping, as stages don't know each other. */
export interface Destination {
  readonly sync: string;
  readonly lane: string;
  readonly quietMs: number;
  /** A `call`: it has its own copy of the record, and nothing supersedes it. */
  readonly action?: boolean;
  /** Many at once wait until they were weighed. */
  readonly guarded?: boolean;
  readonly route:
    | { readonly type: 'to'; readonly targetKey: string }
    | { readonly type: 'left' }
    | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };
}

/** A record that is to become events. */
export interface Eventful {
  readonly key: string;
  readonly name: string | null;
  readonly record: StoredRecord;
  /** As it was accepted before; nothing for a new one. */
  readonly before?: StoredRecord | undefined;
  readonly problem?: Identified['problem'];
}

export interface DraftContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenant: string;
  destinations(one: Eventful): Promise<readonly Destination[]>;
}

export interface DraftOptions {
  readonly priority: Priority;
  /** The first read of a source. */
  readonly initial: boolean;
  /** They come with others, from a poll or an edited mapping: syncs with a guard weigh them first. */
  readonly together?: boolean;
}

/** The events of these records: one for each sync, with what their targets were before and when they may go. */
export async function draftEvents(
  context: DraftContext,
  source: string,
  records: readonly Eventful[],
  { priority, initial, together = false }: DraftOptions,
): Promise<NewEvent[]> {
  const now = context.clock.now();
  const drafts = await Promise.all(
    records.map(async (one) => {
      const destinations = await context.destinations(one);
      return destinations.filter(isOccasion).map((destination) => {
        const event = blankEvent(context.tenant, source, one, destination, priority, now);
        return {
          event: destination.action ? { ...event, action: actionOf(one, initial) } : event,
          destination,
        };
      });
    }),
  );
  return aimAll(context, drafts.flat(), now, together);
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

/** For an action, a record that is not for it is nothing to tell of. */
function isOccasion({ action, route }: Destination): boolean {
  return !action || route.type !== 'left';
}

function actionOf({ record, before }: Eventful, initial: boolean): ActionRecord {
  return { record: record.body, before: before && !before.gone ? before.body : null, initial };
}

type Draft = { readonly event: NewEvent; readonly destination: Destination };

async function aimAll(
  { store, tenant }: DraftContext,
  drafts: readonly Draft[],
  now: number,
  together: boolean,
): Promise<NewEvent[]> {
  const members = new Map<string, Member>();
  for (const [sync, keys] of keysBySync(drafts.map(({ event }) => event))) {
    for (const [key, member] of await store.read.members.getMany(tenant, sync, keys))
      members.set(`${sync} ${key}`, member);
  }
  const aimed = drafts.map(({ event, destination }) => {
    const member = members.get(`${event.sync} ${event.key}`);
    return { event: aim(event, destination, member), destination };
  });
  const written = await writtenAt(
    store,
    aimed.map(({ event }) => event.targetKey),
  );
  return aimed.map(({ event, destination }) => {
    if (together && destination.guarded && event.state === 'pending') return { ...event, due: HELD_DUE };
    const last = written.get(event.targetKey) ?? 0;
    // Written in what is the future by now: the clock was set back.
    return { ...event, due: last === 0 || last > now ? now : Math.max(now, last + destination.quietMs) };
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

/** Keys by sync, in their order. */
export function keysBySync(events: readonly Pick<SyncEvent, 'sync' | 'key'>[]): Map<string, string[]> {
  const bySync = new Map<string, string[]>();
  for (const { sync, key } of events) bySync.set(sync, [...(bySync.get(sync) ?? []), key]);
  return bySync;
}
