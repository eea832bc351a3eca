/** Unix seconds or milliseconds, or an ISO time: no further from `now` (ms) than the tolerance. */
export function isRecent(timestamp: string | undefined, now: number, toleranceMs: number): boolean {
  if (timestamp === undefined) return false;
  const at = instantOf(timestamp);
  return at !== undefined && Math.abs(now - at) <= toleranceMs;
}

function instantOf(timestamp: string): number | undefined {
  if (/^\d{9,14}$/.test(timestamp))
    return timestamp.length > 11 ? Number(timestamp) : Number(timestamp) * 1000;
  const at = /^\d{4}-\d\d-\d\dT/.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
