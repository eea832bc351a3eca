import { startEngine, type Engine } from '../../src/engine/engine.ts';
import { openWebhooks, type Webhooks } from '../../src/engine/intake/webhooks.ts';
import type { Config } from '../../src/model/config.ts';
import { BoothsyncError } from '../../src/model/problem.ts';
import type { Log } from '../../src/model/log.ts';
import type { Store, StoreOptions } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import type { Parts } from './parts.ts';
import { whoRuns, type Mortal, type VirtualTime } from './virtual-time.ts';

/** By this a bad row is known, should it ever be stored. */
export const BAD_ROW = 'a bad row';

/** One life of the runner's process. */
export interface Runner extends Mortal {
  /** Resolves once it works, dies before that, or is refused as another one owns the store. */
  readonly started: Promise<'works' | 'died' | 'refused'>;
  readonly engine: () => Engine;
  readonly webhooks: () => Webhooks;
  /** Kill -9, at once. */
  readonly kill: () => void;
  /** Kill -9 at a commit to come: before it is durable, or before anyone hears of it. */
  readonly killAt: (commits: number, durable: boolean) => void;
  /** SIGTERM: resolves when it has ended, whichever way. */
  readonly stop: () => Promise<void>;
  /** Resolves when its files are closed. */
  readonly ended: Promise<void>;
  /** Acts as this process. */
  readonly run: <T>(act: () => T) => T;
}

export interface RunnerOptions {
  readonly storePath: string;
  readonly config: Config;
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly log: Log;
  /** The disk takes no more at this moment. */
  readonly isDiskFull: () => boolean;
  /** Beside each write of it another one comes that is bad. */
  readonly hasBadRows: () => boolean;
  /** Something has become durable. */
  readonly committed: () => void;
  readonly rebuild: boolean;
  readonly opening: Partial<StoreOptions>;
  readonly parts: Parts;
}

export function startRunner(options: RunnerOptions): Runner {
  const { time } = options;
  let dead = false;
  let doomed: { commits: number; readonly durable: boolean } | undefined;
  let inner: Store | undefined;
  let engine: Engine | undefined;
  let webhooks: Webhooks | undefined;
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const never = new Promise<never>(() => undefined);

  // Asked for anew each time: anything may have killed it while it waited.
  const isDead = () => dead;

  function kill(): void {
    if (dead) return;
    dead = true;
    // The system closes its files, and frees its lock with them.
    void (inner?.close() ?? Promise.resolve()).then(over);
  }

  async function write<T>(store: Store, work: (tables: Tables) => Promise<T>): Promise<T> {
    if (dead) return never;
    time.stir();
    if (options.isDiskFull()) throw new Error('the disk is full');
    const last = doomed !== undefined && doomed.commits-- <= 0;
    if (last && !doomed!.durable) {
      kill();
      return never;
    }
    const result = await store.write(work);
    options.committed();
    time.stir();
    if (last) kill();
    return isDead() ? never : result;
  }

  async function start(): Promise<'works' | 'died' | 'refused'> {
    const { parts, config, random, log, rebuild, opening } = options;
    try {
      inner = await openStore(`sqlite:${options.storePath}`, { clock: time.clock, owner: true, ...opening });
    } catch (error) {
      if (!(error instanceof BoothsyncError) || error.problem.code !== 'store-held') throw error;
      kill();
      return 'refused';
    }
    const mortal: Store = {
      ...inner,
      read: mortalTables(
        inner.read,
        () => dead,
        () => time.stir(),
      ),
      write: (work) => write(inner!, work),
    };
    const store = withBadRows(parts.store?.(mortal, config) ?? mortal, options.hasBadRows);
    const wiring = { config: parts.config?.(config) ?? config, tenant: 'default', store, clock: time.clock };
    try {
      engine = await startEngine({ ...wiring, random, log, rebuild, owner: 'it' });
    } catch (error) {
      kill();
      if (options.isDiskFull()) return 'died';
      throw error;
    }
    webhooks = openWebhooks(engine);
    return 'works';
  }

  async function stop(): Promise<void> {
    webhooks?.stop();
    try {
      await engine?.stop();
    } catch {
      // The disk is full: it exits all the same, and has not said goodbye.
    }
    kill();
    await ended;
  }

  const runner: Runner = {
    isDead: () => dead,
    started: never,
    engine: () => engine!,
    webhooks: () => webhooks!,
    kill,
    killAt: (commits, durable) => (doomed = { commits, durable }),
    stop: () => whoRuns.run(runner, () => Promise.race([stop(), ended])),
    ended,
    run: (act) => whoRuns.run(runner, act),
  };
  const started = whoRuns.run(runner, () => Promise.race([start(), ended.then(() => 'died' as const)]));
  return { ...runner, started };
}

/** Writes that come together share a transaction: one that fails is to fail alone, and to leave nothing (ENGINE case 25). */
function withBadRows(store: Store, hasBadRows: () => boolean): Store {
  async function writeBadRow(): Promise<void> {
    const work = async (tables: Tables): Promise<void> => {
      await tables.lookups.put(BAD_ROW, BAD_ROW, BAD_ROW, 0);
      throw new Error(BAD_ROW);
    };
    await store.write(work).catch(() => undefined);
  }
  return {
    ...store,
    write: (work) => {
      if (hasBadRows()) void writeBadRow();
      return store.write(work);
    },
  };
}

/** What a dead process asks of its store is never answered. */
function mortalTables(tables: Tables, isDead: () => boolean, stir: () => void): Tables {
  const never = new Promise<never>(() => undefined);
  const mortal = (table: object) =>
    Object.fromEntries(
      Object.entries(table as Record<string, (...args: unknown[]) => Promise<unknown>>).map(([name, ask]) => [
        name,
        async (...args: unknown[]) => {
          if (isDead()) return never;
          stir();
          const answer = await ask(...args);
          return isDead() ? never : answer;
        },
      ]),
    );
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, mortal(table as object)]),
  ) as unknown as Tables;
}
