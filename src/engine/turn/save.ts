import type { FollowUp } from '../../settle/follow-up.ts';
import { settle, type Settlement } from '../../settle/settle.ts';
import { discreet, recordsIn, type Told } from '../discreet.ts';
import { isAsked } from './results-of-record.ts';
import type { LaneRuntime } from '../runtime.ts';
import type { Work } from './work.ts';

export type Change = Omit<Settlement, 'events' | 'targetKey'>;

/**
 * Settles what has changed for a target, and tells the log of the events that ended with it. Yields who holds the target
 * where that is another: then nothing has changed.
 */
export async function save(
  { runtime, work }: { readonly runtime: LaneRuntime; readonly work: Told & Pick<Work, 'targetKey'> },
  change: Change,
): Promise<string | undefined> {
  const now = runtime.clock.now();
  const { events, targetKey } = work;
  // Calls that ask for what their sync got wait for its end, whatever it is.
  const ends =
    change.followUp?.type === 'settled' && events.some(({ sync }) => isAsked(runtime.config, sync));
  const wakes = change.wakes || ends ? { wakes: true } : {};
  const holder = await settle(runtime.store, { events, targetKey, ...change, ...wakes }, now);
  if (holder !== undefined || !change.followUp) return holder;
  const { followUp: next } = change;
  if (next.type === 'settled') runtime.ended(next.verdict.state, work.events.length);
  const { state, reason: whole } = wordsOf(next);
  // All other words are ours.
  const quotes = state === 'dead' || next.type === 'again' || whole.includes('warning: ');
  const reason = quotes ? discreet(runtime, whole, recordsIn(work)) : whole;
  for (const { id, sync, tries } of work.events) {
    const detail = {
      event: id,
      sync,
      state,
      tries,
      ...(next.type === 'again' ? { dueMs: next.due - now } : {}),
    };
    if (state === 'dead') runtime.log.warn(detail, reason);
    else runtime.log.info(detail, reason);
  }
  return undefined;
}

function wordsOf(next: FollowUp): { state: string; reason: string } {
  switch (next.type) {
    case 'settled':
      return next.verdict;
    case 'again':
      return { state: 'pending', reason: next.reason };
    case 'wait':
      return { state: 'waiting', reason: 'its parent is not there yet' };
  }
}
