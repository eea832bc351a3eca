import type { Resource } from '../../catalog/resource.ts';
import { ghlResource } from '../../catalog/resources.ts';
import { wasMadeSince } from '../../deliver/made-since.ts';
import { succeed, type Result } from '../../deliver/result.ts';
import { RETRIED, type SyncEvent, type Verdict } from '../../model/event.ts';
import type { Action } from '../../model/sync.ts';
import type { LaneRuntime } from '../runtime.ts';

/** What is due later than so is no part of an import that goes on, in ms. */
const IMPORT_HORIZON_MS = 60_000;
const LONGEST_IMPORT_WAIT_MS = 30_000;
const UNASKED_WAIT_MS = 5_000;

/**
 * True where an older action of its key is to go first: it waited for a parent that came between, or for its next try. This
 * one is due with it, no sooner: due at once, it would be taken up and put back without a pause until then.
 */
export async function letsOlderGoFirst({ store, clock }: LaneRuntime, event: SyncEvent): Promise<boolean> {
  const olderDue = await store.read.events.olderDue(event.targetKey, event.id);
  if (olderDue === undefined) return false;
  const why = 'an earlier action of this key goes first';
  const due = Math.max(olderDue, clock.now());
  await store.write((tables) => tables.events.postpone([event.id], due, why, 0));
  return true;
}

/** What an action of a record that was there at the first import comes to. */
export type AtFirstImport =
  | { readonly type: 'runs' | 'waits' }
  /** `skipped`: as if it had run. `asks`: a person decides. */
  | { readonly type: 'skipped' | 'asks'; readonly verdict: Verdict };

/**
 * One contact that was there is enough to ask: a store that was lost would run every action once more (ENGINE case 5). Which
 * of them was there is known only when all targets of the import have been written.
 */
export async function atFirstImport(
  runtime: LaneRuntime,
  action: Action,
  event: SyncEvent,
): Promise<AtFirstImport> {
  if (action.initial === 'skip' || runtime.rebuild) {
    const reason = 'it was there at the first import, and `initial` says to skip that';
    return { type: 'skipped', verdict: { state: 'skipped', reason } };
  }
  if (event.reason === RETRIED) return { type: 'runs' };
  // Counted first: the last of them may be written while we ask.
  const open = await runtime.store.read.events.openTargets(
    runtime.account,
    runtime.clock.now() + IMPORT_HORIZON_MS,
  );
  const before = await wasThereBefore(runtime, event.priority);
  if (before === 'unknown') {
    const why = 'whether a contact of this import was there before could not be asked';
    await runtime.store.write((tables) =>
      tables.events.postpone([event.id], runtime.clock.now() + UNASKED_WAIT_MS, why, 0),
    );
    return { type: 'waits' };
  }
  if (before) {
    const remedy =
      'see whether it ran in an earlier life of this store; then discard the event, or retry it to run it';
    const reason = 'a contact of this import was there before this store';
    return { type: 'asks', verdict: { state: 'dead', reason, remedy } };
  }
  if (open === 0) return { type: 'runs' };
  await waitForImport(runtime, event, open);
  return { type: 'waits' };
}

/**
 * Whether anything was there before this store. What a create of ours in doubt has made looks like that until the API says
 * when it was made: one lost answer of an import must not stop all its actions. A child without an identity tells nothing
 * that its parent doesn't.
 */
async function wasThereBefore(runtime: LaneRuntime, priority: number): Promise<boolean | 'unknown'> {
  const { store, account, away } = runtime;
  if (await store.read.links.hasAdopted(account)) return true;
  for (const adopted of await store.read.links.adoptedInDoubt(account)) {
    const resource = ghlResource(adopted.resource);
    if (resource && !resource.identity) continue;
    if (!resource) return true;
    const asked = await away(() => wasMadeHere(runtime, resource, adopted, priority));
    if (!asked.ok) return 'unknown';
    if (!asked.value) return true;
  }
  return false;
}

/** As many as have actions ask at the same time: one call for all of them, and never again. */
function wasMadeHere(
  { store, account, deliver, clock }: LaneRuntime,
  resource: Resource,
  { targetId, sentAt }: { readonly targetId: string; readonly sentAt: number },
  priority: number,
): Promise<Result<boolean>> {
  const name = `made-here/${resource.name}/${targetId}`;
  return deliver.lookups.share(name, async () => {
    const known = await store.read.lookups.get(account, name);
    if (known) return succeed(known.value === true);
    const asked = await wasMadeSince(deliver, resource, targetId, sentAt, priority);
    if (asked.ok) await store.write((tables) => tables.lookups.put(account, name, asked.value, clock.now()));
    return asked;
  });
}

/** The larger the import, the less often it is asked after. */
async function waitForImport({ store, clock }: LaneRuntime, event: SyncEvent, open: number): Promise<void> {
  const due = clock.now() + Math.min(LONGEST_IMPORT_WAIT_MS, 100 + 50 * open);
  const why = 'the first import goes on: a contact that was there before would mean that actions ran already';
  await store.write((tables) => tables.events.postpone([event.id], due, why, 0));
}
