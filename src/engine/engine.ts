import { createCatalog } from '../catalog/load.ts';
import { credentialsOf } from '../connection/authorize.ts';
import { createGhlClient, type GhlClient } from '../connection/ghl-client.ts';
import { createHttpClient, type HttpClient } from '../connection/http-client.ts';
import type { Wire } from '../connection/wire.ts';
import type { CallMade } from '../connection/call-made.ts';
import { accountOf, type Connection } from '../model/connection.ts';
import type { Clock } from '../model/clock.ts';
import type { Config } from '../model/config.ts';
import type { EventState } from '../model/event.ts';
import type { Log } from '../model/log.ts';
import type { RateLimit } from '../model/rate-limit.ts';
import { createRedactor, type Redactor } from '../model/redactor.ts';
import type { TokenSource } from '../connection/token-source.ts';
import type { Store } from '../store/store.ts';
import { arrivalTimes } from './intake/arrival-times.ts';
import { openAccount, type Account } from './account.ts';
import { watchCredentials } from './tokens/credential-age.ts';
import { guardedSyncs, guardLeftovers, guardSyncs } from './guard/guard-syncs.ts';
import { createIntake, type Intake } from './intake/intake.ts';
import { openLane, type Lane } from './lane.ts';
import { openTokens } from './tokens/open-tokens.ts';
import { createPoller, type Poller } from './intake/poller.ts';
import { remapEdited } from './intake/remap.ts';
import { renameSyncs } from './rename-syncs.ts';
import type { Runtime } from './runtime.ts';
import { startTidying } from './tidy.ts';
import { createUnpacker, type Unpacker } from './intake/unpack.ts';

/** A config at work: its lanes, its inbox, its polls. */
export interface Engine {
  readonly runtime: Runtime;
  readonly lanes: readonly Lane[];
  readonly accounts: readonly Account[];
  readonly poller: Poller;
  readonly intake: Intake;
  readonly unpacker: Unpacker;
  /** By connection, of those with OAuth. */
  readonly tokens: ReadonlyMap<string, TokenSource>;
  /** Calls sent to targets so far. */
  calls(): number;
  /** What kept this connection from a token may be over. */
  retryToken(connection: string): void;
  /** Finishes what is under way; nothing is lost of the rest. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly config: Config;
  readonly tenant: string;
  readonly store: Store;
  /** Where `store` is a copy: the store itself, as a refresh that only the copy knew of would lose the tokens. */
  readonly tokenStore?: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Who owns the lanes, for people: a process id. */
  readonly owner: string;
  /** What the log takes out, too: it learns tokens as they come. */
  readonly redactor?: Redactor;
  readonly rebuild?: boolean;
  readonly onEnded?: (state: EventState, count: number) => void;
  readonly onCall?: (call: CallMade) => void;
  /** Hears of every poll that ended. */
  readonly onPoll?: Runtime['polled'];
  readonly onStep?: Runtime['stepped'];
  /** Who answers for the targets: the APIs themselves, unless told. */
  readonly targets?: Targets;
  /** Ids of what they create, where they tell none. */
  readonly newId?: () => string;
  /** These answer without asking: whatever the mapping names is taken to be there. */
  readonly unasked?: boolean;
  /** The lanes start nothing until they are let go. */
  readonly held?: boolean;
}

/** Clients of the targets, of either type. */
export interface Targets {
  readonly client: (wire: Wire) => GhlClient;
  readonly http: (wire: Wire) => HttpClient;
}

/** How long calls that are under way may take once the runner is stopped, in ms: it ends within ten seconds. */
const LAST_CALLS_MS = 4_000;

