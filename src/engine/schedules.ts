import { schedule } from 'node-cron';
import type { Source } from '../model/source.ts';
import type { Poller } from './intake/poller.ts';
import type { Runtime } from './runtime.ts';
import { startApprovals } from './guard/approvals.ts';
import { polledSources } from './intake/poller.ts';

/** Starts every source's schedule, and looks for what is approved meanwhile; what it returns stops them. */
export function startSchedules(runtime: Runtime, poller: Poller): () => void {
  const stops = polledSources(runtime, []).flatMap((source) => startSource(runtime, source, poller));
  stops.push(startApprovals(runtime, poller));
  return () => stops.forEach((stop) => stop());
}

function startSource(runtime: Runtime, source: Source, poller: Poller): (() => void)[] {
  const { everyMs, schedule: line, full } = source.poll!;
  const read = (whole: boolean) => {
    poller
      .poll(source, whole)
      .catch((error: unknown) => runtime.log.error({ source: source.name, error }, 'a poll broke off'));
  };
  const stops: (() => void)[] = [];
  if (line !== undefined) stops.push(startCron(runtime, line, () => read(false)));
  if (full !== undefined) stops.push(startCron(runtime, full, () => read(true)));
  if (everyMs !== undefined) stops.push(startEvery(runtime, everyMs, () => read(false)));
  return stops;
}

/** Cron lines are in the config's time zone; in UTC where it names none. */
function startCron(runtime: Runtime, line: string, act: () => void): () => void {
  const task = schedule(line, act, {
    timezone: runtime.config.hasTimezone ? runtime.config.timezone : 'UTC',
  });
  return () => void task.stop();
}

/** `every` polls at start, and then again and again. */
function startEvery(runtime: Runtime, everyMs: number, act: () => void): () => void {
  let cancel: () => void = () => undefined;
  const tick = () => {
    act();
    cancel = runtime.clock.after(everyMs, tick);
  };
  tick();
  return () => cancel();
}
