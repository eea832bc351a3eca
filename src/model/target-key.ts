/**
 * The identity of what is written, and the unit of order. Resources with an identity of their own (contact,
 * business) are shared by all syncs and tenants of an account; of children the sync is part.
 */
export interface TargetKeyParts {
  readonly account: string;
  readonly resource: string;
  readonly key: string;
  /** Only for children. */
  readonly sync?: string;
  readonly tenant?: string;
}

/** As one text, for tables and maps; the key comes last, as it alone may hold any character. */
export function targetKeyOf(parts: TargetKeyParts): string {
  const owner = parts.sync === undefined ? '' : `${parts.tenant ?? 'default'}/${parts.sync}`;
  return [parts.account, parts.resource, owner, parts.key].join('|');
}

/** The part of a target key that identifies the target in its resource. */
export function keyOf(targetKey: string): string {
  return targetKey.split('|').slice(3).join('|');
}

/** A target key after a sync got another name; another sync's is as it was. */
export function renamedKey(
  targetKey: string,
  { tenant, from, to }: { readonly tenant: string; readonly from: string; readonly to: string },
): string {
  const [account = '', resource = '', owner = '', ...key] = targetKey.split('|');
  if (owner !== `${tenant}/${from}`) return targetKey;
  return [account, resource, `${tenant}/${to}`, ...key].join('|');
}
