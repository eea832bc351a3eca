import type { MemberName } from '../../model/desired.ts';
import type { SyncEvent } from '../../model/event.ts';
import type { SourceRecord } from '../../model/record.ts';
import { moveWithChildren } from '../../settle/left-children.ts';
import { moveDoubt } from '../../settle/move-doubt.ts';
import { converge } from './converge.ts';
import { sourceOf } from './course.ts';
import { isSame, nameOf, without } from './member-name.ts';
import type { Join, Leave, Prepared } from './prepare.ts';
import { resourceOf } from './resource-of.ts';
import type { LaneRuntime } from '../runtime.ts';

/** The targets that records leave for this one, after the one that strayed from it, each locked; nothing where one is busy. */
export async function movesInto(
  runtime: LaneRuntime,
  targetKey: string,
  joins: readonly Join[],
  leaves: readonly Leave[],
  strayed: string | undefined,
): Promise<string[] | undefined> {
  const { read } = runtime.store;
  for (const { event } of leaves) if (await isMoving(runtime, targetKey, event)) return undefined;
  if (strayed !== undefined && !runtime.locks.take(strayed)) return undefined;
  const locked = strayed === undefined ? [] : [strayed];
  for (const { member } of joins) {
    const { tenant, sync, key, element } = member;
    // Asked for first: should that turn end in between, it has made the record a member.
    const isOwn = (other: { readonly element: string }) => other.element === element;
    const sending = (await read.events.sendingTargets(tenant, sync, [key])).filter(isOwn);
    const joined = (await read.members.get(member))?.targetKey;
    // A create in doubt may have made a target before the record was a member of it.
    const doubtful = (await read.events.doubtfulTargets(tenant, sync, [key])).filter(isOwn);
    const before = [
      ...new Set([...(joined === undefined ? [] : [joined]), ...doubtful.map((other) => other.targetKey)]),
    ].filter((other) => other !== targetKey && !locked.includes(other));
    const joining = sending.some((other) => isBusy(runtime, other.targetKey, [targetKey, ...locked]));
    if (joining || !before.every((other) => runtime.locks.take(other) && locked.push(other))) {
      locked.forEach(runtime.locks.giveBack);
      return undefined;
    }
  }
  return locked;
}

/** An older state of a record that leaves is about to move it elsewhere, or has just done so: it leaves there. */
async function isMoving(runtime: LaneRuntime, targetKey: string, name: MemberName): Promise<boolean> {
  const { read } = runtime.store;
  const { tenant, sync, key, element } = name;
  const sending = (await read.events.sendingTargets(tenant, sync, [key])).filter(
    (other) => other.element === element,
  );
  const joined = (await read.members.get(name))?.targetKey ?? targetKey;
  return joined !== targetKey || sending.some((other) => isBusy(runtime, other.targetKey, [targetKey]));
}

/** An older state of the record is on its way to that target. */
function isBusy(runtime: LaneRuntime, targetKey: string, ours: readonly string[]): boolean {
  return !ours.includes(targetKey) && runtime.locks.has(targetKey);
}

/**
 * A record's identity changed (ENGINE case 12). Where it was alone with its target and the new identity has none, the link
 * goes with it; where it has one, the old target is told farewell first, as its last member leaves. False where that has
 * not come to its end: all events of the turn are tried again, or dead.
 */
export async function moveTo(
  runtime: LaneRuntime,
  before: string,
  targetKey: string,
  takers: readonly (Join | Leave)[],
): Promise<boolean> {
  const { read } = runtime.store;
  const joins = takers.filter((one) => one.type === 'join');
  // Who is on its way there counts: its children may be there already.
  const others = [...(await read.members.of(before)), ...(await read.events.comingTo(before))];
  const stayers = without(
    others,
    joins.map(({ member }) => member),
  );
  if (stayers.length > 0) return true;
  const there = await read.links.get(targetKey);
  const taken = there?.gone === false || (await read.intents.get(targetKey)) !== undefined;
  if (taken) return leave(runtime, before, joins, eventsOf(takers));
  const now = runtime.clock.now();
  await runtime.store.write(async (tables) => {
    await moveWithChildren(tables, before, targetKey, sourceOf(runtime), now);
    await moveDoubt(tables, runtime.account, before, targetKey, now);
    await tables.events.wakeWaiting(targetKey, now);
  });
  return true;
}

/** Before they join the other: should this break off, they have left, and join all the same. */
async function leave(
  runtime: LaneRuntime,
  before: string,
  joins: readonly Join[],
  events: readonly SyncEvent[],
): Promise<boolean> {
  const members = await runtime.store.read.members.of(before);
  const leaving = joins.filter(({ member }) => members.some((other) => isSame(member, other)));
  const last = leaving.at(-1) ?? joins.at(-1)!;
  return converge(runtime, {
    targetKey: before,
    resource: resourceOf(runtime.config, last.sync)!,
    events,
    records: recordsOf(joins),
    join: [],
    leave: leaving.map(({ event }) => nameOf(event)),
    left: [],
    members: [],
    farewell: last.farewell,
    goesOn: true,
    movesOn: true,
    match: last.sync.match,
    parentTimeoutMs: 0,
    // One that is gone need not come again to be left.
    onMissing: 'create',
    warnings: [],
  });
}

export function recordsOf(takers: readonly Prepared[]): SourceRecord[] {
  return takers.flatMap(({ record }) => (record ? [record] : []));
}

/** In order of acceptance. */
export function eventsOf(takers: readonly (Join | Leave)[]): SyncEvent[] {
  return takers.map(({ event }) => event).sort((a, b) => a.id - b.id);
}
