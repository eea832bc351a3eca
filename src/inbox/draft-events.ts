import type { Clock } from '../model/clock.ts';
import type { Member } from '../model/desired.ts';
import { HELD_DUE, type ActionRecord, type Priority } from '../model/event.ts';
import type { StoredRecord } from '../model/record.ts';
import type { NewEvent } from '../store/event-row.ts';
import type { Store } from '../store/store.ts';
import type { Identified } from './arrival.ts';
import { keysBySync } from './keys-by-sync.ts';
import { nameOf } from './name-of.ts';
import type { Roll } from './poll/vanished.ts';

/** Where a sync sends a record: the engine asks the mapping, as stages don't know each other. */
export interface Destination {
  readonly sync: string;
  readonly lane: string;
  readonly quietMs: number;
  /** A `call`: it has its own copy of the record, and nothing supersedes it. */
  readonly action?: boolean;
  /** Many at once wait until they were weighed. */
  readonly guarded?: boolean;
  /** Which element of the record, `''` for the record itself; nothing where its elements can't be told. */
  readonly element?: string;
  readonly route:
    | { readonly type: 'to'; readonly targetKey: string }
    /** No event: these elements it has now, and all others have left. */
    | { readonly type: 'elements'; readonly present: readonly string[] }
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
  readonly together: boolean;
}

export interface Drafted {
  readonly events: NewEvent[];
  /** Of syncs that take records apart. */
  readonly rolls: readonly Roll[];
  /** Syncs whose guard is to weigh what of this is not over. */
  readonly weighed: ReadonlySet<string>;
}

/** The events of these records: one for each sync, or element, with what their targets were before and when they may go. */
export async function draftEvents(
  context: DraftContext,
  source: string,
  records: readonly Eventful[],
  { priority, initial, together }: DraftOptions,
): Promise<Drafted> {
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
  const all = drafts.flat();
  const rolls = all.flatMap((draft) => rollOf(draft, together));
  const others = all.filter(({ destination }) => destination.route.type !== 'elements');
  const guarded = together ? all.filter(({ destination }) => destination.guarded) : [];
  const weighed = new Set(guarded.map(({ destination }) => destination.sync));
  return { events: await aimAll(context, others, now, together), rolls, weighed };
}

function rollOf({ event, destination: { route, guarded } }: Draft, together: boolean): Roll[] {
  if (route.type !== 'elements') return [];
  return [{ blank: event, present: route.present, held: together && guarded === true }];
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
    element: destination.element ?? '',
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
    recorded: one.record.body,
  };
  return one.problem ? { ...event, ...one.problem, state: 'dead' } : event;
}

/** For an action, a record that is not for it is nothing to tell of; nor is an element that is gone. */
function isOccasion({ action, route }: Destination): boolean {
  return !action || (route.type !== 'left' && route.type !== 'elements');
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
    for (const member of await store.read.members.ofRecords(tenant, sync, keys))
      members.set(nameOf(member), member);
  }
  const aimed = drafts.flatMap(({ event, destination }) => {
    const member = members.get(nameOf(event));
    const former = destination.element === '' ? elementsAmong(members, event) : [];
    return [aim(event, destination, member), ...former].map((each) => ({ event: each, destination }));
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

/** Elements that have targets since the sync took records apart, as it no longer does: they leave. */
function elementsAmong(members: ReadonlyMap<string, Member>, event: NewEvent): NewEvent[] {
  if (event.action || event.state === 'dead') return [];
  return [...members.values()]
    .filter(({ sync, key, element }) => sync === event.sync && key === event.key && element !== '')
    .map(({ element, targetKey }) => ({ ...event, element, targetKey }));
}

function aim(event: NewEvent, destination: Destination, member: Member | undefined): NewEvent {
  if (event.state === 'dead') return event;
  const { route } = destination;
  switch (route.type) {
    case 'elements':
      return event;
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
  const wanted = [...new Set(targetKeys)];
  const written = new Map<string, number>();
  for (let at = 0; at < wanted.length; at += 500) {
    for (const [key, time] of await store.read.links.written(wanted.slice(at, at + 500)))
      written.set(key, time);
  }
  return written;
}
