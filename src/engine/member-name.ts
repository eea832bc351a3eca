import type { MemberName } from '../model/desired.ts';

/** Who a member is, without what it wants. */
export function nameOf({ tenant, sync, key, element }: MemberName): MemberName {
  return { tenant, sync, key, element };
}

export function isSame(a: MemberName, b: MemberName): boolean {
  return a.tenant === b.tenant && a.sync === b.sync && a.key === b.key && a.element === b.element;
}
