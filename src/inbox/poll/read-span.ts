import type { Limit } from '../../model/guard.ts';
import type { Bindings } from '../../model/expression.ts';
import type { Priority } from '../../model/event.ts';
import type { Poll } from '../../model/poll.ts';
import type { Store } from '../../store/store.ts';
import type { Accepted, AcceptOptions } from '../accept.ts';
import type { Arrival, Identified } from '../arrival.ts';
import { greatestOf, type Greatest } from './cursor.ts';
import { landmarksIn, newestOf, type Landmark } from './landmarks.ts';
import { pollFailed, readPages, type PageContext } from './pages.ts';

export interface PollContext extends PageContext {
  readonly store: Store;
  readonly tenant: string;
  /** When something is asked for, in ms: each later than the one before. */
  stamp(): number;
  accept(arrivals: readonly Arrival[], options: AcceptOptions): Promise<Accepted>;
  /** The store was lost: what is read was there before. */
  readonly rebuild: boolean;
  /** What a full read may lose before a person is asked: the strictest counts. */
  readonly deleteLimits: readonly Limit[];
  warn(message: string): void;
}

export interface PollResult {
  readonly records: number;
  readonly events: number;
  readonly unchanged: number;
  /** Of all records that it read. */
  readonly keys: ReadonlySet<string>;
}

/** A transaction of more would hold up everything else (10,000 rows: 96 ms). */
const ROWS = 500;

export interface Read extends PollResult {
  readonly greatest: Greatest;
  /** The least `updatedAt` of the last span, in ms. */
  readonly leastMs: number;
  /** The server's clock when the read began, in ms. */
  readonly serverMs?: number;
  /** The least `updatedAt` of a reading in doubt, in ms. */
  readonly doubtedMs: number;
  /** The last page was full, or said that there is more, and nothing leads on from it. */
  readonly cutOff: boolean;
  /** The records of the last span came in the order of their `updatedAt`, oldest first. */
  readonly ascending: boolean;
  /** Its newest records. */
  readonly newest: readonly Landmark[];
}

export interface ReadOptions {
  /** The first read of this source. */
  readonly initial: boolean;
  readonly since: string | number | undefined;
  readonly priority: Priority;
  readonly full: boolean;
  /** What earlier reads brought last. */
  readonly landmarks: readonly Landmark[];
}

export const NOTHING_READ: Read = {
  records: 0,
  events: 0,
  unchanged: 0,
  keys: new Set(),
  greatest: { unreadable: false },
  leastMs: Infinity,
  doubtedMs: Infinity,
  cutOff: false,
  ascending: true,
  newest: [],
};

/** Reads and accepts all pages of one request. */
export async function readSpan(
  context: PollContext,
  poll: Poll,
  bindings: Bindings,
  options: ReadOptions,
  before: Read,
): Promise<Read> {
  const keys = new Set(before.keys);
  let read: Read = { ...before, leastMs: Infinity, ascending: true };
  let lastMs: number | null = -Infinity;
  for await (const page of readPages(context, poll, bindings)) {
    const { length } = page.records;
    while (page.records.length > 0) {
      const { priority, full, initial } = options;
      const arrivals = page.records
        .splice(0, ROWS)
        .map((record) => ({ record, asOf: page.asOf, name: null }));
      const accepted = await context.accept(arrivals, { origin: 'poll', priority, full, initial });
      for (const { key } of accepted.identified) keys.add(key);
      const greatest = greatestOf(
        accepted.identified.map(({ updatedAt }) => updatedAt),
        read.greatest,
      );
      const order = inOrder(accepted.identified, lastMs);
      lastMs = order.lastMs;
      read = {
        ...read,
        ascending: read.ascending && order.ascending,
        newest: newestOf([...landmarksIn(accepted.identified), ...read.newest]),
        events: read.events + accepted.events,
        unchanged: read.unchanged + accepted.unchanged,
        greatest,
        doubtedMs: Math.min(read.doubtedMs, accepted.doubtedMs),
        leastMs: Math.min(read.leastMs, ...accepted.identified.map(({ updatedMs }) => updatedMs ?? Infinity)),
      };
    }
    const serverMs = read.serverMs ?? page.serverMs;
    read = {
      ...read,
      records: read.records + length,
      cutOff: page.full && poll.next.type === 'none',
      ...(serverMs === undefined ? {} : { serverMs }),
    };
    if (context.signal.aborted) throw pollFailed(context, 'interrupted', 'the next poll goes on');
  }
  return { ...read, keys };
}

/** Whether each is as old as the one before it or newer; one without a time can't be told. */
function inOrder(
  arrivals: readonly Pick<Identified, 'updatedMs'>[],
  lastMs: number | null,
): { readonly ascending: boolean; readonly lastMs: number | null } {
  const times = [lastMs, ...arrivals.map(({ updatedMs }) => updatedMs)];
  const ascending = times.every((ms, at) => ms !== null && (at === 0 || ms >= (times[at - 1] ?? Infinity)));
  return { ascending, lastMs: times.at(-1) ?? null };
}
