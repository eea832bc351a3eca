/** At most `requests` calls in any window of `perMs`, and `daily` in a day where the API counts days. */
export interface RateLimit {
  readonly requests: number;
  readonly perMs: number;
  readonly daily?: number;
}
