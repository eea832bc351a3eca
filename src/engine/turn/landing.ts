import type { Link } from '../../model/link.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Step } from '../../model/step.ts';
import type { LaneRuntime } from '../runtime.ts';

/** What a change may take longer to show than its call was given, in ms: as much as a create. */
const LAG_MS = 2_000;

/**
 * When a change that is sent now has landed, in ms, should nobody hear of it: this process may die. A call that is applied
 * after a newer one would undo that for good, and nothing but time tells when it can't be any more.
 */
export function landsBy({ clock, deliver }: LaneRuntime): number {
  return clock.now() + deliver.timeoutMs + LAG_MS;
}

/** Until when nothing newer may be written to these targets, in ms; nothing where it may be now. */
export async function mayLandUntil(
  { store, clock, deliver }: LaneRuntime,
  targetKeys: readonly string[],
): Promise<number | undefined> {
  const links = await Promise.all(targetKeys.map((targetKey) => store.read.links.get(targetKey)));
  const now = clock.now();
  // One that is further away was written before the clock was set back.
  const open = links
    .map((link) => link?.applied.landsBy ?? 0)
    .filter((at) => at > now && at <= now + deliver.timeoutMs + LAG_MS);
  return open.length > 0 ? Math.max(...open) : undefined;
}

/** The link after a step that failed: what surely was not applied leaves it as it was, and only what nobody waited for may still land. */
export async function linkAfterFailure(
  runtime: LaneRuntime,
  link: Link | undefined,
  step: Step,
  outcome: Outcome,
): Promise<Link | undefined> {
  if (!link || step.type === 'create') return undefined;
  if (isSurelyNotApplied(outcome)) return link;
  const stored = await runtime.store.read.links.get(link.targetKey);
  const { landsBy, ...applied } = stored?.applied ?? link.applied;
  // It was never sent.
  if (!stored || landsBy === undefined) return undefined;
  const isLate = outcome.type === 'busy' && outcome.late === true;
  const until = isLate ? { landsBy: runtime.clock.now() + runtime.deliver.timeoutMs } : {};
  return { ...stored, applied: { ...applied, ...until } };
}

function isSurelyNotApplied(outcome: Outcome): boolean {
  return (
    outcome.type === 'stopped' ||
    outcome.type === 'refused' ||
    (outcome.type === 'busy' && outcome.failure.status === 429)
  );
}
