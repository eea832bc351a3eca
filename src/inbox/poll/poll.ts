import { digestOf } from '../../model/digest.ts';
import type { Bindings } from '../../model/expression.ts';
import { PRIORITY, type Priority } from '../../model/event.ts';
import { fillRequest } from '../../model/fill-request.ts';
import type { Poll, PollWindow } from '../../model/poll.ts';
import type { Source } from '../../model/source.ts';
import { readSourceTime, writeSourceTime } from '../../model/source-time.ts';
import { justBefore, nextCursor, sinceOf } from './cursor.ts';
import { lacksKnown } from './cut-short.ts';
import { acceptGone } from './gone.ts';
import { newestOf } from './landmarks.ts';
import { pollFailed } from './pages.ts';
import {
  NOTHING_READ,
  readSpan,
  type PollContext,
  type PollResult,
  type Read,
  type ReadOptions,
} from './read-span.ts';

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
  const landmarks = cursor.landmarks ?? [];
  const read = await readAll(context, poll, { since, priority, full, initial, landmarks });
  // Absent from windows of dates is not gone: the date may have passed.
  if (full && !poll.window) {
    const mayShift = poll.next.type === 'page' || poll.next.type === 'offset';
    const again = async () =>
      (await readAll(context, poll, { since, priority, full, initial: false, landmarks })).keys;
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
  const latest = newestOf([...read.newest, ...landmarks]);
  const next = {
    // What is believed only if it is read again has to be.
    ...nextCursor(cursor, read.greatest, Math.min(read.serverMs ?? started, read.doubtedMs - 1), clock.now()),
    ...(latest.length > 0 ? { landmarks: latest } : {}),
  };
  await store.write((tables) => tables.cursors.put(tenant, source.name, next, clock.now()));
  return { records: read.records, events: read.events, unchanged: read.unchanged, keys: read.keys };
}

/** All windows of dates, or everything since the cursor: where an API has no pages, time leads on. */
async function readAll(context: PollContext, poll: Poll, options: ReadOptions): Promise<Read> {
  let read = NOTHING_READ;
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
    if (!read.cutOff) {
      if (since !== undefined && (await lacksKnown(context, poll, options, read, since)))
        throw cutShort(context, read);
      return read;
    }
    // The newest first, say: `$since` would lead past what this page had no room for.
    if (!read.ascending) throw unordered(context, read);
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

function unordered(context: PollContext, read: Read): Error {
  return pollFailed(
    context,
    `a full page, ${read.records} records in all, whose records are not in the order of their \`updatedAt\`, oldest first: the rest can't be told by \`$since\``,
    'ask for that order, say how the API gives its next page (`next`), or ask for more records at once',
  );
}

function cutShort(context: PollContext, read: Read): Error {
  return pollFailed(
    context,
    `the answer lacks records that were read before and are newer than \`$since\`, and its ${read.records} records are not in the order of their \`updatedAt\`: it seems to be cut short`,
    'ask for that order, oldest first, or say how the API gives its next page (`next`); if they were deleted, `boothsync run --full` finds that out',
  );
}

/** The dates to read, in steps; neighbours share their edge, as digests make an overlap free and a hole is a loss. */
export function windowsOf({ fromMs, toMs, stepMs }: PollWindow, now: number): Bindings[] {
  const windows: Bindings[] = [];
  for (let from = now + fromMs; from < now + toMs; from += stepMs) {
    const to = Math.min(from + stepMs, now + toMs);
    windows.push({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  }
  return windows;
}
