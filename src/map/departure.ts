import type { Departure } from '../model/sync.ts';
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

/** True where the source says that this record is gone. Throws `ExpressionError`. */
export async function isDeleted(source: Source, scope: Scope): Promise<boolean> {
  return source.deleted !== undefined && isTrue(await source.deleted(scope.record, scope.bindings));
}
