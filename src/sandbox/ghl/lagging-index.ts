import type { Clock } from '../http/clock.ts';

/** A search index that shows a write only `lagMs` after it, as GHL's does. */
export interface LaggingIndex<T> {
  readonly note: (id: string, item: T | undefined) => void;
  readonly visible: () => readonly T[];
}

export function createLaggingIndex<T>(clock: Clock, lagMs: () => number): LaggingIndex<T> {
  const shown = new Map<string, T>();
  let waiting: { readonly at: number; readonly id: string; readonly item: T | undefined }[] = [];

  function settle(): void {
    const until = clock.monotonic() - lagMs();
    let settled = 0;
    for (const { at, id, item } of waiting) {
      if (at > until) break;
      if (item === undefined) shown.delete(id);
      else shown.set(id, item);
      settled++;
    }
    if (settled > 0) waiting = waiting.slice(settled);
  }

  return {
    note(id, item) {
      waiting.push({ at: clock.monotonic(), id, item });
    },
    visible() {
      settle();
      return [...shown.values()];
    },
  };
}
