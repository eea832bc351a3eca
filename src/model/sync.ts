import type { Expression } from './expression.ts';
import type { Guard } from './guard.ts';
import type { HttpOperation } from './http-operation.ts';

/** One mapping: from a source, to a resource of a connection or to a call of an operation. */
export interface Sync {
  readonly name: string;
  readonly source: string;
  /** What it was called before: what it has written under that name is its own. */
  readonly was?: string;
  readonly enabled: boolean;
  /** Everything is done but the calls. */
  readonly report: boolean;
  readonly connection: string;
  /** What it writes; of an action: `call` and its operation, so that no resource is mistaken for it. */
  readonly resource: string;
  /** An action: `fields` are then its parameters. */
  readonly action?: Action;
  /** Yields a list: one target for each element. */
  readonly each?: Expression;
  readonly when?: Expression;
  /** The target's identity where it is not the record's. */
  readonly key?: Expression;
  readonly parent?: { readonly sync: string; readonly key?: Expression; readonly timeoutMs: number };
  readonly fields: readonly Field[];
  readonly tags: readonly TagRule[];
  readonly onDelete: Departure;
  readonly onLeave: Departure;
  /** Least time between two writes to one target, in ms. */
  readonly quietMs: number;
  readonly onMissing: 'create' | 'skip';
  /** Beyond it a person is asked. */
  readonly guard: Guard;
  /** What a child is found by; empty: what its resource declares. */
  readonly match: readonly string[];
  /** Each child carries a short mark in its text, to be found by. */
  readonly mark: boolean;
  /** Digest of the mapping as written: another one makes stored records flow through again. */
  readonly digest: string;
}

/** A `call`: runs once for each new digest of its parameters. */
export interface Action {
  readonly operation: string;
  /** Only where several parts have an operation of that id. */
  readonly part?: string;
  /** Once for each key, whatever changes. */
  readonly oncePerKey: boolean;
  /** What of records that are there at the first import. */
  readonly initial: 'skip' | 'run';
  /** It may be repeated when nobody knows whether it ran. */
  readonly repeatSafe: boolean;
  /** Syncs whose results its parameters ask for. */
  readonly results: readonly string[];
  /** Of a connection of type http: what its document says of the operation. */
  readonly http?: HttpOperation;
}

/** One field of the target. `custom`: named under `customFields`, by key or name. */
export interface Field {
  readonly name: string;
  readonly custom: boolean;
  readonly on: 'always' | 'create' | 'empty';
  readonly value: Expression;
  /** A whole-JSON literal (`{ value: … }`): null clears the field. */
  readonly literal: boolean;
}

/** `add` and `remove` may each yield several tags; `owns`: `else: remove`. */
export interface TagRule {
  readonly when?: Expression;
  readonly add: readonly Expression[];
  readonly remove: readonly Expression[];
  readonly owns: boolean;
}

/** What becomes of a target whose record is gone (`onDelete`) or no longer satisfies `when` (`onLeave`). */
export type Departure =
  | { readonly type: 'ignore' }
  | { readonly type: 'delete' }
  | { readonly type: 'tag'; readonly tag: Expression };
