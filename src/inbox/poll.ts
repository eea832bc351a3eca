import { digestOf } from '../model/digest.ts';
import type { Bindings } from '../model/expression.ts';
import { PRIORITY, type Priority } from '../model/event.ts';
import type { Limit } from '../model/guard.ts';
import type { Poll, PollWindow } from '../model/poll.ts';
import type { Source } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import type { Accepted, AcceptOptions } from './accept.ts';
import type { Arrival } from './arrival.ts';
import { greatestOf, justBefore, nextCursor, sinceOf, type Greatest } from './cursor.ts';
import { readSourceTime, writeSourceTime } from '../model/source-time.ts';
import { fillRequest } from '../model/fill-request.ts';
import { acceptGone } from './gone.ts';
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
}

/** A transaction of more would hold up everything else (10,000 rows: 96 ms). */
const ROWS = 500;

/**
 * Reads a source until caught up. The cursor moves only once all of it is stored: what breaks off is read again, and
 * the digests make that free.
 */
export async function pollSource(
  context: PollContext,
  source: Source,
  poll: Poll,
  full: boolean,
): Promise<PollResult> {
  const { store, tenant, clock } = context;
  const cursor = await store.read.cursors.get(tenant, source.name);
  const sequence = await store.read.records.currentSequence();
  const started = clock.now();
  const startedAt = context.stamp();
  const priority: Priority = full || cursor.completeAt === undefined ? PRIORITY.bulk : PRIORITY.changed;
  const since = full ? undefined : sinceOf(cursor, poll.overlapMs);
  const initial = context.rebuild || cursor.completeAt === undefined;
  const read = await readAll(context, poll, { since, priority, full, initial });
  // Absent from windows of dates is not gone: the date may have passed.
  if (full && !poll.window) {
    const mayShift = poll.next.type === 'page' || poll.next.type === 'offset';
    const again = async () => (await readAll(context, poll, { since, priority, full, initial: false })).keys;
    await acceptGone(context, {
      seen: read.keys,
      sequence,
      startedAt,
      ...(mayShift ? { again } : {}),
    });
  }
  if (read.greatest.unreadable)
    context.warn(
      `sources.${source.name}.updatedAt can't be read as a time: its greatest value is the cursor as it stands, without overlap`,
    );
  const next = nextCursor(cursor, read.greatest, read.serverMs ?? started, clock.now());
  await store.write((tables) => tables.cursors.put(tenant, source.name, next, clock.now()));
  return { records: read.records, events: read.events, unchanged: read.unchanged };
}

interface Read extends PollResult {
  readonly keys: ReadonlySet<string>;
  readonly greatest: Greatest;
  /** The least `updatedAt` of the last span, in ms. */
  readonly leastMs: number;
  /** The server's clock when the read began, in ms. */
  readonly serverMs?: number;
  /** The last page was full, and nothing leads on from it. */
  readonly cutOff: boolean;
}

interface ReadOptions {
  /** The first read of this source. */
  readonly initial: boolean;
  readonly since: string | number | undefined;
  readonly priority: Priority;
  readonly full: boolean;
}

/** All windows of dates, or everything since the cursor: where an API has no pages, time leads on. */
async function readAll(context: PollContext, poll: Poll, options: ReadOptions): Promise<Read> {
  let read: Read = {
    records: 0,
    events: 0,
    unchanged: 0,
    keys: new Set(),
    greatest: { unreadable: false },
    leastMs: Infinity,
    cutOff: false,
  };
  if (poll.window) {
    for (const bindings of windowsOf(poll.window, context.clock.now())) {
      read = await readSpan(context, poll, bindings, options, read);
      if (read.cutOff) throw stuck(context, read);
    }
    return read;
  }
  let { since } = options;
  for (;;) {
    read = await readSpan(context, poll, since === undefined ? {} : { since }, options, read);
    if (!read.cutOff) return read;
    const { time } = read.greatest;
    if (!time || !(await asksSince(poll))) throw stuck(context, read);
    const asked = readSourceTime(since)?.ms ?? -Infinity;
    // An API that answers what is as old as was asked for reads `≥`: there the instant itself leads on.
    const next = read.leastMs <= asked ? writeSourceTime(time.ms, time.form) : justBefore(time);
    // A full page of records of one instant: `>` would skip the rest of it, `≥` would read the same for ever (ENGINE case 14).
    if ((readSourceTime(next)?.ms ?? asked) <= asked) throw stuck(context, read);
    since = next;
  }
}

async function readSpan(
  context: PollContext,
  poll: Poll,
  bindings: Bindings,
  options: ReadOptions,
  before: Read,
): Promise<Read> {
  const keys = new Set(before.keys);
  let read = { ...before, leastMs: Infinity };
  for await (const page of readPages(context, poll, bindings)) {
    const arrivals = page.records.map((record) => ({ record, asOf: page.asOf, name: null }));
    for (let at = 0; at < arrivals.length; at += ROWS) {
      const { priority, full, initial } = options;
      const accepted = await context.accept(arrivals.slice(at, at + ROWS), {
        origin: 'poll',
        priority,
        full,
        initial,
      });
      for (const { key } of accepted.identified) keys.add(key);
      const greatest = greatestOf(
        accepted.identified.map(({ updatedAt }) => updatedAt),
        read.greatest,
      );
      read = {
        ...read,
        events: read.events + accepted.events,
        unchanged: read.unchanged + accepted.unchanged,
        greatest,
        leastMs: Math.min(read.leastMs, ...accepted.identified.map(({ updatedMs }) => updatedMs ?? Infinity)),
      };
    }
    const serverMs = read.serverMs ?? page.serverMs;
    read = {
      ...read,
      records: read.records + arrivals.length,
      cutOff: page.full && poll.next.type === 'none',
      ...(serverMs === undefined ? {} : { serverMs }),
    };
    if (context.signal.aborted) throw pollFailed(context, 'interrupted', 'the next poll goes on');
  }
  return { ...read, keys };
}

/** Whether another `$since` makes another request. */
async function asksSince(poll: Poll): Promise<boolean> {
  const [one, other] = await Promise.all(
    ['2001-01-01', '2002-02-02'].map((since) => fillRequest(poll.request, {}, { since })),
  );
  return digestOf(one) !== digestOf(other);
}

function stuck(context: PollContext, read: Read): Error {
  return pollFailed(
    context,
    `a full page, ${read.records} records in all, leads nowhere: there may be more`,
    'say how the API gives its next page (`next`), or ask for more records at once',
  );
}

/** The dates to read, in steps; neighbours share their edge, as digests make an overlap free and a hole is a loss. */
function windowsOf({ fromMs, toMs, stepMs }: PollWindow, now: number): Bindings[] {
  const windows: Bindings[] = [];
  for (let from = now + fromMs; from < now + toMs; from += stepMs) {
    const to = Math.min(from + stepMs, now + toMs);
    windows.push({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  }
  return windows;
}
