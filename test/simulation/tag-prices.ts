import type { Booth } from './booth.ts';
import { allWith } from './members.ts';
import { keyOfPerson } from './people.ts';
import type { Setup } from './plan.ts';
import type { Change } from './target-watch.ts';

/**
 * What calls that change tags may cost. Of those that records share nobody can say whose a call was; but each state of a record adds
 * tags by one call at most, and takes away by one, and so does each edit of the mapping, and each call in doubt.
 */
export interface TagPrices {
  /** The runner has made or changed a contact. */
  readonly see: (change: Change) => string | undefined;
  readonly doubt: () => void;
  /** The runner works with this mapping from now on. */
  readonly mapped: (mapping: number) => void;
  /** The store is lost: nobody knows any more whose the tags are. */
  readonly forget: () => void;
}

export function createTagPrices(booth: Booth, { stamps }: Setup): TagPrices {
  const added = new Map<string, number>();
  const removed = new Map<string, number>();
  let doubts = 0;
  let edits = 0;
  let mappedBy: number | undefined;
  // Without exact times, what comes again or late may count as a state of its own.
  let isPriced = stamps === 'exact';

  function see({ before, after }: Change): string | undefined {
    if (after?.kind !== 'contact' || !isPriced) return undefined;
    const key = keyOfPerson(after.is);
    const had = before?.kind === 'contact' ? before.is.tags : [];
    const has = after.is.tags;
    if (has.some((tag) => !had.includes(tag))) added.set(key, (added.get(key) ?? 0) + 1);
    if (had.some((tag) => !has.includes(tag))) removed.set(key, (removed.get(key) ?? 0) + 1);
    const keys = allWith(booth, key);
    const calls = Math.max(sumOf(added, keys), sumOf(removed, keys));
    const states = booth.history.filter((one) => one.source === 'bookings' && keys.has(one.key)).length;
    const most = states + edits * keys.size + doubts;
    return calls > most
      ? `tags of ${[...keys].join(', ')} cost ${calls} calls, and ${states} states of records account for ${most}`
      : undefined;
  }

  return {
    see,
    doubt: () => void (doubts += 1),
    mapped: (mapping) => {
      if (mappedBy !== undefined && mappedBy !== mapping) edits += 1;
      mappedBy = mapping;
    },
    forget: () => void (isPriced = false),
  };
}

function sumOf(calls: ReadonlyMap<string, number>, keys: ReadonlySet<string>): number {
  return [...keys].reduce((sum, key) => sum + (calls.get(key) ?? 0), 0);
}
