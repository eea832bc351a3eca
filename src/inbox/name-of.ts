import type { SyncEvent } from '../model/event.ts';

/** One text for an element of a record on its way through a sync: for maps. */
export function nameOf({ sync, key, element }: Pick<SyncEvent, 'sync' | 'key' | 'element'>): string {
  return JSON.stringify([sync, key, element]);
}
