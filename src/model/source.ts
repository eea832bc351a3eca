import type { Expression } from './expression.ts';
import type { Poll } from './poll.ts';
import type { RequestTemplate } from './request.ts';

/** A stream of records of a connection, with its triggers. */
export interface Source {
  readonly name: string;
  readonly connection: string;
  readonly key: Expression;
  readonly updatedAt?: Expression;
  readonly deleted?: Expression;
  /** In the file's order; a later one sees the earlier ones as `$name`. */
  readonly let: readonly { readonly name: string; readonly value: Expression }[];
  /** `empty: keep`: null and "" in a record are values, not missing. */
  readonly keepEmpty: boolean;
  /** A webhook's record holds only what changed; it is merged over the stored one. */
  readonly partial: boolean;
  /** A webhook's record holds only its key; the whole is read by it. */
  readonly fetch?: { readonly request: RequestTemplate; readonly record: Expression };
  readonly webhook?: { readonly events: readonly string[]; readonly record: Expression };
  readonly poll?: Poll;
}
