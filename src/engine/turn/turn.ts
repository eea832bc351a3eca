import { hasIdentity } from '../../catalog/resource.ts';
import { AFTER_OTHERS } from '../../model/event.ts';
import type { Action, Sync } from '../../model/sync.ts';
import { wakeMember } from '../../settle/wake-member.ts';
import { actionTurn } from './action-turn.ts';
import { dueAfter, stillHeldUntil } from './after-holder.ts';
import { converge } from './converge.ts';
import { sourceOf } from './course.ts';
import { discreet } from '../discreet.ts';
import { mayLandUntil } from './landing.ts';
import { leaveDoubts } from './left-doubts.ts';
import { leftHalfway } from './left-halfway.ts';
import { nameOf, without } from './member-name.ts';
import { eventsOf, movesInto, moveTo, recordsOf } from './moves.ts';
import { leavesAgainAt, membersWith, postponedAt, type Postponed } from './postponed.ts';
import { prepare, type Join, type Leave, type Prepared } from './prepare.ts';
import { isReported, report } from '../report.ts';
import { resourceOf } from './resource-of.ts';
import { isAsked } from './results-of-record.ts';
import type { LaneRuntime } from '../runtime.ts';
import { strayedFrom } from './strayed.ts';
import type { Work } from './work.ts';

/**
 * Takes all due events of a target and applies them as one: whatever happened to its records since, it takes
 * the calls of one change.
 */
export async function turn(runtime: LaneRuntime, targetKey: string): Promise<void> {
  const { store, clock } = runtime;
  const events = await store.write((tables) => tables.events.take(targetKey, clock.now()));
  const first = events[0];
  const sync = first && runtime.config.syncs.get(first.sync);
  if (sync && isAction(sync)) return actionTurn(runtime, sync, events);
  const prepared = await Promise.all(events.map((event) => prepare(runtime, event)));
  await putAside(runtime, prepared);
  const reported = prepared.filter((one) => isTaker(one) && isReported(runtime.config, one.sync));
  if (reported.length > 0)
    await report(runtime, await workOf(runtime, targetKey, joinsOf(reported), leavesOf(reported), []));
  const applied = prepared.filter((one) => !reported.includes(one));
  const joins = joinsOf(applied);
  const leaves = leavesOf(applied);
  const takers = [...joins, ...leaves];
  if (takers.length === 0) return;
  if (await waits(runtime, targetKey, takers)) return;
  const resource = resourceOf(runtime.config, takers[0]!.sync)!;
  // No two records have one child.
  const postponed = hasIdentity(resource) ? await postponedAt(runtime, targetKey) : undefined;
  if (postponed?.newcomersDue !== undefined)
    return later(runtime, takers, Math.max(postponed.newcomersDue, clock.now()) + 1, AFTER_OTHERS);
  const strayed = await strayedFrom(runtime, targetKey, resource, joins, leaves);
  if (strayed?.isMoving) {
    const due = await dueAfter(runtime, strayed.holder);
    return later(runtime, takers, due, ABOUT_TO_LEAVE);
  }
  const moves = await movesInto(runtime, targetKey, joins, leaves, strayed?.holder);
  if (!moves)
    return later(
      runtime,
      takers,
      // Not all after the same time: two records that change places would be in each other's way for ever.
      clock.now() + Math.ceil(RETRY_LOCK_MS * (1 + 4 * runtime.random())),
      'the target that this record had before is busy',
    );
  try {
    const landing = await mayLandUntil(runtime, [targetKey, ...moves]);
    if (landing !== undefined) {
      await later(runtime, takers, landing, 'an earlier change of which nobody heard may still land');
      return;
    }
    const halfway = await leftHalfway(runtime, eventsOf(takers), [targetKey, ...moves]);
    if (!(await leaveDoubts(runtime, targetKey, leaves, eventsOf(takers)))) return;
    for (const before of moves) if (!(await moveTo(runtime, before, targetKey, takers))) return;
    const work = await workOf(runtime, targetKey, joins, leaves, [...moves, ...halfway], postponed);
    const leavesAgain = hasIdentity(work.resource) ? await leavesAgainAt(runtime, work) : undefined;
    if (leavesAgain !== undefined) {
      // Not at the same time: it would find its former target busy with this, again and again.
      const due = Math.max(leavesAgain, clock.now()) + RETRY_LOCK_MS;
      await later(runtime, takers, due, ABOUT_TO_LEAVE);
      return;
    }
    await converge(runtime, work);
  } finally {
    moves.forEach(runtime.locks.giveBack);
  }
}

function isTaker(one: Prepared): one is Join | Leave {
  return one.type === 'join' || one.type === 'leave';
}

function joinsOf(prepared: readonly Prepared[]): Join[] {
  return prepared.filter((one) => one.type === 'join');
}

