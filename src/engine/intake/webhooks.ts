import { takesEvent } from '../../inbox/extract.ts';
import { receive, type Receipt, type ReceiveContext } from '../../inbox/receive.ts';
import type { Knock } from '../../inbox/knock.ts';
import { within } from '../../model/clock.ts';
import type { Connection } from '../../model/connection.ts';
import { messageOf } from '../../model/problem.ts';
import { syncsOf } from './destinations.ts';
import type { Engine } from '../engine.ts';
import { noteInstall } from '../tokens/note-install.ts';

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
/**
 * How long the store may bring nothing through while senders wait, in ms, unless told: many hang up after five seconds or ten, and
 * HighLevel comes again after a 429 only. What is written later all the same is known when it does.
 */
const ANSWER_MS = 4_000;
/** Looks in that time: on a machine that is too busy to look, the store is not silent, but was not asked. */
const LOOKS = 8;
const STALLED = 'the store does not answer at this moment';
/** Verified, whether or not a source takes it. */
const ACCEPTED: readonly Receipt['type'][] = ['stored', 'known', 'unwanted'];

export function openWebhooks(engine: Engine, patienceMs = ANSWER_MS): Webhooks {
  const { config, tenant, store, clock, log } = engine.runtime;
  const sources = [...config.sources.values()].filter((source) => syncsOf(config, source.name).length > 0);
  let full = false;
  let waiting: number | undefined;
  /** Webhooks whose senders were told to come again, and that may still be written. */
  let overdue = 0;
  /** Of the store, so far: while there are more, who waits will have his turn. */
  let answers = 0;
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
    // Past what is overdue nothing comes through sooner; and what waits must not fill the memory.
    noRoom: () => (overdue > 0 ? STALLED : full ? 'the backlog is full' : undefined),
  };

  async function keep(connection: Connection, knock: Knock): Promise<Receipt> {
    try {
      const receipt = await receive(context, connection, knock);
      if (receipt.type === 'stored' || receipt.type === 'known') answers += 1;
      if (receipt.type === 'stored') engine.unpacker.wake();
      if (ACCEPTED.includes(receipt.type)) noteInstall(engine, connection, knock.raw);
      log.debug({ connection: connection.name, receipt: receipt.type }, 'webhook');
      return receipt;
    } catch (error) {
      answers += 1;
      // Not stored, so not accepted: the sender keeps it and comes again.
      log.error({ connection: connection.name, error: messageOf(error) }, 'a webhook could not be stored');
      return { type: 'busy', message: "the store can't be written at this moment" };
    }
  }

  async function soon(kept: Promise<Receipt>): Promise<Receipt> {
    for (let silent = 0; silent < LOOKS;) {
      const before = answers;
      const receipt = await within(clock, patienceMs / LOOKS, kept, () => undefined);
      if (receipt) return receipt;
      silent = answers > before ? 0 : silent + 1;
    }
    return tellToComeAgain(kept);
  }

  function tellToComeAgain(kept: Promise<Receipt>): Receipt {
    if (overdue === 0)
      log.warn({}, `the store has not answered for ${patienceMs / 1_000} s: webhooks are told to come again`);
    overdue += 1;
    void kept.finally(() => (overdue -= 1));
    return { type: 'busy', message: STALLED };
  }

  return {
    has: (connection, named) =>
      config.connections.get(connection)?.webhook !== undefined && (named ?? tenant) === tenant,
    bodyLimit: (name) => {
      const { bodyLimitBytes } = config.server;
      if (name !== undefined) return config.connections.get(name)?.webhook?.bodyLimitBytes ?? bodyLimitBytes;
      const own = [...config.connections.values()].map(({ webhook }) => webhook?.bodyLimitBytes ?? 0);
      return Math.max(bodyLimitBytes, ...own);
    },
    receive: (name, knock) => soon(keep(config.connections.get(name)!, knock)),
    backlog: () => waiting,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
