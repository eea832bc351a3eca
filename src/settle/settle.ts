import type { Member, MemberName } from '../model/desired.ts';
import type { SyncEvent } from '../model/event.ts';
import type { Failure } from '../model/intent.ts';
import type { Json } from '../model/json.ts';
import type { Link } from '../model/link.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { FollowUp } from './follow-up.ts';
import { callChildren, wakeOrphans, type Orphans } from './left-children.ts';
import { wakeMember, type SourceOf } from './wake-member.ts';

/** All that changes with one answer: it becomes durable at once, or not at all. */
export interface Settlement {
  readonly events: readonly SyncEvent[];
  /** Nothing where more steps follow. */
  readonly followUp?: FollowUp;
  readonly targetKey: string;
  readonly link?: Link;
  /** The target is gone: so is its link. */
  readonly unlink?: boolean;
  readonly intent?: 'clear' | { readonly failure: Failure; readonly lookAt: number };
  readonly join?: readonly Member[];
  readonly leave?: readonly MemberName[];
  /** Targets that those who join were members of: one who stays there is taken up again. */
  readonly left?: {
    readonly account: string;
    readonly targets: readonly string[];
    readonly sourceOf: SourceOf;
  };
  /** The target is there from now on: those who wait for it go on. */
  readonly wakes?: boolean;
  /** No record wants the target any more: those who wait for it see whether it is worth while. */
  readonly isLeft?: boolean;
  /** The target is new to its key: children whose parent had this key before it went with another record come to it. */
  readonly calls?: SourceOf;
  /** The target was created anew: the children that its old id had are taken up again. */
  readonly orphans?: Orphans;
  /** Somebody deleted the parent by hand: it is taken up again, as one that is gone. */
  readonly lostParent?: {
    readonly account: string;
    readonly targetKey: string;
    readonly targetId: string;
    readonly sourceOf: SourceOf;
  };
  readonly journal?: { readonly step: Json; readonly answer: Json };
}

/**
 * Makes it durable. A target that another target key came to hold meanwhile is nobody else's: then nothing is changed, and
 * its holder's key is what this yields.
 */
export async function settle(store: Store, settlement: Settlement, now: number): Promise<string | undefined> {
  return store.write(async (tables) => {
    const holder = await otherHolder(tables, settlement);
    if (holder === undefined) await write(tables, settlement, now);
    return holder;
  });
}

async function otherHolder(tables: Tables, { link, wakes }: Settlement): Promise<string | undefined> {
  // Only one that was not linked before can be another's.
  if (!link || !wakes) return undefined;
  const holder = await tables.links.holder(link.account, link.resource, link.targetId);
  return holder === link.targetKey ? undefined : holder;
}

async function write(tables: Tables, settlement: Settlement, now: number): Promise<void> {
  const { events, followUp, targetKey, link, intent, journal } = settlement;
  if (intent === 'clear') await tables.intents.clear(targetKey);
  else if (intent) await noteDoubt(tables, targetKey, intent);
  if (settlement.unlink) await tables.links.remove(targetKey);
  if (link) await tables.links.put(link);
  if (settlement.join) await tables.members.put(settlement.join);
  if (settlement.leave) await tables.members.remove(settlement.leave);
  if (settlement.left) {
    const { account, targets, sourceOf } = settlement.left;
    for (const target of targets) await wakeMember(tables, target, account, sourceOf, now);
  }
  if (settlement.wakes || settlement.isLeft) await tables.events.wakeWaiting(targetKey, now);
  if (link && settlement.calls) await callChildren(tables, link, settlement.calls, now);
  if (settlement.orphans) await wakeOrphans(tables, settlement.orphans, now);
  if (settlement.lostParent) await loseParent(tables, settlement.lostParent, now);
  const newest = events.at(-1);
  if (journal && newest) await tables.journal.add({ event: newest.id, ...journal, at: now });
  if (!followUp) return;
  const ids = events.map((event) => event.id);
  if (followUp.type === 'settled') await tables.events.settle(ids, followUp.verdict, now);
  else if (followUp.type === 'wait') await tables.events.wait(ids, followUp, now);
  else await tables.events.postpone(ids, followUp.due, followUp.reason, followUp.failures);
}

async function noteDoubt(
  tables: Tables,
  targetKey: string,
  doubt: { failure: Failure; lookAt: number },
): Promise<void> {
  const intent = await tables.intents.get(targetKey);
  if (intent) await tables.intents.put({ ...intent, ...doubt });
}

async function loseParent(
  tables: Tables,
  { targetKey, targetId, account, sourceOf }: NonNullable<Settlement['lostParent']>,
  now: number,
): Promise<void> {
  const link = await tables.links.get(targetKey);
  // It may have been created anew by now.
  if (link?.targetId !== targetId) return;
  await tables.links.put({ ...link, gone: true });
  await wakeMember(tables, targetKey, account, sourceOf, now);
}