function leavesOf(prepared: readonly Prepared[]): Leave[] {
  return prepared.filter((one) => one.type === 'leave');
}

function isAction(sync: Sync): sync is Sync & { readonly action: Action } {
  return sync.enabled && sync.action !== undefined;
}

const RETRY_LOCK_MS = 100;
const ABOUT_TO_LEAVE = 'another record is about to take the target of this key elsewhere';

/** Ends what needs no target, and sends on what has another one by now. */
async function putAside(runtime: LaneRuntime, prepared: readonly Prepared[]): Promise<void> {
  for (const one of prepared) {
    if (one.type === 'elsewhere') {
      await runtime.store.write(async (tables) => {
        await tables.events.retarget(one.event.id, one.targetKey);
        await tables.events.postpone(
          [one.event.id],
          runtime.clock.now(),
          'the mapping leads to another target',
          0,
        );
      });
    }
    if (one.type === 'ended') {
      const halfway = await leftHalfway(runtime, [one.event], []);
      const now = runtime.clock.now();
      await runtime.store.write(async (tables) => {
        for (const left of halfway) await wakeMember(tables, left, runtime.account, sourceOf(runtime), now);
        await tables.events.settle([one.event.id], one.verdict, now);
        if (one.comesNoMore || isAsked(runtime.config, one.event.sync))
          await tables.events.wakeWaiting(one.event.targetKey, now);
      });
      runtime.ended(one.verdict.state, 1);
      const { state, reason } = one.verdict;
      runtime.log.info(
        { event: one.event.id, sync: one.event.sync, state },
        // All other words are ours.
        state === 'dead' ? discreet(runtime, reason, [one.event.key, one.record]) : reason,
      );
    }
  }
}

/** It is not their time yet. */
async function waits(
  runtime: LaneRuntime,
  targetKey: string,
  takers: readonly (Join | Leave)[],
): Promise<boolean> {
  return (
    (await waitsForHolder(runtime, targetKey, takers)) || (await waitsForQuiet(runtime, targetKey, takers))
  );
}

/** Who was refused for another target's sake waits as long as nothing has come of that. */
async function waitsForHolder(
  runtime: LaneRuntime,
  targetKey: string,
  takers: readonly (Join | Leave)[],
): Promise<boolean> {
  const until = await stillHeldUntil(runtime, targetKey, eventsOf(takers));
  if (until !== undefined) await later(runtime, takers, until, takers[0]!.event.reason!);
  return until !== undefined;
}

/** `quiet`: a burst of edits is two writes, the first at once and then the newest. */
async function waitsForQuiet(
  runtime: LaneRuntime,
  targetKey: string,
  takers: readonly (Join | Leave)[],
): Promise<boolean> {
  const quietMs = Math.max(...takers.map(({ sync }) => sync.quietMs));
  const link = await runtime.store.read.links.get(targetKey);
  const now = runtime.clock.now();
  const due = (link?.writtenAt ?? 0) + quietMs;
  // A retry has waited already, and half an update must not stand.
  const retried = takers.some(({ event }) => event.reason !== null);
  // What was written in the future was written before the clock was set back.
  if (!link || link.writtenAt === 0 || link.writtenAt > now || retried || now >= due) return false;
  await later(runtime, takers, due, 'quiet: the target was written a moment ago');
  return true;
}

async function later(
  runtime: LaneRuntime,
  takers: readonly (Join | Leave)[],
  due: number,
  reason: string,
): Promise<void> {
  const ids = takers.map(({ event }) => event.id);
  await runtime.store.write((tables) => tables.events.postpone(ids, due, reason, 0));
}

async function workOf(
  runtime: LaneRuntime,
  targetKey: string,
  joins: readonly Join[],
  leaves: readonly Leave[],
  left: readonly string[],
  postponed?: Postponed,
): Promise<Work> {
  const join = joins.map(({ member }) => member);
  const leave = leaves.map(({ event }) => nameOf(event));
  const before = membersWith(await runtime.store.read.members.of(targetKey), postponed);
  const stayers = without(before, [...join, ...leave]);
  const takers = [...joins, ...leaves];
  const sync = takers.at(-1)!.sync;
  return {
    targetKey,
    resource: resourceOf(runtime.config, sync)!,
    ...(postponed ? { postponedUntil: postponed.due } : {}),
    events: eventsOf(takers),
    records: recordsOf(takers),
    join,
    leave,
    left,
    members: [...stayers, ...join],
    farewell: leaves.at(-1)?.farewell ?? { type: 'ignore' },
    goesOn: false,
    movesOn: false,
    match: sync.match,
    parentTimeoutMs: sync.parent?.timeoutMs ?? 0,
    onMissing: sync.onMissing,
    warnings: joins.flatMap(({ warnings }) => warnings),
  };
}
