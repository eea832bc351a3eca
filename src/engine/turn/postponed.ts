import type { Member, MemberName } from '../../model/desired.ts';
import { newestOf } from '../../reconcile/fold.ts';
import { isSame, nameOf, without } from './member-name.ts';
import { prepare } from './prepare.ts';
import type { LaneRuntime } from '../runtime.ts';
import type { Work } from './work.ts';

/** What other records of a shared target have set out to do there, and wait to be tried again with. */
export interface Postponed {
  readonly join: readonly Member[];
  readonly leave: readonly MemberName[];
  /** When the last of them is, in ms. */
  readonly due: number;
  /** When the last of those is who are no members yet, in ms; nothing where all are. */
  readonly newcomersDue?: number;
}

/**
 * Records of a target that were tried and are to be tried again: a part of what they want may stand there already, or nobody
 * knows whether it does. Whoever is taken up in between reckons with them as they are now: with what they wanted before, the
 * target would go back to that. For newcomers it waits: should they go elsewhere after all, nobody would take up the target for
 * that. Nothing where there are none.
 */
export async function postponedAt(runtime: LaneRuntime, targetKey: string): Promise<Postponed | undefined> {
  const { read } = runtime.store;
  const events = await read.events.postponedOf(targetKey);
  const prepared = await Promise.all(events.map((event) => prepare(runtime, event)));
  const join: Member[] = [];
  const leave: MemberName[] = [];
  const newcomers: number[] = [];
  for (const one of prepared) {
    if (one.type !== 'join' && one.type !== 'leave') continue;
    const now = await read.members.get(one.event);
    // Who comes from another target may have written here before it left that one.
    if (now?.targetKey !== targetKey) newcomers.push(one.event.due);
    else if (one.type === 'join') join.push(one.member);
    else leave.push(nameOf(one.event));
  }
  if (join.length + leave.length + newcomers.length === 0) return undefined;
  const due = Math.max(...events.map((event) => event.due));
  return { join, leave, due, ...(newcomers.length > 0 ? { newcomersDue: Math.max(...newcomers) } : {}) };
}

/**
 * When the record whose state a target would be brought to is tried again with its way to another target, in ms: what it wanted
 * here is not to come back meanwhile. Nothing where it stays.
 */
export async function leavesAgainAt(
  { store }: LaneRuntime,
  { members, join, targetKey }: Work,
): Promise<number | undefined> {
  const newest = newestOf(members);
  if (!newest || join.some((member) => isSame(member, newest))) return undefined;
  return store.read.events.leavesAgain(newest, targetKey);
}

/** The members of a target as they will be with those who wait. */
export function membersWith(members: readonly Member[], postponed: Postponed | undefined): Member[] {
  if (!postponed) return [...members];
  const { join, leave } = postponed;
  return [...without(members, [...join, ...leave]), ...join];
}
