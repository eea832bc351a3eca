import type { SyncEvent } from '../../model/event.ts';
import type { Link } from '../../model/link.ts';
import type { Fields, Step } from '../../model/step.ts';

/** A step that a target took, for whoever watches: a plan is made of these. */
export interface TakenStep {
  readonly targetKey: string;
  /** In order of acceptance. */
  readonly events: readonly Pick<SyncEvent, 'sync' | 'key'>[];
  readonly step:
    | Step
    /** It was there already: found instead of created. */
    | { readonly type: 'adopt' }
    | { readonly type: 'call'; readonly operation: string; readonly fields: Fields };
  /** The target as it was before. */
  readonly before: Link | undefined;
  /** `mode: report`: it would have been taken, and nothing was sent. */
  readonly reported?: true;
}
