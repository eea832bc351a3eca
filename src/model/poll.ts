import type { Expression } from './expression.ts';
import type { RequestTemplate } from './request.ts';

/** How a source is read on a schedule. */
export interface Poll {
  /** Either of the two; neither: only `run` reads it. */
  readonly everyMs?: number;
  readonly schedule?: string;
  /** Cron line of the reads that ignore the cursor and find what is gone. */
  readonly full?: string;
  /** How much of what was read is read again, in ms: for rows that commit late. */
  readonly overlapMs: number;
  readonly window?: PollWindow;
  readonly request: RequestTemplate;
  /** The answer's body → its records. */
  readonly records: Expression;
  readonly next: Next;
}

/** Dates to read, relative to now, in steps; binds `$from` and `$to`. */
export interface PollWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** How the next page is asked for. */
export type Next =
  | { readonly type: 'none' }
  | { readonly type: 'page'; readonly param: string; readonly start: number }
  | { readonly type: 'offset'; readonly param: string; readonly start: number }
  | { readonly type: 'cursor'; readonly param: string; readonly value: Expression }
  /** `value` yields the next page's address; without it, the `Link` header with rel="next" does. */
  | { readonly type: 'link'; readonly value?: Expression };
