import type { SyncEvent } from '../../model/event.ts';
import type { Outcome } from '../../model/outcome.ts';
import { keyOf } from '../../model/target-key.ts';
import { newestOf } from '../../reconcile/fold.ts';
import type { FollowUp } from '../../settle/follow-up.ts';
import { leftBy } from '../../settle/left-children.ts';
import type { LaneRuntime } from '../runtime.ts';
import { mayBear } from './strayed.ts';
import type { Work } from './work.ts';

/** How long it rests after its holder was due, in ms … */
const REST_MS = 1_000;
/** … and at most: a holder that waits may be woken at any time. */
const LONGEST_MS = 300_000;

/** How the reason begins of who waits for a holder. */
const NOT_YET = 'not yet: ';

/** The name under which it is kept who was in the way of this key, and when that was written to last. */
function inWayOf(targetKey: string): string {
  return `in-way/${targetKey}`;
}

/**
 * A target that another key holds may be free soon: its holder has a new identity, and the target is yet to hear of it. As long
 * as something is under way to the holder, the conflict is not its last word (ENGINE case 12). A holder has a target, so it
 * creates none and waits for nobody: two can't wait for each other.
 */
export async function afterHolder(
  runtime: LaneRuntime,
  work: Work,
  outcome: Outcome,
): Promise<FollowUp | undefined> {
  if (outcome.type !== 'dead' || outcome.holder === undefined) return undefined;
  const { store, account, clock } = runtime;
  const { targetKey } = work;
  const { holder } = outcome;
  if ((await store.read.events.comingTo(holder)).length === 0)
    return outcome.bears ? takeOver(runtime, work, holder) : undefined;
  const writtenAt = (await store.read.links.get(holder))?.writtenAt ?? 0;
  await store.write((tables) =>
    tables.lookups.put(account, inWayOf(targetKey), { holder, writtenAt }, clock.now()),
  );
  const due = await dueAfter(runtime, holder);
  return { type: 'again', due, reason: `${NOT_YET}${outcome.reason}`, failures: 0 };
}

/**
 * What bears the identity of this key is nobody's, as the record that found it while it was on its way elsewhere left before
 * it came there: with the next turn it comes here, like what strayed from here.
 */
async function takeOver(
  { store, account, clock }: LaneRuntime,
  { targetKey, resource, join }: Work,
  holder: string,
): Promise<FollowUp | undefined> {
  const { read } = store;
  const link = await read.links.get(holder);
  const wanted = newestOf(join)?.desired.always;
  if (!link || !wanted || !mayBear(resource, link, keyOf(targetKey), wanted)) return undefined;
  const isKnown = (await read.lookups.get(account, leftBy(targetKey)))?.value === link.targetId;
  if (isKnown || (await read.members.of(holder)).length > 0) return undefined;
  const now = clock.now();
  await store.write((tables) => tables.lookups.put(account, leftBy(targetKey), link.targetId, now));
  const reason = "what bears its identity is nobody's, and comes to this key";
  return { type: 'again', due: now, reason, failures: 0 };
}

/**
 * When who waits for a holder is to look again (ms), as nothing has come of that yet: to be refused again would cost calls.
 * Nothing where it is to be tried.
 */
export async function stillHeldUntil(
  runtime: LaneRuntime,
  targetKey: string,
  events: readonly SyncEvent[],
): Promise<number | undefined> {
  if (!events.every(({ reason }) => reason?.startsWith(NOT_YET))) return undefined;
  const { account, store } = runtime;
  const kept = await store.read.lookups.get(account, inWayOf(targetKey));
  const { holder, writtenAt } = (kept?.value ?? {}) as { holder?: string; writtenAt?: number };
  const link = holder === undefined ? undefined : await store.read.links.get(holder);
  if (!link || link.gone || link.writtenAt !== writtenAt) return undefined;
  const isComing = (await store.read.events.comingTo(link.targetKey)).length > 0;
  return isComing ? dueAfter(runtime, link.targetKey) : undefined;
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
