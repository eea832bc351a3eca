import type { Config } from '../../src/model/config.ts';
import type { StoreOptions, Store } from '../../src/store/store.ts';

/**
 * Parts that a simulation may be given instead of its own: to break one rule of the engine on purpose and see whether the
 * simulation notices.
 */
export interface Parts {
  /** Around the store that the engine sees; `config` is what it runs. */
  readonly store?: (store: Store, config: Config) => Store;
  readonly config?: (config: Config) => Config;
  /** Around what the engine's calls go through. */
  readonly fetch?: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
  /** False: a store that is built anew is none to know it. */
  readonly rebuild?: false;
  /** How a second runner opens the store. */
  readonly secondOpening?: Partial<StoreOptions>;
}
