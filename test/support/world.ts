import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, inject } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { startEngine, type Engine } from '../../src/engine/engine.ts';
import { runPass } from '../../src/engine/run.ts';
import { openWebhooks, type Webhooks } from '../../src/engine/intake/webhooks.ts';
import type { Receipt } from '../../src/inbox/receive.ts';
import type { Config } from '../../src/model/config.ts';
import type { EventState, SyncEvent } from '../../src/model/event.ts';
import type { Log } from '../../src/model/log.ts';
import type { GhlOptions } from '../../src/sandbox/ghl/ghl.ts';
import { startGhl, type RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aConfig, type ConfigWish } from './a-config.ts';
import { watchedClock, type WatchedClock } from './clocks.ts';
import { newDatabase, newSchema } from './postgres-server.ts';
import { startSource, type ScriptedSource } from './scripted-source.ts';
import { until } from './wait.ts';
import { childEnvironment } from './child-environment.ts';

/** A target, a source and a store: the world that a runner works in. */
export interface World {
  readonly ghl: RunningGhl;
  readonly source: ScriptedSource;
  readonly folder: string;
  readonly configPath: string;
  /** Empty at first: a file, or a schema of PostgreSQL's where vitest's project says so. */
  readonly storeUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts a runner on this world's store; another config is an edited file. */
  start(options?: StartOptions): Promise<Runner>;
  /** Runs the command line in a process of its own, on Node as we are. */
  spawn(...args: string[]): Process;
  /** The same, where no file may grow past so many KiB: a full disk. */
  spawnOnFullDisk(kib: number, ...args: string[]): Process;
  writeConfig(wish: ConfigWish): Promise<void>;
}

export interface StartOptions {
  readonly config?: ConfigWish;
  readonly clock?: WatchedClock;
  readonly random?: () => number;
  /** Instead of the world's own; closed by the runner all the same. */
  readonly openStore?: (config: Config, clock: WatchedClock) => Promise<Store>;
  /** How long a sender waits for the store, in ms of `clock`: so long, unless told, that a busy machine is no store that stalls. */
  readonly patienceMs?: number;
  /** The test leaves events undone, and means it. */
  readonly mayLeaveWork?: boolean;
}

