import type { Json } from './json.ts';

/** What a sync says that the target should hold for a record. */
export interface Desired {
  readonly sync: string;
  /** Target key of what this is a child of; nothing for a resource of its own. */
  readonly parent?: string;
  /** Fields to hold; a custom field's name is `customFields.<key or name>`. `null` clears. */
  readonly always: Readonly<Record<string, Json>>;
  /** Only sent with a create; people own them afterwards. */
  readonly onCreate: Readonly<Record<string, Json>>;
  /** Only written where the target has nothing; nothing where no field says so. */
  readonly onEmpty?: Readonly<Record<string, Json>>;
  readonly tags: DesiredTags;
}

export interface DesiredTags {
  /** Wanted, and once added they stay. */
  readonly sticky: readonly string[];
  /** Wanted by rules with `else: remove`: removed when no rule yields them any more. */
  readonly owned: readonly string[];
  /** Wanted absent. */
  readonly remove: readonly string[];
  /** What its `onDelete` or `onLeave` would add: unwanted where it is seen on the target of a record that is there. */
  readonly farewell?: readonly string[];
}

export const CUSTOM_FIELD = 'customFields.';

/** Who a member is. */
export type MemberName = Pick<Member, 'tenant' | 'sync' | 'key' | 'element'>;

/** A record that shares a target: what it wants there, and how new it is. */
export interface Member {
  readonly tenant: string;
  readonly sync: string;
  readonly key: string;
  /** Of a sync with `each`, which element of the record; `''` for the record itself. */
  readonly element: string;
  readonly targetKey: string;
  readonly desired: Desired;
  readonly updatedMs: number | null;
  readonly asOf: number;
  readonly sequence: number;
}
