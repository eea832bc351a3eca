import { ExpressionError } from '../model/expression.ts';
import type { Departure, Sync } from '../model/sync.ts';
import { isTrue, type Scope } from './scope.ts';
import type { Source } from '../model/source.ts';

/** What becomes of a target that its last record has left. */
export type Farewell =
  | { readonly type: 'ignore' }
  | { readonly type: 'delete' }
  | { readonly type: 'tag'; readonly tags: readonly string[] };

export async function farewellOf(departure: Departure, scope: Scope): Promise<Farewell> {
  if (departure.type !== 'tag') return departure;
  const value = await departure.tag(scope.record, scope.bindings);
  const tags = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (tag) => typeof tag === 'string' && tag.trim() !== '',
  );
  return tags.length === 0 ? { type: 'ignore' } : { type: 'tag', tags: tags as string[] };
}

/** The tags that a record would be sent away with; one that can't be told is none. */
export async function farewellTags(
  { onDelete, onLeave }: Pick<Sync, 'onDelete' | 'onLeave'>,
  scope: Scope,
): Promise<string[]> {
  const farewells = await Promise.all(
    [onDelete, onLeave].map((departure) => likelyFarewell(departure, scope)),
  );
  return farewells.flatMap((farewell) => (farewell.type === 'tag' ? farewell.tags : []));
}

/** What a record that is still here would be sent away with; `ignore` where that can't be told. */
export async function likelyFarewell(departure: Departure, scope: Scope): Promise<Farewell> {
  return farewellOf(departure, scope).catch((error: unknown): Farewell => {
    if (error instanceof ExpressionError) return { type: 'ignore' };
    throw error;
  });
}

/** True where the source says that this record is gone. Throws `ExpressionError`. */
export async function isDeleted(source: Source, scope: Scope): Promise<boolean> {
  return source.deleted !== undefined && isTrue(await source.deleted(scope.record, scope.bindings));
}
