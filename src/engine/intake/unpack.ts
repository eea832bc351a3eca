import type { HttpClient } from '../../connection/http-client.ts';
import { takesEvent } from '../../inbox/extract.ts';
import { PRIORITY } from '../../model/event.ts';
import { messageOf } from '../../model/problem.ts';
import type { Source } from '../../model/source.ts';
import type { Delivery } from '../../store/deliveries.ts';
import { arrivalsOf } from './arrivals-of.ts';
import { discreetOf } from '../discreet.ts';
import type { Intake } from './intake.ts';
import { createPump } from '../pump.ts';
import type { Runtime } from '../runtime.ts';

/** Takes the records out of stored deliveries, after they were answered. */
export interface Unpacker {
  wake(): void;
  /** Nothing is to be done, but for what waits longer than `horizonMs` for a source that can't answer. */
  isIdle(horizonMs?: number): Promise<boolean>;
  stop(): Promise<void>;
}

const BATCH = 200;
/** Records accepted in one transaction: more would hold up everything else. */
const ROWS = 500;
/** After a failure that is not the delivery's (the source's API, the store), in ms; doubled while it lasts. */
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;
/** How often it looks for what others have put there, in ms: `events retry` is a process of its own. */
const LOOK_MS = 2_000;

export function createUnpacker(
  runtime: Runtime,
  intake: Intake,
  clientOf: (connection: string) => HttpClient,
): Unpacker {
  const { store, clock, config, log } = runtime;
  /** Sources that can't be worked with now: their deliveries wait, those of others go on. */
  const resting = new Set<string>();
  /** While some wait: those up to here were looked at. */
  let seen = 0;
  let failures = 0;
  /** In monotonic ms, as clocks are set; nothing where no retry is to come. */
  let retryAt: number | undefined;
  let cancelRetry: () => void = () => undefined;
  const pump = createPump(unpackAll, retryLater);
  let cancelLook = clock.after(LOOK_MS, look);

  function look(): void {
    pump.wake();
    cancelLook = clock.after(LOOK_MS, look);
  }

  function retryLater(error: unknown): void {
    log.warn({ error: messageOf(error) }, 'deliveries could not be unpacked; they are tried again');
    if (retryAt !== undefined) return;
    const waitMs = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** failures++);
    retryAt = clock.monotonic() + waitMs;
    cancelRetry = clock.after(waitMs, () => {
      retryAt = undefined;
      resting.clear();
      seen = 0;
      pump.wake();
    });
  }

  async function unpackAll(): Promise<void> {
    for (;;) {
      const deliveries = await store.read.deliveries.received(BATCH, seen);
      if (deliveries.length === 0) break;
      await unpack(deliveries);
      seen = deliveries.at(-1)!.id;
    }
    if (resting.size > 0) return;
    seen = 0;
    failures = 0;
  }

  async function unpack(deliveries: readonly Delivery[]): Promise<void> {
    const dead = new Map<number, string>();
    const waiting = new Set<number>();
    for (const source of config.sources.values()) {
      const mine = deliveries.filter(
        ({ connection, id }) => connection === source.connection && !dead.has(id),
      );
      await unpackFor(source, mine, dead, waiting);
    }
    await store.write(async (tables) => {
      for (const { id } of deliveries)
        if (!waiting.has(id))
          await tables.deliveries.settle(id, dead.has(id) ? 'dead' : 'accepted', dead.get(id) ?? null);
    });
    for (const delivery of deliveries) tellDead(runtime, delivery, dead.get(delivery.id));
  }

  async function unpackFor(
    source: Source,
    deliveries: readonly Delivery[],
    dead: Map<number, string>,
    waiting: Set<number>,
  ): Promise<void> {
    const mine = deliveries.filter(({ name }) => takesEvent(source, name));
    try {
      if (resting.has(source.name)) throw new Error('the source rests');
      await take(source, mine, dead);
    } catch (error) {
      if (isOfOneRecord(error)) return takeOneByOne(source, mine, dead, waiting);
      rest(source, mine, waiting, error);
    }
  }

  async function takeOneByOne(
    source: Source,
    deliveries: readonly Delivery[],
    dead: Map<number, string>,
    waiting: Set<number>,
  ): Promise<void> {
    for (const [at, delivery] of deliveries.entries()) {
      try {
        await take(source, [delivery], dead);
      } catch (error) {
        if (!isOfOneRecord(error)) {
          rest(source, deliveries.slice(at), waiting, error);
          return;
        }
        dead.set(delivery.id, unreadable(source, error));
      }
    }
  }

  async function take(
    source: Source,
    deliveries: readonly Delivery[],
    dead: Map<number, string>,
  ): Promise<void> {
    const arrivals = await arrivalsOf(source, deliveries, clientOf(source.connection), dead);
    for (let at = 0; at < arrivals.length; at += ROWS) {
      const options = { origin: 'webhook', priority: PRIORITY.live, full: false } as const;
      await intake.accept(source, arrivals.slice(at, at + ROWS), options);
    }
  }

  /** All that was not reached waits with it: it may hold older states of the same records. */
  function rest(source: Source, deliveries: readonly Delivery[], waiting: Set<number>, error: unknown): void {
    for (const { id } of deliveries) waiting.add(id);
    if (resting.has(source.name)) return;
    resting.add(source.name);
    retryLater(error);
  }

  return {
    wake: pump.wake,
    isIdle: async (horizonMs = 0) => {
      if (pump.isRunning()) return false;
      // What waits for longer than that is left for another time.
      if (resting.size > 0 && (retryAt ?? 0) > clock.monotonic() + horizonMs) return horizonMs > 0;
      return (await store.read.deliveries.countReceived()) === 0;
    },
    stop: async () => {
      cancelLook();
      await pump.stop();
      cancelRetry();
    },
  };
}

function tellDead(runtime: Runtime, { id, raw }: Delivery, reason: string | undefined): void {
  if (reason !== undefined)
    runtime.log.warn({ delivery: id, state: 'dead' }, discreetOf(runtime, reason, [raw]));
}

/** Such as a body nested deeper than the stack: it would fail for ever, and must not hold up the others. */
function isOfOneRecord(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError;
}

function unreadable(source: Source, error: unknown): string {
  return `sources.${source.name}: the runner can't read this delivery: ${messageOf(error)}`;
}
