import type { Json } from '../model/json.ts';
import { masked, maskedValue } from '../model/mask.ts';

/** What is told of a change of one record, to people or on a page. */
interface Change {
  readonly fields?: Readonly<Record<string, { readonly from?: Json; readonly to?: Json }>>;
  readonly tags?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly reason?: string;
}

/** Enough to see what changes, and not whom it is about. */
export function withoutPerson<T extends Change>(change: T): T {
  const { fields, tags, reason } = change;
  const hidden = Object.entries(fields ?? {}).map(([name, sides]) => {
    const values = Object.entries(sides).map(([side, value]) => [side, maskedValue(value)] as const);
    return [name, Object.fromEntries(values)] as const;
  });
  return {
    ...change,
    ...(fields ? { fields: Object.fromEntries(hidden) } : {}),
    ...(tags ? { tags: { add: tags.add.map(masked), remove: tags.remove.map(masked) } } : {}),
    ...(reason === undefined ? {} : { reason: masked(reason) }),
  };
}
