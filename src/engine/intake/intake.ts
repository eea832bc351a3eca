import { accept, type Accepted, type AcceptContext, type AcceptOptions } from '../../inbox/accept.ts';
import type { Arrival } from '../../inbox/arrival.ts';
import { identify } from '../../inbox/identify.ts';
import { isDeleted } from '../../map/departure.ts';
import { scopeOf } from '../../map/scope.ts';
import { eventBindings } from '../../model/event.ts';
import type { Source } from '../../model/source.ts';
import { destinationsOf, syncsOf } from './destinations.ts';
import { discreet } from '../discreet.ts';
import type { Runtime } from '../runtime.ts';

/** The way into the inbox: one at a time for each source, as each acceptance judges against the one before. */
export interface Intake {
  accept(source: Source, arrivals: readonly Arrival[], options: AcceptOptions): Promise<Accepted>;
}

/** `arrived` is told of lanes that may have something to do. */
export function createIntake(runtime: Runtime, arrived: () => void): Intake {
  const { config, tenant, store, clock } = runtime;
  const turns = new Map<string, Promise<unknown>>();
  const context: AcceptContext = {
    store,
    clock,
    tenant,
    identify: (source, arrival) =>
      identify(
        source,
        arrival,
        ({ record, name }) => scopeOf(source, record, eventBindings(name)),
        (sighted) => isDeleted(source, sighted),
      ),
    destinations: (source, one) => destinationsOf(config, tenant, source, syncsOf(config, source.name), one),
  };

  async function take(
    source: Source,
    arrivals: readonly Arrival[],
    options: AcceptOptions,
  ): Promise<Accepted> {
    const eachState = syncsOf(config, source.name).some((sync) => sync.action !== undefined);
    const accepted = await accept(context, source, arrivals, { ...options, eachState });
    for (const { state } of accepted.ended) runtime.ended(state, 1);
    runtime.ended('superseded', accepted.superseded);
    for (const event of accepted.ended) {
      if (event.state === 'dead')
        runtime.log.warn(
          { sync: event.sync, state: event.state },
          discreet(runtime, event.reason ?? '', [event.key, event.recorded]),
        );
    }
    if (accepted.events > 0) arrived();
    return accepted;
  }

  return {
    accept: (source, arrivals, options) => {
      const before = turns.get(source.name) ?? Promise.resolve();
      const mine = before.then(() => take(source, arrivals, options));
      turns.set(
        source.name,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}
