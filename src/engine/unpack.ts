import type { HttpClient } from '../connection/http-client.ts';
import { extract } from '../inbox/extract.ts';
import type { Arrival } from '../inbox/arrival.ts';
import { fetchRecord } from '../inbox/fetch-record.ts';
import { PRIORITY } from '../model/event.ts';
import { messageOf } from '../model/problem.ts';
import type { Source } from '../model/source.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { Intake } from './intake.ts';
import { createPump } from './pump.ts';
import type { Runtime } from './runtime.ts';

/** Takes the records out of stored deliveries, after they were answered. */
export interface Unpacker {
  wake(): void;
  isIdle(): Promise<boolean>;
  stop(): Promise<void>;
}

const BATCH = 200;
/** After a failure that is not the delivery's (the source's API, the store), in ms. */
const RETRY_MS = 5_000;

export function createUnpacker(
  runtime: Runtime,
  intake: Intake,
  clientOf: (connection: string) => HttpClient,
): Unpacker {
  const { store, clock, config, log } = runtime;
  let cancelRetry: () => void = () => undefined;
  const pump = createPump(unpackAll, (error) => {
    log.warn({ error: messageOf(error) }, 'deliveries could not be unpacked; they are tried again');
    cancelRetry = clock.after(RETRY_MS, pump.wake);
  });

  async function unpackAll(): Promise<void> {
    for (;;) {
      const deliveries = await store.read.deliveries.received(BATCH);
      if (deliveries.length === 0) return;
      await unpack(deliveries);
    }
  }

  async function unpack(deliveries: readonly Delivery[]): Promise<void> {
    const dead = new Map<number, string>();
    for (const source of config.sources.values()) {
      const mine = deliveries.filter(
        ({ connection, id }) => connection === source.connection && !dead.has(id),
      );
      const arrivals = await arrivalsOf(source, mine, dead);
      if (arrivals.length > 0)
        await intake.accept(source, arrivals, { origin: 'webhook', priority: PRIORITY.live, full: false });
    }
    await store.write(async (tables) => {
      for (const { id } of deliveries)
        await tables.deliveries.settle(id, dead.has(id) ? 'dead' : 'accepted', dead.get(id) ?? null);
    });
    for (const [delivery, reason] of dead) log.warn({ delivery, state: 'dead' }, reason);
  }

  async function arrivalsOf(
    source: Source,
    deliveries: readonly Delivery[],
    dead: Map<number, string>,
  ): Promise<Arrival[]> {
    const arrivals: Arrival[] = [];
    for (const delivery of deliveries) {
      const extracted = await extract(source, delivery);
      const whole = extracted.type === 'dead' ? extracted : await fetchAll(source, extracted.arrivals);
      if (whole.type === 'dead') dead.set(delivery.id, whole.reason);
      else arrivals.push(...whole.arrivals);
    }
    return arrivals;
  }

  async function fetchAll(source: Source, arrivals: readonly Arrival[]): ReturnType<typeof fetchRecord> {
    if (!source.fetch) return { type: 'arrivals', arrivals };
    const fetched: Arrival[] = [];
    for (const arrival of arrivals) {
      const one = await fetchRecord(source, arrival, clientOf(source.connection));
      if (one.type === 'dead') return one;
      fetched.push(...one.arrivals);
    }
    return { type: 'arrivals', arrivals: fetched };
  }

  return {
    wake: pump.wake,
    isIdle: async () => !pump.isRunning() && (await store.read.deliveries.countReceived()) === 0,
    stop: async () => {
      await pump.stop();
      cancelRetry();
    },
  };
}
