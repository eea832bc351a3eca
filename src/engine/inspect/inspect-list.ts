import type { EventState } from '../../model/event.ts';
import type { SettledDelivery } from '../../store/deliveries.ts';
import type { EventFilter, FoundEvent } from '../../store/event-queries.ts';
import type { Store } from '../../store/store.ts';

export type { EventFilter };

/** One line of the inbox: the shape of `events list --json`, too. */
export interface ListedEvent {
  /** A number; `delivery:<n>` of a delivery that no record could be taken out of. */
  readonly id: number | string;
  readonly sync: string | null;
  /** The record's; of a delivery, its connection. */
  readonly key: string | null;
  /** Which element of the record, where its sync takes records apart. */
  readonly element?: string;
  readonly state: EventState;
  readonly reason: string | null;
  readonly remedy: string | null;
  /** When it ended, or came where it has not: ISO 8601. */
  readonly at: string;
}

/** Dead letters and what waits: what a person may have to look after. */
export const OPEN_STATES: readonly EventState[] = ['dead', 'waiting', 'pending', 'sending'];

/** Events and dead deliveries, the newest first. */
export async function listEvents(
  { read }: Store,
  filter: EventFilter,
  limit: number,
): Promise<ListedEvent[]> {
  const events = await read.events.find(filter, limit);
  const deliveries = mayBeDelivery(filter) ? await read.deliveries.dead(limit, filter) : [];
  return [...events.map(listEvent), ...deliveries.map(listDelivery)]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, limit);
}

/** A delivery belongs to no sync and no key yet. */
export function mayBeDelivery({ states, sync, key }: EventFilter): boolean {
  return sync === undefined && key === undefined && (states?.includes('dead') ?? true);
}

export function listEvent({
  id,
  sync,
  key,
  element,
  state,
  reason,
  remedy,
  createdAt,
  settledAt,
}: FoundEvent): ListedEvent {
  const which = element === '' ? {} : { element };
  return { id, sync, key, ...which, state, reason, remedy, at: iso(settledAt ?? createdAt) };
}

export function listDelivery({ id, connection, reason, receivedAt }: SettledDelivery): ListedEvent {
  const name = `delivery:${id}`;
  const remedy = `correct the source's \`record\` or \`fetch\`; then \`boothsync events retry ${name}\``;
  return { id: name, sync: null, key: connection, state: 'dead', reason, remedy, at: iso(receivedAt) };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