export interface Runner {
  readonly engine: Engine;
  readonly store: Store;
  readonly log: LogLines;
  /** Its doors. */
  readonly webhooks: Webhooks;
  pass(options?: { full?: boolean; syncs?: readonly string[] }): Promise<void>;
  /** A webhook of the connection `booth`, as JSON. */
  webhook(body: unknown, options?: WebhookOptions): Promise<Receipt>;
  /** Nothing is under way and nothing is due within a second. */
  idle(): Promise<void>;
  /** All events, oldest first. */
  events(): Promise<SyncEvent[]>;
  states(): Promise<EventState[]>;
  /** Why the deliveries that are dead letters are so. */
  deadDeliveries(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface WebhookOptions {
  readonly connection?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

export interface LogLines extends Log {
  readonly lines: readonly { readonly level: string; readonly message: string; readonly detail: object }[];
}

export interface Process {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** kill -9, and until it is gone. */
  readonly kill: () => Promise<void>;
}

/** Worlds for a test file: each is taken down after its test, which fails if it left work behind. */
export function worlds(): (config?: ConfigWish, ghl?: GhlOptions) => Promise<World> {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    const errors: unknown[] = [];
    for (const close of closing.splice(0).reverse())
      await close().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  });
  return (config = {}, ghl = {}) => createWorld(config, ghl, closing);
}

async function createWorld(
  wish: ConfigWish,
  options: GhlOptions,
  closing: (() => Promise<void>)[],
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-engine-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const ghl = await startGhl({
    unknownContact: 404,
    ...options,
    limit: { requests: 1000, perMs: 100, ...options.limit },
  });
  closing.push(() => ghl.close());
  const source = await startSource();
  closing.push(() => source.close());
  const env = {
    SOURCE_URL: source.url,
    GHL_URL: ghl.url,
    GHL_TOKEN: ghl.token,
    GHL_LOCATION_ID: ghl.locationId,
  };
  const configPath = join(folder, 'sync.config.yaml');
  const storeUrl = await newStore(folder);
  const writeConfig = (edited: ConfigWish) =>
    writeFile(configPath, aConfig({ ...edited, top: { store: storeUrl, ...edited.top } }));
  await writeConfig(wish);
  return {
    ghl,
    source,
    folder,
    configPath,
    storeUrl,
    env,
    writeConfig,
    start: async (started = {}) => {
      if (started.config) await writeConfig(started.config);
      const runner = await startRunner(configPath, env, started);
      closing.push(() => runner.close());
      return runner;
    },
    spawn: (...args) => {
      const running = spawnCli([...args, '-c', configPath], env);
      closing.push(() => running.kill());
      return running;
    },
    spawnOnFullDisk: (kib, ...args) => {
      const running = spawnCli([...args, '-c', configPath], env, `ulimit -f ${kib};`);
      closing.push(() => running.kill());
      return running;
    },
  };
}

/** Of this file: the more schemas a database has, the longer a new store takes. */
let database: Promise<string> | undefined;

async function newStore(folder: string): Promise<string> {
  const server = inject('postgres');
  if (server === undefined) return `sqlite:${join(folder, 'sync.db')}`;
  return newSchema(await (database ??= newDatabase(server)));
}

async function startRunner(
  configPath: string,
  env: World['env'],
  options: StartOptions,
): Promise<Runner & { close(): Promise<void> }> {
  const { config, problems } = await loadConfig(configPath, { env });
  if (!config) throw new Error(JSON.stringify(problems, null, 2));
  const clock = options.clock ?? watchedClock();
  const open = options.openStore ?? (() => openStore(config.store, { clock, owner: true }));
  const store = await open(config, clock);
  const log = createLogLines();
  const random = options.random ?? Math.random;
  const engine = await startEngine({
    config,
    tenant: 'default',
    store,
    clock,
    random,
    log,
    owner: 'the test',
  });
  const webhooks = openWebhooks(engine, options.patienceMs ?? 3_600_000);
  const abort = new AbortController();
  const passes = new Set<Promise<void>>();

  async function stop(): Promise<void> {
    if (abort.signal.aborted) return;
    abort.abort();
    webhooks.stop();
    await Promise.allSettled(passes);
    await engine.stop();
    const left = await workIn(store);
    await store.close();
    await until(
      () => clock.timersSet() === 0,
      `the end of ${clock.timersSet()} timers of a stopped runner`,
      3_000,
    );
    if (left !== '' && options.mayLeaveWork !== true) throw new Error(`the test left work behind: ${left}`);
  }

  const events = async () => (await store.read.events.list({ limit: 100_000 })).reverse();
  return {
    engine,
    store,
    log,
    webhooks,
    events,
    states: async () => (await events()).map(({ state }) => state),
    deadDeliveries: async () =>
      (await store.read.deliveries.dead(1_000)).map(({ reason }) => reason ?? '').reverse(),
    pass: ({ full = false, syncs = [] } = {}) => {
      const pass = runPass(engine, { syncs, full, signal: abort.signal });
      passes.add(pass);
      return pass;
    },
    webhook: (body, { connection = 'booth', headers = {}, query = {} } = {}) =>
      webhooks.receive(connection, { raw: Buffer.from(JSON.stringify(body)), headers, query }),
    idle: () => until(() => isIdle(engine), 'rest'),
    stop,
    close: stop,
  };
}

async function isIdle({ unpacker, lanes }: Engine): Promise<boolean> {
  if (!(await unpacker.isIdle())) return false;
  for (const lane of lanes) if (!(await lane.isIdle(10_000))) return false;
  return true;
}

async function workIn({ read }: Store): Promise<string> {
  const counts = (await read.events.counts()).filter(
    ({ state }) => state === 'pending' || state === 'sending',
  );
  const deliveries = await read.deliveries.countReceived();
  const words = counts.map(({ sync, state, count }) => `${count} ${state} of ${sync}`);
  return [...words, ...(deliveries > 0 ? [`${deliveries} deliveries`] : [])].join(', ');
}

function createLogLines(): LogLines {
  const lines: { level: string; message: string; detail: object }[] = [];
  const add = (level: string) => (detail: object, message: string) =>
    void lines.push({ level, message, detail });
  return { lines, debug: () => undefined, info: add('info'), warn: add('warn'), error: add('error') };
}

function spawnCli(args: readonly string[], env: World['env'], before = ''): Process {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const child = spawn('bash', ['-c', `${before} exec "$0" "$@"`, process.execPath, main, ...args], {
    env: { ...process.env, ...childEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  return {
    child,
    output: () => output,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const LOOK_UPS = new Set(['get-location', 'get-custom-fields']);

/** The operations that a target was called with, in order; without the look-ups that are made once. */
export function operationsOf(ghl: RunningGhl): string[] {
  return ghl.calls.map(({ operation }) => operation).filter((operation) => !LOOK_UPS.has(operation));
}
