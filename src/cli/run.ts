import { Command, InvalidArgumentError, Option } from 'commander';
import { startAlerts } from '../engine/alerts/start-alerts.ts';
import type { Engine } from '../engine/engine.ts';
import { heldLines, mustWait, readHeld, type Held } from '../engine/guard/held.ts';
import { findRecords } from '../engine/inspect/inspect-search.ts';
import { planOptionsIn } from '../engine/plan/plan.ts';
import { runApproved } from '../engine/plan/run-approved.ts';
import { runPass } from '../engine/run.ts';
import { systemClock } from '../engine/system-clock.ts';
import { createTally, type Tally } from '../engine/tally.ts';
import type { Config } from '../model/config.ts';
import { cleaner } from '../model/mask.ts';
import { createRedactor } from '../model/redactor.ts';
import { copyStore } from '../store/copy.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/open-store.ts';
import { approveBeside } from './approve.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { createLog } from './create-log.ts';
import { guarded } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { plural } from './plural.ts';
import { printable } from './print/print-problems.ts';
import { startProgress } from './progress.ts';
import { startHere, TENANT } from './start-here.ts';
import { stopSignal } from './stop-signal.ts';
import { unknownSyncs } from './unknown-syncs.ts';

/** How long the last alerts may take, in ms; less where somebody waits for the end. */
const GRACE_MS = 10_000;
const SHORT_GRACE_MS = 2_000;

interface RunOptions extends CommonOptions {
  readonly full?: boolean;
  readonly rebuild?: boolean;
  readonly approve?: string;
  readonly key?: string;
  readonly limit?: number;
}

/** What one pass did: the shape of `run --json`. */
export interface RunResult {
  readonly events: {
    readonly done: number;
    readonly skipped: number;
    readonly superseded: number;
    readonly waiting: number;
    readonly dead: number;
  };
  /** Sent to targets. */
  readonly calls: number;
  readonly seconds: number;
  /** Only where a guard has stopped something. */
  readonly held?: readonly Held[];
  /** Only where the approved plan is another one by now: its hash. */
  readonly refused?: { readonly hash: string };
}

