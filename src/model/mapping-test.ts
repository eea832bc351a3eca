import type { Json } from './json.ts';
import type { Span } from './problem.ts';
import type { SourceRecord } from './record.ts';

/** One test of a mapping: a record, and what a sync must make of it. */
export interface MappingTest {
  readonly name: string;
  readonly sync: string;
  readonly record: SourceRecord;
  /** The record as it was accepted before, for `$before`; null where there was none. */
  readonly before: SourceRecord | null;
  /** For `$event`; null for a record that a poll found. */
  readonly event: string | null;
  readonly expect: Expectation;
  /** Where its name stands. */
  readonly at: Span;
  /** Which of its file's tests it is, from 0. */
  readonly index: number;
}

export type Expectation =
  /** `when` does not hold. */
  | { readonly type: 'skipped' }
  /** The source says that the record is gone. */
  | { readonly type: 'deleted' }
  /** A dead letter, whose reason holds these words. */
  | { readonly type: 'error'; readonly words: string }
  | { readonly type: 'mapped'; readonly wanted: Wanted; readonly exact: boolean };

/** What is named must be there; nothing else is asked unless `exact`. */
export interface Wanted {
  readonly key?: string;
  /** Custom fields under `customFields`. Null: no value. */
  readonly fields?: Readonly<Record<string, Json>>;
  readonly tags?: { readonly add?: readonly string[]; readonly remove?: readonly string[] };
}

/** What came of a record: in the same words as what is expected. */
export type Got =
  | { readonly type: 'skipped' }
  | { readonly type: 'deleted' }
  | { readonly type: 'error'; readonly words: string }
  | { readonly type: 'mapped'; readonly mapped: Required<Wanted>; readonly warnings: readonly string[] };

/** One place where a test got something else; nothing on the side that has nothing. */
export interface Difference {
  /** Such as `fields.email` or `tags.add`. */
  readonly at: string;
  readonly expected?: Json;
  readonly got?: Json;
}

export interface TestResult {
  readonly test: MappingTest;
  readonly got: Got;
  /** Empty: it passed. */
  readonly differences: readonly Difference[];
}
