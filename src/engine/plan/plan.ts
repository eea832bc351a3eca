import { createCatalog } from '../../catalog/load.ts';
import { failure } from '../../model/problem.ts';
import type { RateLimit } from '../../model/rate-limit.ts';
import { accountOf } from '../../model/connection.ts';
import type { FoundEvent } from '../../store/event-queries.ts';
import type { PollResult } from '../../inbox/poll/read-span.ts';
import { startEngine, type Engine, type EngineOptions } from '../engine.ts';
import { liftHolds } from '../guard/lift-holds.ts';
import { changesHash, CHANGES, plannedRecords, type Change, type PlannedRecord } from './plan-records.ts';
import { HORIZON_MS, orInterrupted, pollAll, untilIdle } from '../run.ts';
import { createStandIn, type StandIn } from './stand-in.ts';
import type { TakenStep } from '../turn/taken-step.ts';

/** What a run would do: the shape of `plan --json`, too. */
export interface Plan {
  /** Targets by what would happen to them; `unchanged`: records of which nothing would change. */
  readonly summary: Readonly<Record<Change | 'unchanged', number>>;
  /** To targets. */
  readonly calls: number;
  readonly operations: Readonly<Record<string, number>>;
  /** How long the limit makes them take, without the answers' own time. */
  readonly seconds: number;
  readonly quota: readonly Quota[];
  /** Questions that the plan itself asked of targets. */
  readonly reads: number;
  /** Applies just this: `run --approve`. */
  readonly hash: string;
  /** What guards stop: only an approved run does it. */
  readonly held: readonly string[];
  /** Why it may be incomplete: sources that could not be read. */
  readonly problems: readonly string[];
  readonly records: readonly PlannedRecord[];
}

/** The day's calls of an account. */
export interface Quota {
  readonly account: string;
  readonly calls: number;
  readonly usedToday: number;
  readonly daily: number;
}

/** A plan, with the keys of the targets that it is about. */
export interface PlanToRun {
  readonly plan: Plan;
  readonly targets: readonly string[];
}

export interface PlanOptions extends Omit<
  EngineOptions,
  'targets' | 'onStep' | 'held' | 'unasked' | 'owner'
> {
  /** Only these syncs' sources are polled; all where empty. */
  readonly syncs: readonly string[];
  readonly full: boolean;
  readonly remote: boolean;
  /** The store's copy holds already what a poll has found. */
  readonly polled?: boolean;
  readonly signal: AbortSignal;
}

/** More than any plan has. */
const ALL = 1_000_000;

/**
 * Runs a pass on a copy of the store (`options.store`), with one who stands in for the targets: the very code of a run, so
 * that it plans what a run does, and nothing is sent.
 */
export async function makePlan(options: PlanOptions): Promise<PlanToRun> {
  const { store, clock, remote, signal } = options;
  const standIn = createStandIn({ store, catalog: createCatalog(), remote });
  const steps: TakenStep[] = [];
  const reported: TakenStep[] = [];
  const startedAt = clock.now();
  const engine = await startEngine({
    ...options,
    owner: 'a plan',
    held: true,
    targets: standIn,
    newId: standIn.newId,
    unasked: !remote,
    onStep: (step) => void (step.reported ? reported : steps).push(step),
  });
  try {
    const work = planOn(engine, standIn, { steps, reported }, { ...options, startedAt });
    const made = await orInterrupted(work, signal);
    if (made) return made;
    throw failure('usage', 'the plan was interrupted', 'make it again');
  } finally {
    await engine.stop();
  }
}

/** What targets would take, and what they would if their syncs did not only report. */
interface Steps {
  readonly steps: readonly TakenStep[];
  readonly reported: readonly TakenStep[];
}

async function planOn(
  engine: Engine,
  standIn: StandIn,
  { steps, reported }: Steps,
  options: PlanOptions & { readonly startedAt: number },
): Promise<PlanToRun> {
  const { store, clock, signal, startedAt } = options;
  const read = options.polled ? new Map<string, PollResult>() : await pollAll(engine, options);
  const held = await liftHolds(engine);
  const due = await store.read.events.targets(clock.now() + HORIZON_MS);
  engine.lanes.forEach((lane) => lane.letGo());
  await untilIdle(engine, signal);
  const ended = await store.read.events.find({ since: startedAt }, ALL);
  const plan = await describe(options, engine, standIn, { steps, reported }, ended, read);
  // Beside what is due now, what one of these steps has led to.
  const targets = [...new Set([...due, ...steps.map(({ targetKey }) => targetKey)])];
  return { plan: { ...plan, held }, targets };
}

