import type { JournalLine } from './inspect-event.ts';
import type { ListedEvent } from './inspect-list.ts';
import type { MappingNow } from './inspect-mapping.ts';
import type { TargetNow } from './inspect-target.ts';

/** A record's way through one sync. */
export interface SyncStory {
  readonly sync: string;
  /** Which element of the record, where the sync takes records apart. */
  readonly element?: string;
  /** What the config makes of the record now; null where the sync is not in it any more. */
  readonly mapping: MappingNow | null;
  readonly target: TargetNow | null;
  /** The newest first. */
  readonly events: readonly (ListedEvent & {
    readonly arrivedAt: string;
    readonly tries: number;
    readonly journal: readonly JournalLine[];
  })[];
}
