import type { Booth } from './booth.ts';
import { allWith, statesOf } from './members.ts';
import { keyOfPerson } from './people.ts';
import type { Setup } from './plan.ts';
import type { Change } from './target-watch.ts';

/**
 * What calls that change tags may cost. Of those that records share nobody can say whose a call was; but each state of a record adds
 * tags by one call at most, and takes away by one, and so does each edit of the mapping. One that leads to another person's contact does
 * so at both.
 */
export interface TagPrices {
  /** The runner has made or changed a contact. */
  readonly see: (change: Change) => string | undefined;
  /** Somebody has deleted the contact of this key: it is made anew, with its tags. */
  readonly lost: (key: string) => void;
  /** The runner works with this mapping from now on. */
  readonly mapped: (mapping: number) => void;
}

export function createTagPrices(booth: Booth, setup: Setup): TagPrices {
  const added = new Map<string, number>();
  const removed = new Map<string, number>();
  const lost = new Map<string, number>();
  let edits = 0;
  let mappedBy: number | undefined;

  function see({ before, after }: Change): string | undefined {
    if (after?.kind !== 'contact') return undefined;
    const key = keyOfPerson(after.is);
    const had = before?.kind === 'contact' ? before.is.tags : [];
    const has = after.is.tags;
    if (has.some((tag) => !had.includes(tag))) count(added, key);
    if (had.some((tag) => !has.includes(tag))) count(removed, key);
    const keys = allWith(booth, key);
    const calls = Math.max(sumOf(added, keys), sumOf(removed, keys));
    const states = statesAt(booth, keys) * timesThatAStateComes(setup);
    const most = states + edits * keys.size + sumOf(lost, keys);
    return calls > most
      ? `tags of ${[...keys].join(', ')} cost ${calls} calls, and ${states} states of records account for ${most}`
      : undefined;
  }

  return {
    see,
    lost: (key) => count(lost, key),
    mapped: (mapping) => {
      if (mappedBy !== undefined && mappedBy !== mapping) edits += 1;
      mappedBy = mapping;
    },
  };
}

/** Without times, what a read has shown already and a late webhook tells once more is a state of its own, and what comes after it another. */
export function timesThatAStateComes({ stamps, feed }: Setup): number {
  return stamps === 'none' && feed === 'both' ? 2 : 1;
}

/** States of bookings at contacts of these keys: one that comes from another contact is one at both. */
function statesAt(booth: Booth, keys: ReadonlySet<string>): number {
  return booth
    .newest('bookings')
    .flatMap(({ id }) => statesOf(booth, id))
    .filter((one) => keys.has(one.key))
    .reduce((sum, one) => sum + (cameFromElsewhere(booth, one) ? 2 : 1), 0);
}

function cameFromElsewhere(
  { history }: Booth,
  { source, id, key, order }: Booth['history'][number],
): boolean {
  const before = history.slice(0, order).findLast((one) => one.source === source && one.id === id);
  return before !== undefined && before.key !== key;
}

function count(calls: Map<string, number>, key: string): void {
  calls.set(key, (calls.get(key) ?? 0) + 1);
}

function sumOf(calls: ReadonlyMap<string, number>, keys: ReadonlySet<string>): number {
  return [...keys].reduce((sum, key) => sum + (calls.get(key) ?? 0), 0);
}
