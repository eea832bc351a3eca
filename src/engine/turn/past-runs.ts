import type { SyncEvent } from '../../model/event.ts';
import { NOTHING_APPLIED, type Link } from '../../model/link.ts';
import type { Sync } from '../../model/sync.ts';
import type { Tables } from '../../store/tables.ts';
import type { LaneRuntime } from '../runtime.ts';

/** How many digests of past runs a key remembers. */
const REMEMBERED = 50;

/** An action's link remembers the digests of its runs: there is no target behind it. */
export function linkWithRuns(
  { account }: LaneRuntime,
  { resource }: Sync,
  { targetKey }: SyncEvent,
  { runs, parentId }: { readonly runs: readonly string[]; readonly parentId: string | null },
): Link {
  return {
    targetKey,
    account,
    resource,
    targetId: targetKey,
    parentId,
    applied: { ...NOTHING_APPLIED, fields: { runs: runs.slice(-REMEMBERED) } },
    writtenAt: 0,
    origin: 'created',
    gone: false,
  };
}

export function pastRuns(link: Link | undefined): readonly string[] {
  const runs = link?.applied.fields['runs'];
  return Array.isArray(runs) ? (runs as readonly string[]) : [];
}

/**
 * How a run is remembered that a person decides about, because it may have been before: it counts as one for all that
 * come later, also where the person leaves it at that, and no more where the person has the event run anew.
 */
export function doubtfulRun(digest: string, event: number): string {
  return `${digest}?${event}`;
}

/** Why an event needs no run: there was one, of this digest or, without one, of any. */
export function ranBefore(past: readonly string[], digest: string | undefined): string | undefined {
  const runs = past.filter((run) => digest === undefined || run.split('?')[0] === digest);
  if (runs.some((run) => !run.includes('?'))) return 'it ran before for this key';
  const doubtful = runs.at(-1);
  return doubtful && `it may have run before for this key: see event ${doubtful.split('?')[1]}`;
}

/** A person has decided: it is to run, whatever was before. False where nothing was in doubt. */
export async function forgetDoubtfulRun(tables: Tables, { id, targetKey }: SyncEvent): Promise<boolean> {
  const link = await tables.links.get(targetKey);
  const runs = pastRuns(link);
  const left = runs.filter((run) => !run.endsWith(`?${id}`));
  if (!link || left.length === runs.length) return false;
  const { applied } = link;
  if (left.length === 0) await tables.links.remove(targetKey);
  else
    await tables.links.put({ ...link, applied: { ...applied, fields: { ...applied.fields, runs: left } } });
  return true;
}
