const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What a duration looks like: `500ms`, `30s`, `10m`, `24h`, `90d`; signed in windows (`-30d`). */
export const DURATION_PATTERN = '^[+-]?\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)$';

/** A duration in ms, or nothing where the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = match && UNITS[match[2]!];
  return match && unit !== undefined && unit !== null ? Number(match[1]) * unit : undefined;
}
