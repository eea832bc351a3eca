import type { SyncEvent } from '../model/event.ts';
import { NOTHING_APPLIED, type Link } from '../model/link.ts';
import type { Sync } from '../model/sync.ts';
import type { LaneRuntime } from './runtime.ts';

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
