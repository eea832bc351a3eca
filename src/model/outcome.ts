import type { Failure, Sent } from './intent.ts';
import type { Json } from './json.ts';

/** What came of one step. An open intent of the target is cleared with it, unless it says `keep`. */
export type Outcome =
  /**
   * It is so now. `seenTags`: those that the answer showed, where it did; `shown`: the target in the answer;
   * `vacant`: of the fields that were looked for, those that the target has nothing for.
   */
  | {
      readonly type: 'applied';
      readonly targetId: string;
      readonly seenTags?: readonly string[];
      readonly shown?: Readonly<Record<string, unknown>>;
      /** Of a call, the body of its answer. */
      readonly body?: Json;
      readonly vacant?: readonly string[];
      readonly answer: Json;
    }
  /** The target was there already: link it, and decide anew. `sent`: by creates of ours in doubt, of which one may have made it. */
  | {
      readonly type: 'adopted';
      readonly targetId: string;
      readonly sent?: readonly Sent[];
      /** Where a create of ours in doubt may have made it, when that was first sent, in ms. */
      readonly sentAt?: number;
      /** Of a child, the parent that it was found under, where that may be another one by now. */
      readonly parentId?: string;
      readonly answer: Json;
    }
  /** A create may have been applied: look at `lookAt` (ms). `tried`: just now; else it was only too early to look. */
  | {
      readonly type: 'in-doubt';
      readonly failure: Failure;
      readonly lookAt: number;
      readonly tried?: true;
      readonly intent: 'keep';
    }
  /** Not now, and not this record's fault; `retryAfterMs` where the API said when. `late`: nobody waited for its answer. */
  | {
      readonly type: 'busy';
      readonly failure: Failure;
      readonly retryAfterMs?: number;
      readonly late?: true;
      readonly intent?: 'keep';
    }
  /** The runner is stopping: never sent. */
  | { readonly type: 'stopped'; readonly intent?: 'keep' }
  /** The target is not there any more. */
  | { readonly type: 'missing'; readonly failure: Failure }
  /** The parent of a child that was to be created is not there any more. */
  | { readonly type: 'parent-missing'; readonly failure: Failure }
  /** Nobody's call would succeed: token, scope, location. */
  | { readonly type: 'refused'; readonly failure: Failure; readonly intent?: 'keep' }
  /** What was found became another record's a moment before: there may be more of it, or the create is still to be sent. */
  | { readonly type: 'taken'; readonly targetId: string; readonly intent: 'keep' }
  /**
   * This record can't be applied as it is. `holder`: the target key in whose way it is, which may make room yet; `bears`: what
   * that holds was found by the identity of this one.
   */
  | {
      readonly type: 'dead';
      readonly reason: string;
      readonly remedy: string;
      readonly holder?: string;
      readonly bears?: true;
      readonly intent?: 'keep';
    };
