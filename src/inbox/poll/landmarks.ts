import type { Identified } from '../arrival.ts';

/** A record, and its `updatedAt` in ms when it was read. */
export interface Landmark {
  readonly key: string;
  readonly ms: number;
}

/** Enough that some of them lie within the overlap, and some before. */
const MOST = 20;

export function landmarksIn(arrivals: readonly Identified[]): Landmark[] {
  return arrivals.flatMap(({ key, updatedMs }) => (updatedMs === null ? [] : [{ key, ms: updatedMs }]));
}

/** The newest, each once; the first of two that have one key is the one of now. */
export function newestOf(landmarks: readonly Landmark[]): Landmark[] {
  const byKey = new Map<string, Landmark>();
  for (const one of landmarks) if (!byKey.has(one.key)) byKey.set(one.key, one);
  return [...byKey.values()].sort((a, b) => b.ms - a.ms).slice(0, MOST);
}
