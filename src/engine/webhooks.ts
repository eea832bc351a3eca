import { takesEvent } from '../inbox/extract.ts';
import { receive, type Receipt, type ReceiveContext } from '../inbox/receive.ts';
import type { Knock } from '../inbox/knock.ts';
import { noteInstall } from './note-install.ts';
import { messageOf } from '../model/problem.ts';
import type { Engine } from './engine.ts';
import { syncsOf } from './destinations.ts';

/** The doors of a config's connections. */
export interface Webhooks {
  has(connection: string, tenant: string | undefined): boolean;
  /** The largest body that a connection takes, in bytes; the largest of all without one. */
  bodyLimit(connection?: string): number;
  receive(connection: string, knock: Knock): Promise<Receipt>;
  /** Events and deliveries that waited when it was last counted; nothing before that. */
  backlog(): number | undefined;
  stop(): void;
}

/** How often the backlog is counted, in ms: counting at each request would cost more than storing it. */
const COUNT_MS = 1_000;
/** Verified, whether or not a source takes it. */
const ACCEPTED: readonly Receipt['type'][] = ['stored', 'known', 'unwanted'];

export function openWebhooks(engine: Engine): Webhooks {
  const { config, tenant, store, clock, log } = engine.runtime;
  const sources = [...config.sources.values()].filter((source) => syncsOf(config, source.name).length > 0);
  let full = false;
  let waiting: number | undefined;
  let stopped = false;
  let cancel = clock.after(COUNT_MS, count);

  function count(): void {
    Promise.all([store.read.events.backlog(), store.read.deliveries.countReceived()])
      .then(([events, deliveries]) => {
        waiting = events + deliveries;
        full = waiting >= config.server.backlog;
      })
      .catch(() => (full = true)) // what can't be counted can't be stored either
      .finally(() => {
        if (!stopped) cancel = clock.after(COUNT_MS, count);
      });
  }

  const context: ReceiveContext = {
    store,
    clock,
    tenant,
    stamp: engine.runtime.stamp,
    isWanted: (connection, event) =>
      sources.some((source) => source.connection === connection && takesEvent(source, event)),
    isFull: () => full,
  };

  return {
    has: (connection, named) =>
      config.connections.get(connection)?.webhook !== undefined && (named ?? tenant) === tenant,
    bodyLimit: (name) => {
      const { bodyLimitBytes } = config.server;
      if (name !== undefined) return config.connections.get(name)?.webhook?.bodyLimitBytes ?? bodyLimitBytes;
      const own = [...config.connections.values()].map(({ webhook }) => webhook?.bodyLimitBytes ?? 0);
      return Math.max(bodyLimitBytes, ...own);
    },
    receive: async (name, knock) => {
      try {
        const receipt = await receive(context, config.connections.get(name)!, knock);
        if (receipt.type === 'stored') engine.unpacker.wake();
        if (ACCEPTED.includes(receipt.type)) noteInstall(engine, config.connections.get(name)!, knock.raw);
        log.debug({ connection: name, receipt: receipt.type }, 'webhook');
        return receipt;
      } catch (error) {
        // Not stored, so not accepted: the sender keeps it and comes again.
        log.error({ connection: name, error: messageOf(error) }, 'a webhook could not be stored');
        return { type: 'busy', message: "the store can't be written at this moment" };
      }
    },
    backlog: () => waiting,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
