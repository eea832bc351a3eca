import type { Unapplied } from './classify.ts';

/** A value that calls had to be made for, or why there is none. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly outcome: Unapplied };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}
