import type { MemberName } from '../../model/desired.ts';
import { memberText } from '../../reconcile/fold.ts';

/** Who a member is, without what it wants. */
export function nameOf({ tenant, sync, key, element }: MemberName): MemberName {
  return { tenant, sync, key, element };
}

export function isSame(a: MemberName, b: MemberName): boolean {
  return a.tenant === b.tenant && a.sync === b.sync && a.key === b.key && a.element === b.element;
}

/** Those that are not among the others: there may be thousands of both. */
export function without<M extends MemberName>(members: readonly M[], others: readonly MemberName[]): M[] {
  const names = new Set(others.map(memberText));
  return members.filter((member) => !names.has(memberText(member)));
}
