import { LIST_NAMES } from '../../model/lock.ts';
import type { ListName, LocationLists, LockedLocation } from '../../model/lock.ts';

/** What one list has that it hadn't when it was pulled, or the other way round: a sentence each. */
export interface Drift {
  readonly list: ListName;
  readonly changes: readonly string[];
}

/** What has changed since the lock was pulled, of the lists that both know. */
export function driftOf(locked: LockedLocation, now: LockedLocation): readonly Drift[] {
  return LIST_NAMES.flatMap((list) => {
    const [before, after] = [entriesIn(locked.lists, list), entriesIn(now.lists, list)];
    if (!before || !after) return [];
    const gone = [...before].filter(([id]) => !after.has(id)).map(([, { words }]) => `${words} is gone`);
    const made = [...after].filter(([id]) => !before.has(id)).map(([, { words }]) => `${words} is new`);
    const changed = [...after].flatMap(([id, { words, whole }]) => {
      const old = before.get(id);
      return old && old.whole !== whole ? [changeOf(old.words, words)] : [];
    });
    const changes = [...gone, ...made, ...changed];
    return changes.length > 0 ? [{ list, changes }] : [];
  });
}

interface Known {
  /** Such as `calendar "Weddings"`. */
  readonly words: string;
  readonly whole: string;
}

function changeOf(before: string, after: string): string {
  return before === after ? `${after} has changed` : `${before} is called ${after.replace(/^\w+ /, '')} now`;
}

/** By id, as names change. */
function entriesIn(lists: LocationLists, list: ListName): ReadonlyMap<string, Known> | undefined {
  const word = list.replace(/s$/, '').replace('customField', 'field');
  if (list === 'tags') {
    return lists.tags && new Map(lists.tags.map((tag) => [tag, { words: `tag ${quoted(tag)}`, whole: tag }]));
  }
  const entries = lists[list];
  return (
    entries &&
    new Map(
      entries.map((entry) => [
        entry.id,
        { words: `${word} ${quoted(entry.name)}`, whole: JSON.stringify(entry) },
      ]),
    )
  );
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
