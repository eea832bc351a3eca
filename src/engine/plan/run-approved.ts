import type { Log } from '../../model/log.ts';
import type { Store } from '../../store/store.ts';
import type { Engine } from '../engine.ts';
import { liftHolds } from '../guard/lift-holds.ts';
import { makePlan, type Plan, type PlanOptions } from './plan.ts';
import { orInterrupted, pollAll, untilIdle } from '../run.ts';

export interface ApprovedOptions extends Pick<PlanOptions, 'syncs' | 'full' | 'remote' | 'signal'> {
  /** The plan that a person has seen. */
  readonly hash: string;
  /** Of the store as it is then. */
  readonly copy: () => Promise<Store>;
}

/**
 * Applies a plan that was approved. Reads the sources and makes the plan anew: where it is another one by now it yields that,
 * and nothing is sent. What comes while it works is left for the next pass. The engine must be held.
 */
export function runApproved(engine: Engine, options: ApprovedOptions): Promise<Plan | undefined> {
  return orInterrupted(planAgain(engine, options), options.signal);
}

/** What a plan does, it does to a copy: a log that says "created" would be read as done. */
function onlyTrouble(log: Log): Log {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (detail, message) => log.warn(detail, message),
    error: (detail, message) => log.error(detail, message),
  };
}

async function planAgain(engine: Engine, options: ApprovedOptions): Promise<Plan | undefined> {
  const { config, tenant, clock, random, log } = engine.runtime;
  await pollAll(engine, options);
  const store = await options.copy();
  const { plan, targets } = await makePlan({
    ...options,
    config,
    tenant,
    clock,
    random,
    log: onlyTrouble(log),
    store,
    tokenStore: engine.runtime.store,
    polled: true,
  }).finally(() => store.close());
  const failed = engine.poller.failures().size > 0;
  if (failed || plan.hash !== options.hash) return plan;
  await liftHolds(engine);
  engine.lanes.forEach((lane) => lane.letGo(targets));
  await untilIdle(engine, options.signal);
  return undefined;
}
