import { isFunction } from '../run/clean-value.ts';
import { bounded } from '../run/limits.ts';
import type { Focus } from '../run/native-function.ts';

/**
 * JSONata's `$distinct`, which compares each element with every other: 100,000 objects took it minutes, while no
 * timeout could stop it. Elements are the same when they have the same JSON, whatever the order of their names.
 */
export function distinct(this: Focus, list: unknown): unknown {
  if (!Array.isArray(list) || list.length <= 1) return list;
  bounded(list);
  const seen = new Set<unknown>();
  // a list that JSONata made itself becomes a single value when one element is left; one of the record stays a list
  const different: unknown[] = 'sequence' in list ? this.createSequence() : [];
  for (const element of list as unknown[]) {
    const key = isFunction(element) ? element : canonical(element);
    if (seen.has(key)) continue;
    seen.add(key);
    different.push(element);
  }
  return different;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
