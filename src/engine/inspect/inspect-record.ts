import { failure } from '../../model/problem.ts';
import type { FoundEvent } from '../../store/event-queries.ts';
import { journalLine, recordNow, type RecordNow } from './inspect-event.ts';
import { iso, listEvent } from './inspect-list.ts';
import { destinationsOf } from '../intake/destinations.ts';
import { asEvent, mappingNow } from './inspect-mapping.ts';
import { findRecords, MOST_MATCHES, type Match } from './inspect-search.ts';
import type { SyncStory } from './inspect-story.ts';
import { targetNow } from './inspect-target.ts';
import { timelineOf, type Moment } from './inspect-timeline.ts';
import type { Reading } from '../runtime.ts';

/** What is known of a key, an email or an event: the shape of `explain --json`, too. */
export interface Explanation {
  readonly query: string;
  readonly records: readonly RecordStory[];
  /** More records match than are told of. */
  readonly more: boolean;
}

export interface RecordStory {
  readonly source: string;
  readonly key: string;
  /** What of it matched. */
  readonly found: Match['found'];
  readonly record: RecordNow | null;
  readonly syncs: readonly SyncStory[];
  /** The oldest first. */
  readonly timeline: readonly Moment[];
}

/** Events told of for each record and sync. */
const MOST_EVENTS = 50;

/** Throws a `usage` problem where nothing is known of it. */
export async function explain(reading: Reading, query: string): Promise<Explanation> {
  const matches = await findRecords(reading, query);
  if (matches.length === 0)
    throw failure(
      'usage',
      `nothing is known of ${JSON.stringify(query)}`,
      "ask for a record's key, an email, a phone number or other text in it, a target's id, or an event's id",
    );
  const records: RecordStory[] = [];
  for (const match of matches.slice(0, MOST_MATCHES)) records.push(await storyOf(reading, match));
  return { query, records, more: matches.length > MOST_MATCHES };
}

async function storyOf(reading: Reading, match: Match): Promise<RecordStory> {
  const { config, tenant, store } = reading;
  const { source, key } = match;
  const stored = await store.read.records.get(tenant, source, key);
  const events = await store.read.events.find(
    { tenant, source, key },
    MOST_EVENTS * Math.max(1, config.syncs.size),
  );
  const ofConfig = [...config.syncs.values()]
    .filter((sync) => sync.source === source)
    .map(({ name }) => name);
  const names = [...new Set([...ofConfig, ...events.map(({ sync }) => sync)])];
  const syncs: SyncStory[] = [];
  for (const sync of names) {
    const own = events.filter((event) => event.sync === sync);
    for (const element of await elementsIn(reading, match, sync, own)) {
      const told = own.filter((event) => event.element === element).slice(0, MOST_EVENTS);
      syncs.push(await syncStory(reading, match, sync, element, told));
    }
  }
  const record = stored ? recordNow(source, stored) : null;
  return { ...match, record, syncs, timeline: timelineOf(syncs, record) };
}

/** Those that a record has, had or may come to have a target for; of a sync without `each`, the record itself. */
async function elementsIn(
  { config, tenant, store }: Reading,
  { source, key }: Match,
  name: string,
  events: readonly FoundEvent[],
): Promise<readonly string[]> {
  const members = await store.read.members.ofRecords(tenant, name, [key]);
  const sync = config.syncs.get(name);
  const record = await store.read.records.get(tenant, source, key);
  const now =
    sync && record
      ? await destinationsOf(config, tenant, config.sources.get(source)!, [sync], { key, name: null, record })
      : [];
  const all = [...now.filter(({ route }) => route.type !== 'elements'), ...members, ...events];
  const elements = new Set(all.map(({ element = '' }) => element));
  return elements.size > 0 ? [...elements] : [''];
}

async function syncStory(
  reading: Reading,
  { source, key }: Match,
  name: string,
  element: string,
  events: readonly FoundEvent[],
): Promise<SyncStory> {
  const { config, tenant, store } = reading;
  const sync = config.syncs.get(name);
  const stored = await store.read.records.get(tenant, source, key);
  const newest = events[0] ?? (sync && stored ? asEvent(reading, sync, stored, element) : undefined);
  const mapping = sync && newest ? await mappingNow(reading, newest) : null;
  const member = await store.read.members.get({ tenant, sync: name, key, element });
  const mapped = mapping && 'targetKey' in mapping ? mapping.targetKey : '';
  const targetKey = member?.targetKey ?? (mapped || (newest?.targetKey ?? ''));
  const told = events.map(async (event) => ({
    ...listEvent(event),
    arrivedAt: iso(event.createdAt),
    tries: event.tries,
    journal: (await store.read.journal.of(event.id)).map(journalLine),
  }));
  const which = element === '' ? {} : { element };
  return {
    sync: name,
    ...which,
    mapping,
    target: await targetNow(store, targetKey),
    events: await Promise.all(told),
  };
}
