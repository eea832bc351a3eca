import type { Clock } from '../model/clock.ts';
import type { Tables } from './tables.ts';

/**
 * The durable memory. `read` sees what is committed; `write` is one transaction, durable when it resolves. Writes run one
 * after the other, those of other processes included, and `work` may be run again where its transaction has to be.
 */
export interface Store {
  readonly read: Tables;
  write<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Aborts, with a `store-held` problem, when another process took the store over: nothing can be written any more. */
  readonly lost: AbortSignal;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** Its process is the only one that delivers from this store; refused where another one is. */
  readonly owner: boolean;
}
