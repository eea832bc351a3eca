import type { GhlClient } from '../connection/ghl-client.ts';
import type { HttpClient } from '../connection/http-client.ts';
import type { Wire } from '../connection/wire.ts';
import type { Catalog } from '../catalog/load.ts';
import type { DeliverContext } from '../deliver/context.ts';
import { createGone } from '../deliver/gone.ts';
import { createLookups } from '../deliver/lookups.ts';
import type { Log } from '../model/log.ts';
import { messageOf } from '../model/problem.ts';
import type { Pause } from '../store/lanes.ts';
import type { Account } from './account.ts';
import { createExpiry } from './expiry.ts';
import { createBundles } from './turn/bundles.ts';
import { createGathering } from './turn/gathering.ts';
import { createHealth } from './health.ts';
import { createLocks, type Locks } from './turn/locks.ts';
import { createPump } from './pump.ts';
import { recover } from './recover.ts';
import { restWithout } from './rest-without.ts';
import type { LaneRuntime, Runtime } from './runtime.ts';
import { turn } from './turn/turn.ts';

/** All the work for one account, in order of urgency, each target by itself. */
export interface Lane {
  readonly account: string;
  /** Whose credentials its calls bear. */
  readonly connection: string;
  /** There may be something to do. */
  wake(): void;
  /** It starts nothing more until it is let go. */
  hold(): void;
  /** It works; where targets are named, on these only. */
  letGo(only?: readonly string[]): void;
  /** Nothing is under way, nothing is due now or within `horizonMs`. */
  isIdle(horizonMs: number): Promise<boolean>;
  paused(): Pause | null;
  /** A call has succeeded since it began, or paused last. */
  works(): boolean;
  /** Works on at once: what it was paused for is over. */
  resume(): void;
  /** Starts nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/** How a lane reaches its account. */
export interface Line {
  readonly wire: Wire;
  readonly client: GhlClient;
  /** Of a connection of type http, by its name. */
  readonly http: (connection: string) => HttpClient;
}

/** Targets under way at once where no rate limit says how many make sense. */
const MOST_UNLIMITED = 64;
/** Targets asked for in one query. */
const PAGE = 50;
/** How often it looks for what others have put there, in ms: `events retry` is a process of its own. */
const LOOK_MS = 2_000;

export function openLane(runtime: Runtime, account: Account, line: Line, catalog: Catalog): Lane {
  const { store, clock, log } = runtime;
  const limit = line.wire.connection.rateLimit;
  // With fewer, answers that take long would keep slots of the window unused.
  const most = limit ? Math.max(16, limit.requests) : MOST_UNLIMITED;
  const locks = createLocks();
  const underWay = new Set<Promise<void>>();
  let full = false;
  let stopped = false;
  let heldBack = false;
  let only: readonly string[] | undefined;
  let cancelTimer: () => void = () => undefined;

  const health = createHealth({
    clock,
    random: runtime.random,
    perMs: limit?.perMs ?? 1_000,
    changed: (pause) => tellPause(account, log, pause, stopped),
  });
  const pump = createPump(
    startWhatIsDue,
    (error) => {
      log.error({ lane: account.account, error: messageOf(error) }, 'the lane could not look for work');
      // The store may answer again: PostgreSQL restarts within seconds.
      cancelTimer();
      if (!stopped) cancelTimer = clock.after(LOOK_MS, pump.wake);
    },
    () => gathering.look(),
  );
  const expiry = createExpiry(runtime, account.account, () => pump.wake());
  const context = deliverContext(runtime, account, line, catalog);
  const bundles = createBundles(context, health, line.wire.connection.mostInBulk ?? 1);
  const gathering = createGathering({
    bundles,
    turnsUnderWay: () => underWay.size,
    isStarting: pump.isRunning,
    isFull: () => full,
    freed: pump.wake,
  });
  const laneRuntime: LaneRuntime = {
    ...runtime,
    account: account.account,
    health,
    deliver: context,
    bundles,
    away: gathering.away,
    locks,
  };

  async function startWhatIsDue(): Promise<void> {
    while (!stopped && !heldBack) {
      // A plan that asks nothing needs neither.
      if (!runtime.unasked) restWithout(account, line.wire, health, clock.now());
      // Live events may go past the places that a bulk import fills.
      const places = underWay.size - bundles.riders();
      const room = health.room(places, most);
      const liveRoom = health.room(places, 2 * most);
      full = room === 0;
      if (liveRoom === 0) break;
      const count = Math.min(PAGE, room || liveRoom);
      const due = only
        ? await store.read.events.dueAmong(account.account, clock.now(), count, except(only, locks))
        : await store.read.events.due(account.account, clock.now(), count, locks.taken(), room > 0);
      const targets = [...new Set(due)].filter((targetKey) => !locks.has(targetKey));
      if (targets.length === 0) break;
      targets.forEach(start);
    }
    await sleepUntilDue();
  }

  function start(targetKey: string): void {
    locks.take(targetKey);
    const work = turn(laneRuntime, targetKey)
      .catch((error: unknown) => recover(runtime, targetKey, error, () => stopped))
      .finally(() => {
        locks.giveBack(targetKey);
        underWay.delete(work);
        pump.wake();
        gathering.look();
      });
    underWay.add(work);
  }

  async function sleepUntilDue(): Promise<void> {
    cancelTimer();
    if (stopped || heldBack) return;
    const now = clock.now();
    await expiry.look(now);
    const due = await store.read.events.nextDue(account.account, only);
    const rests = health.restsUntil();
    // What is due and can't start now waits for whoever is under way, and they wake us.
    const held = underWay.size > 0 && due !== undefined && due <= now && rests === undefined;
    const wait = held || due === undefined ? LOOK_MS : Math.max(due - now, (rests ?? now) - now, 5);
    cancelTimer = clock.after(Math.min(wait, LOOK_MS), pump.wake);
  }

  return {
    account: account.account,
    connection: line.wire.connection.name,
    wake: pump.wake,
    hold: () => void (heldBack = true),
    letGo: (targets) => {
      heldBack = false;
      only = targets;
      pump.wake();
    },
    isIdle: async (horizonMs) => {
      if (underWay.size > 0 || pump.isRunning()) return false;
      const rests = health.restsUntil();
      if (rests !== undefined && rests > clock.now() + horizonMs) return true;
      const due = await store.read.events.nextDue(account.account, only);
      return due === undefined || due > clock.now() + horizonMs;
    },
    paused: () => health.paused(),
    works: () => health.works(),
    resume: () => {
      health.resume();
      pump.wake();
    },
    stop: async () => {
      stopped = true;
      await pump.stop();
      cancelTimer();
      expiry.stop();
      await Promise.allSettled(underWay);
    },
  };
}

/** Calls that are cut off at a stop are nobody's trouble. */
function tellPause(account: Account, log: Log, pause: Pause | null, isStopped: boolean): void {
  if (isStopped) return;
  account.setPaused(pause);
  const detail = { lane: account.account };
  if (pause)
    log.warn(
      { ...detail, until: new Date(pause.until).toISOString() },
      `lane paused: ${pause.reason}; ${pause.remedy}`,
    );
  else log.info(detail, 'lane works again');
}

function except(targets: readonly string[], locks: Locks): readonly string[] {
  return targets.filter((targetKey) => !locks.has(targetKey));
}

function deliverContext(
  runtime: Runtime,
  account: Account,
  { wire, client, http }: Line,
  catalog: Catalog,
): DeliverContext {
  const { store, clock } = runtime;
  return {
    account: account.account,
    client,
    http,
    store,
    clock,
    lookups: createLookups(account.account, client, store, clock),
    timezone: runtime.config.timezone,
    timeoutMs: wire.connection.timeoutMs,
    lookFirst: runtime.rebuild,
    born: new Set(),
    listing: new Map(),
    scouts: [],
    gone: createGone(),
    unasked: runtime.unasked,
    ...(runtime.newId ? { newId: runtime.newId } : {}),
    startedAt: clock.now(),
    operation: (id, part) => {
      const operation = catalog.operation(id, part);
      if (!operation) throw new Error(`the catalogue has no operation ${id}`);
      return operation;
    },
  };
}
