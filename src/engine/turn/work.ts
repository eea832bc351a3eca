import type { Resource } from '../../catalog/resource.ts';
import type { Farewell } from '../../map/departure.ts';
import type { Member, MemberName } from '../../model/desired.ts';
import type { SyncEvent } from '../../model/event.ts';
import type { SourceRecord } from '../../model/record.ts';

/** A target's work for one turn: its events, and how its members change with them. */
export interface Work {
  readonly targetKey: string;
  readonly resource: Resource;
  /** In order of acceptance. */
  readonly events: readonly SyncEvent[];
  /** Their records: what a message may repeat. */
  readonly records: readonly SourceRecord[];
  readonly join: readonly Member[];
  readonly leave: readonly MemberName[];
  /** Targets that those who join come from, or were on their way to: who stays there is taken up again. */
  readonly left: readonly string[];
  /** All members after this turn. */
  readonly members: readonly Member[];
  /** Until when others of the target wait to be tried again, in ms, where the members are as if they had been. */
  readonly postponedUntil?: number;
  /** What becomes of the target when nobody is left. */
  readonly farewell: Farewell;
  /** Its events are not over with this target. */
  readonly goesOn: boolean;
  /** Its records are on their way to another target: no rule wants a tag here. */
  readonly movesOn: boolean;
  /** Fields that a child is found by; empty: those that its resource names. */
  readonly match: readonly string[];
  /** How long a child waits for its parent, in ms. */
  readonly parentTimeoutMs: number;
  readonly onMissing: 'create' | 'skip';
  readonly warnings: readonly string[];
}
