import type { Json } from '../../model/json.ts';
import { failure } from '../../model/problem.ts';
import type { SourceRecord, StoredRecord } from '../../model/record.ts';
import type { JournalEntry } from '../../store/journal.ts';
import { parseName, unknownName } from './event-name.ts';
import { iso, listDelivery, listEvent, type ListedEvent } from './inspect-list.ts';
import { mappingNow, type MappingNow } from './inspect-mapping.ts';
import { targetNow, type TargetNow } from './inspect-target.ts';
import type { Reading } from '../runtime.ts';

/** A record as it is stored: the newest that was accepted of its key. */
export interface RecordNow {
  readonly source: string;
  readonly key: string;
  /** The source says that it is gone, or no longer holds it. */
  readonly gone: boolean;
  readonly updatedAt: string | null;
  readonly receivedAt: string;
  readonly body: SourceRecord;
}

export interface JournalLine {
  readonly at: string;
  readonly step: Json;
  readonly answer: Json;
}

/** All that is known of an event: the shape of `events show --json`, too. */
export interface EventStory extends ListedEvent {
  readonly type: 'event';
  readonly source: string;
  readonly tries: number;
  readonly arrivedAt: string;
  /** When it is tried again, while it waits to be. */
  readonly dueAt: string | null;
  /** Target key of the parent that it waits for. */
  readonly waitsFor: string | null;
  /** The webhook's event name. */
  readonly name: string | null;
  readonly record: RecordNow | null;
  /** An action's own copy of the record. */
  readonly ownRecord: SourceRecord | null;
  readonly mapping: MappingNow;
  readonly target: TargetNow | null;
  readonly journal: readonly JournalLine[];
}

export interface DeliveryStory extends Omit<ListedEvent, 'state'> {
  readonly type: 'delivery';
  readonly state: 'received' | 'accepted' | 'dead';
  readonly connection: string;
  readonly name: string | null;
  /** `{ body, headers, query }`, without what authenticates. */
  readonly raw: Json;
}

/** Throws a `usage` problem where there is no such event or delivery. */
export async function describeEvent(reading: Reading, name: string): Promise<EventStory | DeliveryStory> {
  const parsed = parseName(name);
  const story =
    parsed?.type === 'delivery'
      ? await deliveryStory(reading, parsed.id)
      : await eventStory(reading, parsed?.id);
  if (!story) throw unknownName(name);
  return story;
}

async function eventStory(reading: Reading, id: number | undefined): Promise<EventStory | undefined> {
  const { read } = reading.store;
  const event = id === undefined ? undefined : (await read.events.find({ ids: [id] }, 1))[0];
  if (!event) return undefined;
  const record = await read.records.get(event.tenant, event.source, event.key);
  return {
    type: 'event',
    ...listEvent(event),
    source: event.source,
    tries: event.tries,
    arrivedAt: iso(event.createdAt),
    dueAt: event.state === 'pending' || event.state === 'waiting' ? iso(event.due) : null,
    waitsFor: event.waitsFor,
    name: event.name,
    record: record ? recordNow(event.source, record) : null,
    ownRecord: event.action?.record ?? null,
    mapping: await mappingNow(reading, event),
    target: await targetNow(reading.store, event.targetKey),
    journal: (await read.journal.of(event.id)).map(journalLine),
  };
}

async function deliveryStory({ store }: Reading, id: number): Promise<DeliveryStory | undefined> {
  const delivery = await store.read.deliveries.get(id);
  if (!delivery) return undefined;
  const { connection, name, state, raw } = delivery;
  const listed = listDelivery(delivery);
  const remedy = state === 'dead' ? listed.remedy : null;
  return {
    type: 'delivery',
    ...listed,
    remedy,
    state,
    connection,
    name,
    raw: withoutCredentials(rawOf(raw)),
  };
}

export function recordNow(source: string, { key, gone, updatedMs, asOf, body }: StoredRecord): RecordNow {
  return {
    source,
    key,
    gone,
    updatedAt: updatedMs === null ? null : iso(updatedMs),
    receivedAt: iso(asOf),
    body,
  };
}

export function journalLine({ at, step, answer }: JournalEntry): JournalLine {
  return { at: iso(at), step, answer };
}

function rawOf(raw: string): Json {
  try {
    return JSON.parse(raw) as Json;
  } catch (error) {
    throw failure('store', 'this delivery is not readable in the store', 'restore a backup', error);
  }
}

const CREDENTIAL = /authorization|cookie|token|secret|signature|password|api-?key/i;

/** What authenticates is not stored; should a sender use a header of its own for it, it is not shown either. */
function withoutCredentials(raw: Json): Json {
  if (typeof raw !== 'object' || raw === null || !('headers' in raw)) return raw;
  const headers = Object.entries(raw.headers ?? {}).filter(([name]) => !CREDENTIAL.test(name));
  return { ...raw, headers: Object.fromEntries(headers) as Json };
}
