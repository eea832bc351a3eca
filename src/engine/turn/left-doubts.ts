import type { SyncEvent } from '../../model/event.ts';
import { converge } from './converge.ts';
import { recordsOf } from './moves.ts';
import type { Leave } from './prepare.ts';
import { resourceOf } from './resource-of.ts';
import type { LaneRuntime } from '../runtime.ts';

/**
 * Records leave a target that they are members of: first they leave what creates in doubt may have made for them elsewhere. False
 * where that has not come to its end: all events of the turn are tried again, or dead.
 */
export async function leaveDoubts(
  runtime: LaneRuntime,
  targetKey: string,
  leaves: readonly Leave[],
  events: readonly SyncEvent[],
): Promise<boolean> {
  for (const doubt of await doubtsLeftBy(runtime, targetKey, leaves))
    if (!(await leaveDoubt(runtime, doubt, events))) return false;
  return true;
}

/** A target that a create in doubt may have made for a record which leaves, and is a member of another. */
interface LeftDoubt {
  readonly targetKey: string;
  readonly leave: Leave;
}

/**
 * A record was on its way to another identity, and leaves before anybody knows whether its target there was made: that is to be
 * left like the one that it is a member of. Where others are there, or come, the doubt is theirs.
 */
async function doubtsLeftBy(
  { store }: LaneRuntime,
  targetKey: string,
  leaves: readonly Leave[],
): Promise<readonly LeftDoubt[]> {
  const { read } = store;
  const left: LeftDoubt[] = [];
  for (const leave of leaves) {
    const { tenant, sync, key, element } = leave.event;
    for (const doubtful of await read.events.doubtfulTargets(tenant, sync, [key])) {
      const { targetKey: other } = doubtful;
      if (doubtful.element !== element || other === targetKey) continue;
      const others = [...(await read.members.of(other)), ...(await read.events.comingTo(other))];
      if (others.length === 0) left.push({ targetKey: other, leave });
    }
  }
  return left;
}

/** The events are over with the target that the record is a member of. */
async function leaveDoubt(
  runtime: LaneRuntime,
  { targetKey, leave }: LeftDoubt,
  events: readonly SyncEvent[],
): Promise<boolean> {
  const { sync, farewell } = leave;
  // Nobody is about to come there, so that nobody has it for long.
  await runtime.away(() => runtime.locks.wait(targetKey));
  const work = {
    targetKey,
    resource: resourceOf(runtime.config, sync)!,
    events,
    records: recordsOf([leave]),
    join: [],
    leave: [],
    left: [],
    members: [],
    farewell,
    goesOn: true,
    movesOn: false,
    match: sync.match,
    parentTimeoutMs: 0,
    onMissing: 'create',
    warnings: [],
  } as const;
  return converge(runtime, work).finally(() => runtime.locks.giveBack(targetKey));
}