/** `boothsync run`: one pass. */
export function runCommand(): Command {
  return addCommonOptions(new Command('run'))
    .description('one pass: poll every source until caught up, deliver until nothing is due')
    .argument('[syncs...]', 'only the sources of these syncs are polled')
    .option('--full', 'read everything, whatever was read before; find what is gone')
    .option('--rebuild', 'after a lost store: link what is there, create what is not, run no action')
    .option('--key <key>', 'only what is for the records, or the target, of this key')
    .option('--limit <n>', 'at most so many targets; the rest waits for the next run', wholeNumber)
    .addOption(
      new Option(
        '--approve <hash>',
        'do just what a plan, or a guard, has named by this hash; refuse what has changed since',
      ).conflicts(['key', 'limit']),
    )
    .action(async (syncs: readonly string[], _options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => run(syncs, options));
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError('give it a whole number from 1');
  return value;
}

async function run(syncs: readonly string[], options: RunOptions): Promise<number> {
  const config = await loadOrPrint(options);
  if (!config) return 1;
  if (unknownSyncs(config, syncs, options.json)) return 2;
  const { approve } = options;
  const store = await openStore(config.store, { clock: systemClock, owner: true }).catch((error: unknown) =>
    approve === undefined ? Promise.reject(error as Error) : approveBeside(config, approve, error),
  );
  if (!store) return 0;
  try {
    // A plan's is judged once it is made anew.
    if (approve !== undefined && !planOptionsIn(approve)) await mustWait(store, approve);
    return await pass(config, store, syncs, options);
  } finally {
    await store.close();
  }
}

async function pass(
  config: Config,
  store: Store,
  syncs: readonly string[],
  options: RunOptions,
): Promise<number> {
  const started = performance.now();
  // Whoever lost the store can do nothing more with it: stopping says so.
  const signal = AbortSignal.any([stopSignal(), store.lost]);
  const tally = createTally();
  const progress = startProgress(options.json ? undefined : process.stderr, tally, store);
  const redactor = createRedactor(config.secrets);
  const engine = await startHere({
    redactor,
    config,
    store,
    log: createLog({
      ...config.log,
      level: options.logLevel ?? (progress.shown ? 'warn' : config.log.level),
      redactor,
    }),
    rebuild: options.rebuild === true,
    onEnded: tally.add,
    held: true,
  });
  const alerts = startAlerts(engine, cleaner(redactor, config.log.personalData));
  const left: string[] = [];
  let refused: RunResult['refused'];
  try {
    refused = await work(engine, syncs, options, signal);
    for (const lane of engine.lanes) {
      const pause = lane.paused();
      if (pause) left.push(`${lane.account} is paused: ${pause.reason}; ${pause.remedy}`);
    }
  } finally {
    await engine.stop().finally(progress.stop);
    await alerts.stop(signal.aborted ? SHORT_GRACE_MS : GRACE_MS);
  }
  const seconds = (performance.now() - started) / 1000;
  const result = {
    ...(await resultOf(tally, store, engine.calls(), seconds)),
    ...(refused ? { refused } : {}),
  };
  if (refused) left.push(`nothing was sent: the plan is ${refused.hash} by now; see \`boothsync plan\``);
  const failures = [...left, ...engine.poller.failures().values(), ...heldLines(result.held ?? [])];
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${sentence(result)}\n`);
  if (!options.json) for (const line of failures) process.stderr.write(`${printable(line)}\n`);
  if (options.key !== undefined) await tellWhereUnknown(config, store, options.key);
  if (signal.aborted) return 130;
  return failures.length > 0 || result.events.dead > 0 ? 1 : 0;
}

/** A key that is misspelt looks like one that nothing is due for. */
async function tellWhereUnknown(config: Config, store: Store, key: string): Promise<void> {
  const known = await findRecords({ config, tenant: TENANT, store }, key);
  if (known.length === 0)
    process.stderr.write(
      `nothing is known of key "${key}": no record and no target has it; see \`boothsync events list --state all\`\n`,
    );
}

/** One pass, or the plan that was approved; where that is another one by now, its hash. */
async function work(
  engine: Engine,
  syncs: readonly string[],
  { approve, full, rebuild, key, limit }: RunOptions,
  signal: AbortSignal,
): Promise<RunResult['refused']> {
  const how = { syncs, full: full === true || rebuild === true, signal };
  const planned = approve === undefined ? undefined : planOptionsIn(approve);
  if (approve === undefined || !planned) {
    await runPass(engine, {
      ...how,
      ...(approve === undefined ? {} : { approve }),
      ...(key === undefined ? {} : { key }),
      ...(limit === undefined ? {} : { limit }),
    });
    return undefined;
  }
  const copy = () => copyStore(engine.runtime.config.store, systemClock);
  const other = await runApproved(engine, { ...how, ...planned, hash: approve, copy });
  return other && { hash: other.hash };
}

async function resultOf(tally: Tally, store: Store, calls: number, seconds: number): Promise<RunResult> {
  const { done, skipped, superseded, dead } = tally.counts();
  const counts = await store.read.events.counts();
  const held = await readHeld(store);
  // Left for the next pass: for a parent, or for a retry that lies too far ahead.
  const waiting = counts
    .filter(({ state }) => state === 'waiting' || state === 'pending')
    .reduce((sum, { count }) => sum + count, 0);
  return {
    events: { done, skipped, superseded, waiting, dead },
    calls,
    seconds: Math.round(seconds * 1000) / 1000,
    ...(held.length > 0 ? { held } : {}),
  };
}

function sentence({ events, calls, seconds }: RunResult): string {
  const counts = Object.entries(events).map(([state, count]) => `${count} ${state}`);
  const dead = events.dead > 0 ? '; see `boothsync status`' : '';
  return `${counts.join(', ')}; ${plural(calls, 'call')} in ${seconds.toFixed(1)} s${dead}`;
}
