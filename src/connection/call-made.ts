/** A call to an API, as the log and the metrics hear of it. */
export interface CallMade {
  readonly connection: string;
  readonly operation: string;
  readonly method: string;
  /** HTTP status, or `timeout`, `network`, `unreadable`. */
  readonly status: number | string;
  readonly tookMs: number;
}
