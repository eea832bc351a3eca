import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fastFolder } from '../support/fast-folder.ts';
import { act } from './deeds.ts';
import { differences } from './expected.ts';
import { createLife, type Life } from './life.ts';
import { checkNow } from './look.ts';
import type { Parts } from './parts.ts';
import type { Plan } from './plan.ts';
import { drain } from './rest.ts';
import { createVirtualTime } from './virtual-time.ts';
import { createWorld, type World } from './world.ts';

/** What came of a simulation. */
export interface Report {
  /** Promises that were broken; empty where all held. */
  readonly problems: readonly string[];
  readonly calls: number;
  readonly crashes: number;
  /** In ms of virtual time. */
  readonly lasted: number;
  /** What happened, for reading. */
  readonly trace: readonly string[];
}

/** Runs the whole engine through a plan: virtual time, a simulated network, source and target, a store that may be cut off. */
export async function simulate(plan: Plan, parts: Parts = {}): Promise<Report> {
  const folder = mkdtempSync(join(fastFolder(), 'boothsync-simulation-'));
  const time = createVirtualTime();
  const uninstall = time.install();
  const realFetch = globalThis.fetch;
  const world = createWorld(plan, parts, time, join(folder, 'sync.db'));
  globalThis.fetch = parts.fetch?.(world.network.fetch) ?? world.network.fetch;
  const life = createLife(world);
  try {
    await live(world, life);
  } catch (error) {
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    globalThis.fetch = realFetch;
    await life.end();
    world.view.close();
    uninstall();
    rmSync(folder, { recursive: true, force: true });
  }
  const { problems, network } = world;
  return {
    problems: [...problems, ...network.violations],
    calls: network.calls(),
    crashes: life.crashes(),
    lasted: time.monotonic(),
    trace: world.trace,
  };
}

async function live(world: World, life: Life): Promise<void> {
  const { plan, network, time, trace } = world;
  await life.start();
  network.setFaults(plan.setup.faults);
  for (const [at, step] of plan.steps.entries()) {
    trace.push(`${time.monotonic()} #${at} ${JSON.stringify(step)}`);
    await act(world, life, step);
    await life.pass(step.waitMs);
    checkNow(world);
  }
  await drain(world, life);
  trace.push(`${time.monotonic()} at rest`);
  checkNow(world);
  world.network.rest();
  world.problems.push(...differences(world, life.mapping()));
}
