import type { EventState } from '../../model/event.ts';
import type { EventFilter } from '../../store/event-queries.ts';
import type { Store } from '../../store/store.ts';
import { parseName, unknownName } from './event-name.ts';
import { mayBeDelivery } from './inspect-list.ts';

/** Events by name, or all that a filter leaves. */
export interface Selection {
  readonly names: readonly string[];
  readonly filter: EventFilter;
}

export interface Selected {
  /** The newest first. */
  readonly events: readonly number[];
  readonly deliveries: readonly number[];
}

/** Something to tell of one event; `refused`: nothing was done to it. */
export interface Note {
  readonly id: number | string;
  readonly refused: boolean;
  readonly text: string;
}

/** Throws a `usage` problem where a name is nobody's: then nothing at all is done. */
export async function selectEvents(
  store: Store,
  { names, filter }: Selection,
  states: readonly EventState[],
): Promise<Selected> {
  const { read } = store;
  if (names.length === 0) {
    const wanted = { ...filter, states: filter.states ?? states };
    const deliveries = mayBeDelivery(wanted) ? await read.deliveries.dead(ALL, filter) : [];
    return { events: await read.events.ids(wanted), deliveries: deliveries.map(({ id }) => id) };
  }
  const events = new Set<number>();
  const deliveries = new Set<number>();
  for (const name of names) {
    const parsed = parseName(name);
    if (!parsed || !(await isThere(store, parsed))) throw unknownName(name);
    (parsed.type === 'event' ? events : deliveries).add(parsed.id);
  }
  return { events: [...events].sort((a, b) => b - a), deliveries: [...deliveries] };
}

/** More than any store holds. */
const ALL = 1_000_000_000;

async function isThere(
  { read }: Store,
  { type, id }: NonNullable<ReturnType<typeof parseName>>,
): Promise<boolean> {
  if (type === 'delivery') return (await read.deliveries.get(id)) !== undefined;
  return (await read.events.ids({ ids: [id] })).length > 0;
}

/** Events looked at and written together: more would hold up the runner beside us. */
const PAGE = 100;

export function pagesOf(ids: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, page) =>
    ids.slice(page * PAGE, (page + 1) * PAGE),
  );
}
