import { accept, type Accepted, type AcceptContext, type AcceptOptions } from '../../src/inbox/accept.ts';
import type { Arrival } from '../../src/inbox/arrival.ts';
import type { Destination } from '../../src/inbox/draft-events.ts';
import { identify } from '../../src/inbox/identify.ts';
import type { SyncEvent } from '../../src/model/event.ts';
import type { Source } from '../../src/model/source.ts';
import type { Store } from '../../src/store/store.ts';
import type { ManualClock } from './clocks.ts';
import { aSource, prop } from './syncs.ts';

/** Where the records of a test go: `contacts`, each to a target of its own. */
export const toContact = (key: string, wish: Partial<Destination> = {}): Destination => ({
  sync: 'contacts',
  lane: 'account',
  quietMs: 0,
  route: { type: 'to', targetKey: `account|contact||${key}` },
  ...wish,
});

export interface Acceptance {
  readonly store: Store;
  /** Accepts records that the source wrote; `asOf` rises by itself. */
  accept(records: readonly object[], options?: Partial<AcceptOptions>): Promise<Accepted>;
  /** The same for what says when it arrived. */
  acceptArrivals(arrivals: readonly Arrival[], options?: Partial<AcceptOptions>): Promise<Accepted>;
  events(): Promise<SyncEvent[]>;
}

/** The acceptance of a source `bookings` whose records say `id`, `at` (ms) and `deleted`. */
export function anAcceptance(
  store: Store,
  clock: ManualClock,
  destinations: AcceptContext['destinations'] = (_, { key, record }) =>
    Promise.resolve([toContact(key, record.gone ? { route: { type: 'left' } } : {})]),
  wish: Partial<Source> = {},
): Acceptance {
  const source = aSource({ updatedAt: prop('at'), deleted: prop('deleted'), ...wish });
  const context: AcceptContext = {
    store,
    clock,
    tenant: 'default',
    identify: (_, arrival) =>
      identify(
        source,
        arrival,
        ({ record, name }) => Promise.resolve({ record, bindings: { event: name } }),
        async ({ record, bindings }) => Boolean(await source.deleted?.(record, bindings)),
      ),
    destinations,
  };
  let asOf = 1_000;
  const acceptArrivals: Acceptance['acceptArrivals'] = (arrivals, options = {}) =>
    accept(context, source, arrivals, { origin: 'webhook', priority: 0, full: false, ...options });
  return {
    store,
    acceptArrivals,
    accept: (records, options) =>
      acceptArrivals(
        records.map((record) => ({ record: { ...record }, asOf: (asOf += 1_000), name: null })),
        options,
      ),
    events: async () => (await store.read.events.list({ limit: 2_000 })).reverse(),
  };
}