async function describe(
  options: PlanOptions,
  engine: Engine,
  standIn: StandIn,
  { steps, reported }: Steps,
  ended: readonly FoundEvent[],
  read: ReadonlyMap<string, PollResult>,
): Promise<Omit<Plan, 'held'>> {
  const changes = plannedRecords(steps);
  const count = (change: Change) => changes.filter(({ action }) => action === change).length;
  const counts = Object.fromEntries(CHANGES.map((change) => [change, count(change)]));
  const operations: Record<string, number> = {};
  for (const [name, number] of [...standIn.calls().values()].flatMap((counted) => [...counted]))
    operations[name] = (operations[name] ?? 0) + number;
  const { full, remote } = options;
  return {
    summary: { ...(counts as Record<Change, number>), unchanged: unchangedAmong(read, ended, steps) },
    calls: Object.values(operations).reduce((sum, number) => sum + number, 0),
    operations,
    ...(await costOf(options, standIn)),
    reads: standIn.reads(),
    hash: `p${full ? 'f' : ''}${remote ? 'r' : ''}-${changesHash(changes)}`,
    problems: [...engine.poller.failures().values(), ...pausedLanes(engine)],
    records: [...changes, ...onlyReported(reported), ...leftOut(ended, reported)],
  };
}

/** Where questions of a plan that asks were not answered. */
function pausedLanes({ lanes }: Engine): string[] {
  return lanes.flatMap((lane) => {
    const pause = lane.paused();
    return pause ? [`${lane.account} is paused: ${pause.reason}; ${pause.remedy}`] : [];
  });
}

/** A record counts once, and not where an edited mapping, or what was left from an earlier pass, changes something for it. */
function unchangedAmong(
  read: ReadonlyMap<string, PollResult>,
  ended: readonly FoundEvent[],
  steps: readonly TakenStep[],
): number {
  const changed = new Set(steps.map(({ targetKey }) => targetKey));
  const nameOf = (source: string, key: string) => JSON.stringify([source, key]);
  const records = new Set(
    [...read].flatMap(([source, { keys }]) => [...keys].map((key) => nameOf(source, key))),
  );
  const others = new Set<string>();
  for (const { source, key, state, targetKey } of ended) {
    if (state === 'superseded') continue;
    const same = state === 'done' && !changed.has(targetKey);
    (same ? records : others).add(nameOf(source, key));
  }
  return [...records].filter((name) => !others.has(name)).length;
}

/** With what would be written: who looks at a new sync before it applies wants to see that. */
function onlyReported(reported: readonly TakenStep[]): PlannedRecord[] {
  return plannedRecords(reported).map((record) => ({
    ...record,
    action: 'skip',
    reason: `only reported: ${record.action}`,
  }));
}

function leftOut(ended: readonly FoundEvent[], reported: readonly TakenStep[]): PlannedRecord[] {
  const told = new Set(reported.map(({ targetKey }) => targetKey));
  return ended.flatMap(({ state, sync, key, reason, remedy, targetKey }) => {
    if (state !== 'skipped' && state !== 'dead' && state !== 'waiting') return [];
    if (state === 'skipped' && told.has(targetKey)) return [];
    const action = state === 'dead' ? 'dead' : 'skip';
    return [{ action, sync, keys: [key], reason: reason ?? '', ...(remedy === null ? {} : { remedy }) }];
  });
}

async function costOf(
  { config, store, clock }: PlanOptions,
  standIn: StandIn,
): Promise<Pick<Plan, 'seconds' | 'quota'>> {
  const limits = new Map<string, RateLimit | undefined>(
    [...config.connections.values()].map((connection) => [accountOf(connection), connection.rateLimit]),
  );
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const quota: Quota[] = [];
  let seconds = 0;
  for (const [account, counts] of standIn.calls()) {
    const calls = [...counts.values()].reduce((sum, number) => sum + number, 0);
    const limit = limits.get(account);
    if (!limit) continue;
    // A window's calls leave at once; the next window's when those come back.
    seconds = Math.max(seconds, (Math.floor(Math.max(0, calls - 1) / limit.requests) * limit.perMs) / 1000);
    const lane = await store.read.lanes.get(account);
    if (limit.daily !== undefined)
      quota.push({ account, calls, usedToday: lane?.day === today ? lane.dayCalls : 0, daily: limit.daily });
  }
  return { seconds, quota };
}

/** `--approve` of a plan: which plan to make anew. Nothing where it is no plan's hash. */
export function planOptionsIn(
  hash: string,
): { readonly full: boolean; readonly remote: boolean } | undefined {
  const match = /^p(f?)(r?)-[0-9a-f]{16}$/.exec(hash);
  return match ? { full: match[1] !== '', remote: match[2] !== '' } : undefined;
}
