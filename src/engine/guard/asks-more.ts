import { isDeepStrictEqual } from 'node:util';
import type { Desired, DesiredTags, Member } from '../../model/desired.ts';
import type { Json } from '../../model/json.ts';
import { tagKey } from '../../reconcile/fold.ts';

/**
 * Whether a record wants something of its target that it did not want before: what is only sent with a create is sent no more,
 * and a field that it lets go stays as it is there, unless it is taken over.
 */
export function asksMore(before: Desired, now: Desired): boolean {
  return (
    before.parent !== now.parent ||
    isOther(before.always, now.always) ||
    isOther(before.onEmpty ?? {}, now.onEmpty ?? {}) ||
    asksTags(before.tags, now.tags)
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

/** The fields that a record wanted of its target, and wants no more. */
export function letGo(before: Desired, now: Desired): readonly string[] {
  return Object.keys(before.always).filter((name) => !Object.hasOwn(now.always, name));
}

/** Whether a sync among those who share the target, but for one, writes any of these fields too. */
export function areTakenOver(fields: readonly string[], but: string, members: readonly Member[]): boolean {
  return members.some(({ sync, desired }) => {
    if (sync === but) return false;
    return fields.some((name) => Object.hasOwn({ ...desired.always, ...desired.onEmpty }, name));
  });
}
