import type { Outcome } from '../model/outcome.ts';
import type { FollowUp } from '../settle/follow-up.ts';
import type { LaneRuntime } from './runtime.ts';

/** How long it rests after its holder was due, in ms … */
const REST_MS = 1_000;
/** … and at most: a holder that waits may be woken at any time. */
const LONGEST_MS = 300_000;

/**
 * A target that another key holds may be free soon: its holder has a new identity, and the target is yet to hear of it. As long
 * as something is under way to the holder, the conflict is not its last word (ENGINE case 12). A holder has a target, so it
 * creates none and waits for nobody: two can't wait for each other.
 */
export async function afterHolder(runtime: LaneRuntime, outcome: Outcome): Promise<FollowUp | undefined> {
  if (outcome.type !== 'dead' || outcome.holder === undefined) return undefined;
  if ((await runtime.store.read.events.comingTo(outcome.holder)).length === 0) return undefined;
  const due = await dueAfter(runtime, outcome.holder);
  return { type: 'again', due, reason: `not yet: ${outcome.reason}`, failures: 0 };
}

/** When what is under way to a target may have come through, in ms. */
export async function dueAfter(
  { store, clock, account, random }: LaneRuntime,
  targetKey: string,
): Promise<number> {
  const now = clock.now();
  const due = (await store.read.events.nextDue(account, [targetKey])) ?? now;
  return Math.ceil(Math.min(Math.max(now, due) + REST_MS * (1 + random()), now + LONGEST_MS));
}
