/** How much a sync may do to what is there before a person is asked. */
export interface Guard {
  /** Targets that differ from what was there before. */
  readonly change?: Limit;
  /** Records that are gone. */
  readonly delete?: Limit;
}

/** A number, or a share in [0, 1] of what is known. */
export type Limit =
  { readonly type: 'count'; readonly most: number } | { readonly type: 'share'; readonly most: number };

/** Where a sync says nothing: a full read may lose half of what was known. */
export const DELETE_LIMIT: Limit = { type: 'share', most: 0.5 };

/** `count` is more than the limit allows, of `known`. */
export function isBeyond(limit: Limit, count: number, known: number): boolean {
  return count > (limit.type === 'count' ? limit.most : limit.most * known);
}
