import type { Bindings } from '../model/expression.ts';
import { withoutEmpty, type SourceRecord } from '../model/record.ts';
import type { Source } from '../model/source.ts';

/** A record, or an element of one, as expressions see it, with the variables that its source binds. */
export interface Scope<R = unknown> {
  readonly record: R;
  readonly bindings: Bindings;
  /** Of an element, its record's. */
  readonly whole?: Scope;
}

/** Cleans a record of what counts as missing and evaluates its source's `let`. Throws `ExpressionError`. */
export async function scopeOf(
  source: Source,
  record: SourceRecord,
  bindings: Bindings,
): Promise<Scope<SourceRecord>> {
  const cleaned = source.keepEmpty ? record : withoutEmpty(record);
  const bound: Record<string, unknown> = { ...bindings };
  for (const { name, value } of source.let) bound[name] = await value(cleaned, bound);
  return { record: cleaned, bindings: bound };
}

/** What an action's expressions see beside that: `$before`, the record accepted before; nothing for a new one. */
export function withBefore(scope: Scope, source: Source, before: SourceRecord | null): Scope {
  if (before === null) return scope;
  return {
    ...scope,
    bindings: { ...scope.bindings, before: source.keepEmpty ? before : withoutEmpty(before) },
  };
}

/** JSONata's own idea of true: nothing, "", 0, {} and [] are false. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isTrue);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
