import { isDeepStrictEqual } from 'node:util';
import type { Desired, DesiredTags, Member } from '../../model/desired.ts';
import type { Json } from '../../model/json.ts';
import { tagKey } from '../../reconcile/fold.ts';

/**
 * Whether a record wants something of its target that it did not want before. A field that it lets go stays as it is there,
 * unless a sync among `others`, who share the target, writes it too; what is only sent with a create is sent no more.
 */
export function asksMore(before: Desired, now: Desired, others: readonly Member[]): boolean {
  return (
    before.parent !== now.parent ||
    isOther(before.always, now.always) ||
    isOther(before.onEmpty ?? {}, now.onEmpty ?? {}) ||
    asksTags(before.tags, now.tags) ||
    isTakenOver(before, now, others)
  );
}

type Fields = Readonly<Record<string, Json>>;

function isOther(before: Fields, now: Fields): boolean {
  return Object.entries(now).some(([name, value]) => !isDeepStrictEqual(before[name], value));
}

function asksTags(before: DesiredTags, now: DesiredTags): boolean {
  const wanted = [...now.sticky, ...now.owned];
  return (
    hasMore([...before.sticky, ...before.owned], wanted) ||
    // what a rule with `else: remove` no longer yields is taken away
    hasMore(wanted, before.owned) ||
    hasMore(before.remove, now.remove) ||
    hasMore(before.farewell ?? [], now.farewell ?? [])
  );
}

function hasMore(before: readonly string[], now: readonly string[]): boolean {
  const known = new Set(before.map(tagKey));
  return now.some((tag) => !known.has(tagKey(tag)));
}

function isTakenOver(before: Desired, now: Desired, others: readonly Member[]): boolean {
  const left = Object.keys(before.always).filter((name) => !Object.hasOwn(now.always, name));
  return others.some(({ sync, desired }) => {
    if (sync === now.sync) return false;
    return left.some((name) => Object.hasOwn({ ...desired.always, ...desired.onEmpty }, name));
  });
}
