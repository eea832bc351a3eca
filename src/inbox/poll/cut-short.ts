import type { Poll } from '../../model/poll.ts';
import { readSourceTime } from '../../model/source-time.ts';
import { justBefore } from './cursor.ts';
import type { Landmark } from './landmarks.ts';
import { NOTHING_READ, readSpan, type PollContext, type Read, type ReadOptions } from './read-span.ts';

/**
 * An API may give fewer records at once than it was asked for and not say so. Where it gives the oldest first, the next read
 * goes on there. Where it does not, what there was no room for would be lost: then records that are known, and newer than
 * `$since`, are not in the answer. They may have been deleted, too; so one more read asks for what is older than they are: an
 * answer that has nothing of that either is cut short.
 */
export async function lacksKnown(
  context: PollContext,
  poll: Poll,
  options: ReadOptions,
  read: Read,
  since: string | number,
): Promise<boolean> {
  const asked = readSourceTime(since);
  if (!asked || read.ascending || poll.next.type !== 'none') return false;
  const known = await unchangedAmong(context, options.landmarks);
  const unseen = known.filter(({ key }) => !read.keys.has(key));
  if (!unseen.some(({ ms }) => ms > asked.ms)) return false;
  const older = unseen.filter(({ ms }) => ms <= asked.ms);
  if (older.length === 0) return true;
  const oldestMs = Math.min(...older.map(({ ms }) => ms));
  const earlier = { since: justBefore({ ms: oldestMs, form: asked.form }) };
  const { keys } = await readSpan(context, poll, earlier, { ...options, initial: false }, NOTHING_READ);
  return older.every(({ key }) => !keys.has(key));
}

/** Of these, those that are as they were when they were read. */
async function unchangedAmong(
  { store, tenant, source }: PollContext,
  landmarks: readonly Landmark[],
): Promise<Landmark[]> {
  const keys = landmarks.map(({ key }) => key);
  const stored = await store.read.records.getMany(tenant, source, keys);
  return landmarks.filter(({ key, ms }) => {
    const record = stored.get(key);
    return record !== undefined && !record.gone && record.updatedMs === ms;
  });
}
