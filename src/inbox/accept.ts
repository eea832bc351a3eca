import type { Clock } from '../model/clock.ts';
import type { Priority } from '../model/event.ts';
import { compareAge, type StoredRecord } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { NewEvent } from '../store/event-row.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { Arrival, Identified } from './arrival.ts';
import { draftEvents, type Destination, type Eventful } from './draft-events.ts';
import { followSending } from './follow-sending.ts';
import { supersedeOlder } from './supersede-older.ts';
import { vanished } from './poll/vanished.ts';
import { judge, type Judgement } from './judge.ts';

export interface AcceptContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly tenant: string;
  identify(source: Source, arrival: Arrival): Promise<Identified>;
  /** The syncs of a source, and where each sends this record; `before`: as it was accepted before. */
  destinations(source: Source, one: Eventful): Promise<readonly Destination[]>;
}

export interface AcceptOptions {
  readonly origin: 'webhook' | 'poll';
  readonly priority: Priority;
  /** A full read: keys that ended dead are accepted again, unchanged or not. */
  readonly full: boolean;
  /** The first read of a source: what is there already. */
  readonly initial?: boolean;
  /** A person has approved it: no guard weighs it again. */
  readonly approved?: boolean;
  /** Each state of a record is an occasion of its own: some sync of the source is an action. */
  readonly eachState?: boolean;
}

export interface Accepted {
  readonly identified: readonly Identified[];
  readonly events: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly superseded: number;
  /** The least `updatedAt` in ms of what a poll read and is believed only if the next one reads it, too; Infinity for none. */
  readonly doubtedMs: number;
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
  const identified = await Promise.all(arrivals.map((arrival) => context.identify(source, arrival)));
  const rounds = options.eachState ? roundsOf(identified) : [identified];
  let all = NOTHING_ACCEPTED;
  for (const round of rounds) all = together(all, await acceptRound(context, source, round, options));
  return all;
}

const NOTHING_ACCEPTED: Accepted = {
  identified: [],
  events: 0,
  unchanged: 0,
  stale: 0,
  superseded: 0,
  doubtedMs: Infinity,
  ended: [],
};

function together(a: Accepted, b: Accepted): Accepted {
  return {
    identified: [...a.identified, ...b.identified],
    events: a.events + b.events,
    unchanged: a.unchanged + b.unchanged,
    stale: a.stale + b.stale,
    superseded: a.superseded + b.superseded,
    doubtedMs: Math.min(a.doubtedMs, b.doubtedMs),
    ended: [...a.ended, ...b.ended],
  };
}

/** Rounds in which each record stands once, its states in order: an action sees every one of them. */
function roundsOf(arrivals: readonly Identified[]): Identified[][] {
  const rounds: Identified[][] = [];
  const seen = new Map<string, number>();
  for (const arrival of arrivals) {
    const round = seen.get(arrival.key) ?? 0;
    seen.set(arrival.key, round + 1);
    (rounds[round] ??= []).push(arrival);
  }
  return rounds;
}

async function acceptRound(
  context: AcceptContext,
  source: Source,
  identified: readonly Identified[],
  options: AcceptOptions,
): Promise<Accepted> {
  const { store, tenant } = context;
  const keys = [...new Set(identified.map(({ key }) => key))];
  const stored = await store.read.records.getMany(tenant, source.name, keys);
  const newest = newestOfKey(identified, stored, options.origin === 'webhook' && source.partial);
  const dead = options.full ? await store.read.events.deadKeys(tenant, source.name, keys) : new Set<string>();
  const judged = [...newest.values()].map((arrival) => {
    const partial = source.partial && options.origin === 'webhook';
    const again = dead.has(arrival.key);
    return {
      arrival,
      judgement: judge(arrival, stored.get(arrival.key), { partial, origin: options.origin, again }),
    };
  });
  return write(context, source, judged, stored, identified, options);
}

/** Several states of one record in one batch: the newest counts. Partial ones are merged, older first, without the stale. */
function newestOfKey(
  arrivals: readonly Identified[],
  stored: ReadonlyMap<string, StoredRecord>,
  merge: boolean,
): Map<string, Identified> {
  const byAge = [...arrivals].sort(compareAge);
  const newest = new Map(byAge.map((arrival) => [arrival.key, arrival]));
  if (!merge) return newest;
  const parts = new Map<string, Identified['record']>();
  for (const { key, record, ...age } of byAge) {
    const known = stored.get(key);
    if (!known || compareAge(age, known) >= 0) parts.set(key, { ...parts.get(key), ...record });
  }
  return new Map(
    [...newest].map(([key, arrival]) => [key, { ...arrival, record: parts.get(key) ?? arrival.record }]),
  );
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
  const forEvents = accepted.map(({ arrival, record }) => ({
    ...arrival,
    record,
    before: stored.get(arrival.key),
  }));
  const drafted = await draftEvents(
    { ...context, destinations: (one) => context.destinations(source, one) },
    source.name,
    forEvents,
    {
      priority: options.priority,
      initial: options.initial === true,
      together: options.origin === 'poll' && options.approved !== true,
    },
  );
  let events = drafted.events;
  await store.write(async (tables) => {
    if (accepted.length > 0) {
      const first = await tables.records.nextSequence(accepted.length);
      const records = accepted.map(({ record }, at) => ({ ...record, sequence: first + at }));
      await tables.records.put(tenant, source.name, records);
      await tables.records.noteStamp(Math.max(...records.map(({ asOf }) => asOf)));
    }
    for (const { arrival, judgement } of judged)
      await noteUnaccepted(tables, tenant, source.name, arrival, judgement, stored, options);
    const tried = await supersedeOlder(tables, tenant, drafted, now);
    events = [
      ...(await followSending(tables, tenant, drafted, tried, now)),
      ...(await vanished(tables, drafted.rolls, now)),
    ];
    await tables.events.add(events, now);
    await tables.events.hurryAwaited(targetsOf(events));
  });
  const count = (type: Judgement['type']) => judged.filter(({ judgement }) => judgement.type === type).length;
  return {
    identified,
    events: events.length,
    unchanged: count('unchanged'),
    stale: count('stale'),
    superseded: identified.length - judged.length,
    doubtedMs: options.origin === 'poll' ? leastStaleMs(judged) : Infinity,
    ended: events.filter((event) => event.state !== 'pending'),
  };
}

function leastStaleMs(judged: readonly Judged[]): number {
  const stale = judged.filter(({ judgement }) => judgement.type === 'stale');
  return Math.min(Infinity, ...stale.map(({ arrival }) => arrival.updatedMs ?? Infinity));
}

function targetsOf(events: readonly NewEvent[]): string[] {
  return [...new Set(events.map(({ targetKey }) => targetKey))];
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
  // Two readings that agree must follow each other: between them this poll read what is known.
  if (judgement.type === 'unchanged' && origin === 'poll' && known.doubted !== null) {
    await tables.records.doubt(tenant, source, arrival.key, null);
  }
  if (judgement.type === 'unchanged' && judgement.refresh) {
    const updatedMs = arrival.updatedMs ?? known.updatedMs;
    await tables.records.put(tenant, source, [{ ...known, updatedMs, asOf: arrival.asOf }]);
  }
}
