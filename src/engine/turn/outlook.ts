import type { Json } from '../../model/json.ts';

/** What a sync makes of a record: where it goes, and what its target is to hold. */
export type Outlook =
  | {
      readonly type: 'wanted';
      /** The target's, and the parent's. */
      readonly key: string;
      readonly parent?: string;
      readonly values: Values;
      readonly tags: readonly string[];
    }
  /** The sync is not there, or `when` does not hold. */
  | { readonly type: 'left' }
  | { readonly type: 'dead'; readonly reason: string };

export type Values = Readonly<Record<string, Json>>;
