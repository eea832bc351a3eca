import type { Resource } from '../../catalog/resource.ts';
import { changeTagsOfMany, type BulkOutcome, type TagStep } from '../../deliver/bulk-tags.ts';
import type { DeliverContext, Target } from '../../deliver/context.ts';
import { deliver } from '../../deliver/deliver.ts';
import { PRIORITY } from '../../model/event.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../model/step.ts';
import { tagKey } from '../../reconcile/fold.ts';
import type { Health } from '../health.ts';

/** Equal tag changes of targets that are due at the same moment: one call for all of them. */
export interface Bundles {
  /** Whether this step may share a call. */
  takes(resource: Resource, step: Step): step is TagStep;
  /** What came of a target's step, whoever else it went with. */
  join(target: Target, step: TagStep): Promise<Outcome>;
  /**
   * Nobody is about to join: those that have gathered go. Where the lane has no room for more who may be due (`full`), one
   * waits for the call with the same change that is under way, whose places are theirs next.
   */
  depart(full: boolean): void;
  /** Targets that need no call of their own, in bundles that others may still join: they take no place in the lane. */
  riders(): number;
}

interface Rider {
  readonly target: Target;
  readonly step: TagStep;
  readonly settle: (outcome: Outcome | Promise<Outcome>) => void;
  readonly fail: (error: unknown) => void;
}

/** May be joined until its call's turn has come, or it is full. */
interface Bundle {
  readonly name: string;
  readonly operation: string;
  readonly priority: number;
  readonly riders: Rider[];
  /** It waits for its turn. */
  queued: boolean;
}

/** `most`: targets in one call; 1: each goes alone. */
export function createBundles(context: DeliverContext, health: Health, most: number): Bundles {
  const open = new Map<string, Bundle>();
  /** Queued or sent, and not answered. */
  const underWay = new Set<Bundle>();
  const allowed = { bulk: most > 1 };

  function queue(bundle: Bundle): void {
    if (bundle.queued) return;
    bundle.queued = true;
    underWay.add(bundle);
    // What it throws is a bug of ours: each turn breaks off with it, and its target is taken up again.
    send(bundle)
      .catch((error: unknown) => bundle.riders.forEach(({ fail }) => fail(error)))
      .finally(() => underWay.delete(bundle));
  }

  async function send(bundle: Bundle): Promise<void> {
    const { priority, riders, operation } = bundle;
    const client = await context.client.reserve(priority);
    if (open.get(bundle.name) === bundle) open.delete(bundle.name);
    const reserved = { ...context, client };
    const [first, ...others] = riders as [Rider, ...Rider[]];
    if (others.length === 0) {
      first.settle(alone(reserved, first));
      return;
    }
    const targetIds = riders.map(({ target }) => target.targetId!);
    const before = async () => {
      await Promise.all(riders.map(({ target }) => target.before()));
    };
    const bulk = { operation, step: first.step, targetIds, priority, before };
    const result = await changeTagsOfMany(reserved, bulk);
    if (result.type === 'refused' && !result.open) allowed.bulk = false;
    // One call, however many wanted it.
    const shared = riders.find((rider) => outcomeFor(result, riders, rider));
    if (shared) health.note(outcomeFor(result, riders, shared)!, shared.target.targetKey);
    for (const rider of riders) rider.settle(outcomeFor(result, riders, rider) ?? alone(context, rider));
  }

  function isUnderWay(name: string): boolean {
    return [...underWay].some((bundle) => bundle.name === name);
  }

  async function alone(through: DeliverContext, { target, step }: Rider): Promise<Outcome> {
    const outcome = await deliver(through, target, step);
    health.note(outcome, target.targetKey);
    return outcome;
  }

  function bundleFor(target: Target, step: TagStep): Bundle {
    const { priority, resource } = target;
    const name = JSON.stringify([resource.name, step.type, priority, step.tags.map(tagKey).sort()]);
    const found = open.get(name);
    if (found) return found;
    const bundle = { name, operation: resource.tags!.bulk!, priority, riders: [], queued: false };
    open.set(name, bundle);
    return bundle;
  }

  return {
    takes: (resource, step): step is TagStep =>
      allowed.bulk &&
      resource.tags?.bulk !== undefined &&
      (step.type === 'add-tags' || step.type === 'remove-tags'),
    join: (target, step) =>
      new Promise<Outcome>((settle, fail) => {
        const bundle = bundleFor(target, step);
        bundle.riders.push({ target, step, settle, fail });
        const full = bundle.riders.length >= most;
        if (full) open.delete(bundle.name);
        // A live change waits for nobody; who is there when its turn comes goes with it.
        if (full || target.priority === PRIORITY.live) queue(bundle);
      }),
    depart: (full) =>
      open.forEach((bundle) => {
        if (!full || !isUnderWay(bundle.name)) queue(bundle);
      }),
    riders: () => [...open.values()].reduce((sum, { riders }) => sum + riders.length - 1, 0),
  };
}

/** Nothing for one that the call has not changed, as far as it says. */
function outcomeFor(result: BulkOutcome, riders: readonly Rider[], { target }: Rider): Outcome | undefined {
  if (result.type === 'failed') return result.outcome;
  if (result.type === 'refused' || !result.changed.has(target.targetId!)) return undefined;
  const answer = { status: result.status, targets: riders.length };
  return { type: 'applied', targetId: target.targetId!, answer };
}
