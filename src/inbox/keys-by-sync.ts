import type { SyncEvent } from '../model/event.ts';

/** Keys by sync, each once, in their order. */
export function keysBySync(events: readonly Pick<SyncEvent, 'sync' | 'key'>[]): Map<string, string[]> {
  const bySync = new Map<string, Set<string>>();
  for (const { sync, key } of events) {
    const keys = bySync.get(sync) ?? new Set();
    bySync.set(sync, keys.add(key));
  }
  return new Map([...bySync].map(([sync, keys]) => [sync, [...keys]]));
}