/** Wires everything, and takes up what an earlier process left. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { config, store, clock, log } = options;
  const runtime: Runtime = {
    ...options,
    stamp: arrivalTimes(clock, await lastStamp(store)),
    rebuild: options.rebuild ?? false,
    unasked: options.unasked ?? false,
    ended: options.onEnded ?? (() => undefined),
    stepped: options.onStep ?? (() => undefined),
    polled: options.onPoll ?? (() => undefined),
  };
  // First what may fail: nothing is running yet that would have to be stopped.
  await renameSyncs(runtime);
  const released = await store.write((tables) => tables.events.releaseSending(clock.now()));
  if (released > 0) log.info({ events: released }, 'taking up what was under way when the runner stopped');
  const remapped = await remapEdited(runtime);
  await guardLeftovers(runtime);
  if (remapped > 0)
    log.info({ events: remapped }, 'the mapping was edited: stored records flow through it again');
  let targetCalls = 0;
  const targets = new Set([...config.syncs.values()].map((sync) => sync.connection));
  const accounts = await openAccounts(options);
  const redactor = options.redactor ?? createRedactor(config.secrets);
  const onCall = (call: CallMade) => {
    if (targets.has(call.connection)) targetCalls += 1;
    log.debug(call, 'call');
    options.onCall?.(call);
  };
  const lanes: Lane[] = [];
  const resume = (connection: string) => {
    for (const lane of lanes) if (lane.connection === connection) lane.resume();
  };
  const tokens = await openTokens(
    { ...runtime, store: options.tokenStore ?? store, redactor, onCall },
    resume,
  );
  const stopWatching = await watchCredentials(runtime);
  const wires = new Map<string, Wire>();
  const underWay = new Set<AbortController>();
  for (const connection of config.connections.values()) {
    const { limiter, observeDay, usedUp } = accounts.get(accountOf(connection))!;
    const { redact } = redactor;
    for (const header of Object.values(credentialsOf(connection.auth).headers)) redactor.learn(header);
    const own = tokens.get(connection.name);
    wires.set(connection.name, {
      connection,
      limiter,
      clock,
      stamp: runtime.stamp,
      redact,
      observeDay,
      usedUp,
      onCall,
      underWay,
      ...(own ? { tokens: own } : {}),
    });
  }
  const clients = new Map<string, HttpClient>(
    [...wires].map(([name, wire]) => [name, createHttpClient(wire)]),
  );
  const clientOf = (connection: string) => clients.get(connection)!;

  const answering = options.targets ?? {
    client: createGhlClient,
    http: (wire: Wire) => clientOf(wire.connection.name),
  };
  lanes.push(...openLanes(runtime, targets, accounts, wires, answering));
  if (options.held) lanes.forEach((lane) => lane.hold());
  const wakeLanes = () => lanes.forEach((lane) => lane.wake());
  const intake = createIntake(runtime, wakeLanes);
  const weigh = async (source: string) => {
    if ((await guardSyncs(runtime, guardedSyncs(runtime, source))) > 0) wakeLanes();
  };
  const poller = createPoller(runtime, intake, clientOf, weigh);
  const unpacker = createUnpacker(runtime, intake, clientOf);
  const stopTidying = startTidying(runtime);
  unpacker.wake();
  wakeLanes();
  return {
    runtime,
    lanes,
    accounts: [...accounts.values()],
    poller,
    intake,
    unpacker,
    tokens,
    calls: () => targetCalls,
    retryToken: (connection) => {
      tokens.get(connection)?.retry();
      resume(connection);
    },
    stop: async () => {
      stopTidying();
      stopWatching();
      for (const source of tokens.values()) source.stop();
      // Whoever waits for a slot gives up now: its event stays pending.
      for (const { limiter } of accounts.values()) limiter.stop();
      // What is cut off may have been done all the same, as after a timeout.
      const cutOff = () => {
        for (const call of underWay) call.abort('no answer before the runner was stopped');
      };
      const cancel = clock.after(LAST_CALLS_MS, cutOff);
      await Promise.all([poller.stop(), unpacker.stop(), ...lanes.map((lane) => lane.stop())]).finally(
        cancel,
      );
      // Each stops its own timers, also where the store can't be written any more.
      const stopped = await Promise.allSettled([...accounts.values()].map((account) => account.stop()));
      for (const one of stopped) if (one.status === 'rejected') throw one.reason;
    },
  };
}

/** The last time that an earlier process gave to something that it kept. */
async function lastStamp({ read }: Store): Promise<number> {
  return Math.max(await read.records.lastStamp(), await read.deliveries.lastReceivedAt());
}

/** One for each account; of the limits that several connections of one account name, the strictest counts. */
async function openAccounts({ config, store, clock, owner }: EngineOptions): Promise<Map<string, Account>> {
  const limits = new Map<string, RateLimit | undefined>();
  for (const connection of config.connections.values()) {
    const name = accountOf(connection);
    limits.set(name, stricter(limits.get(name), connection.rateLimit));
  }
  const accounts = new Map<string, Account>();
  for (const [name, limit] of limits) accounts.set(name, await openAccount(name, limit, store, clock, owner));
  return accounts;
}

function stricter(a: RateLimit | undefined, b: RateLimit | undefined): RateLimit | undefined {
  if (!a || !b) return a ?? b;
  return a.requests / a.perMs <= b.requests / b.perMs ? a : b;
}

function openLanes(
  runtime: Runtime,
  targets: ReadonlySet<string>,
  accounts: ReadonlyMap<string, Account>,
  wires: ReadonlyMap<string, Wire>,
  answering: Targets,
): Lane[] {
  const catalog = createCatalog();
  const byAccount = new Map<string, Connection>();
  for (const name of targets) {
    const connection = runtime.config.connections.get(name)!;
    byAccount.set(accountOf(connection), connection);
  }
  return [...byAccount].map(([account, { name }]) => {
    const wire = wires.get(name)!;
    const http = (connection: string) => answering.http(wires.get(connection)!);
    return openLane(runtime, accounts.get(account)!, { wire, client: answering.client(wire), http }, catalog);
  });
}
