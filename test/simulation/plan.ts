/** A limit that the work comes up against. */
export const LOW_LIMIT = 5;

/** What stays the same in one simulation. */
export interface Setup {
  /** Decides latencies, faults, ids and whatever else is drawn on the way. */
  readonly dice: number;
  readonly allowTwins: boolean;
  /** How changes reach the runner. */
  readonly feed: 'webhooks' | 'polls' | 'both';
  /** What a webhook tells of a booking: all of it, only what changed, or only which. */
  readonly telling: 'whole' | 'partial' | 'fetch';
  /** When the source says that its records changed: to the millisecond, in steps of ten seconds, or not at all. */
  readonly stamps: 'exact' | 'coarse' | 'none';
  /** How the source answers a poll: all at once, only so many and no way to ask on, or page by page. */
  readonly paging: 'all' | 'capped' | 'offset';
  readonly farewell: 'ignore' | 'delete' | 'tag';
  readonly deliveryIds: boolean;
  readonly quietMs: 0 | 500 | 2_000;
  readonly requests: 5 | 20 | 100;
  /** Share of calls that a fault befalls. */
  readonly faults: 0 | 0.05 | 0.2;
  readonly unknownContact: 400 | 404;
  readonly oncePerKey: boolean;
  readonly appointments: boolean;
  /** Elements of bookings, deals, blocked time, companies, and notes of appointments too. */
  readonly more?: boolean;
  /** Bookings are done at some time, and their tasks completed. */
  readonly completes?: boolean;
  /** The first mapping: 0 or 1. */
  readonly mapping: number;
}

export type Outage = '503' | 'reset' | '401' | 'hang' | 'refuses-updates';

export type Deed =
  /** A booking is as described from now on: new, changed, or back from the dead. `future`: its source dates it into 2030. */
  | {
      readonly type: 'save';
      readonly booking: number;
      readonly person: number;
      readonly status: 'Draft' | 'Confirmed' | 'Cancelled';
      readonly kind: 'wedding' | 'party' | '';
      readonly withTask: boolean;
      readonly start: number;
      readonly future?: boolean;
      readonly done?: boolean;
    }
  /** It is done, or not yet done after all, and nothing else of it changes. */
  | { readonly type: 'finish'; readonly booking: number; readonly done: boolean }
  | { readonly type: 'remove'; readonly booking: number }
  /** It is not there any more, and the source says no word about it: only a full read can tell. */
  | { readonly type: 'vanish'; readonly booking: number }
  /** A note of a source of its own, whose parent may come later. */
  | { readonly type: 'memo'; readonly memo: number; readonly person: number }
  | { readonly type: 'remove-memo'; readonly memo: number }
  /** `slowMs`: for so long, answers of the source take as much more to arrive. */
  | { readonly type: 'poll'; readonly full: boolean; readonly slowMs?: number }
  | { readonly type: 'hand-tag' | 'hand-delete' | 'hand-create'; readonly person: number }
  | { readonly type: 'hand-delete-task'; readonly booking: number }
  | { readonly type: 'hand-delete-note'; readonly memo: number }
  /** The process dies at a commit, before or after it, and comes back. */
  | {
      readonly type: 'crash';
      readonly commits: number;
      readonly durable: boolean;
      readonly downMs: number;
    }
  /** A clean stop, and a start with this mapping. */
  | { readonly type: 'restart'; readonly mapping: number; readonly downMs: number }
  /** The runner's clock is set forward or back. */
  | { readonly type: 'jump'; readonly ms: number }
  /** The source's clock is. */
  | { readonly type: 'source-jump'; readonly ms: number }
  | { readonly type: 'outage'; readonly kind: Outage; readonly ms: number }
  | { readonly type: 'disk-full'; readonly ms: number }
  /** Beside whatever is written, something is to be written that can't be. */
  | { readonly type: 'bad-rows'; readonly ms: number }
  /** Somebody starts a second runner on the same store. */
  | { readonly type: 'second-runner'; readonly ms: number }
  /** Somebody retries all dead letters. */
  | { readonly type: 'retry' }
  /** The store is lost, and built anew with `--rebuild`. */
  | { readonly type: 'lose-store' }
  | { readonly type: 'nothing' };

/** `waitMs`: until the next. */
export type Step = Deed & { readonly waitMs: number };

export interface Plan {
  readonly setup: Setup;
  readonly steps: readonly Step[];
}
