import { Command } from 'commander';
import { startAlerts } from '../engine/alerts/start-alerts.ts';
import { createMeasure } from '../engine/measure.ts';
import { startSchedules } from '../engine/schedules.ts';
import { systemClock } from '../engine/system-clock.ts';
import { openWebhooks } from '../engine/intake/webhooks.ts';
import { within } from '../model/clock.ts';
import type { Config } from '../model/config.ts';
import { isLoopback } from '../model/loopback.ts';
import { cleaner } from '../model/mask.ts';
import { failure } from '../model/problem.ts';
import { createRedactor } from '../model/redactor.ts';
import { startServer } from '../server/server.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/open-store.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { createLog } from './create-log.ts';
import { guarded } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { startHere, TENANT } from './start-here.ts';
import { stopSignal } from './stop-signal.ts';

/** How long the last alerts may take, in ms. */
const GRACE_MS = 2_000;

/** How long the store may take to say that it is there, in ms: whoever asks `/readyz` seldom waits longer. */
const READY_MS = 2_000;

/** `boothsync serve`: webhooks, schedules, delivery, health. */
export function serveCommand(): Command {
  return addCommonOptions(new Command('serve'))
    .description('listen for webhooks, poll on schedule, deliver')
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => serve(options));
    });
}

async function serve(options: CommonOptions): Promise<number> {
  const config = await loadOrPrint(options);
  if (!config) return 1;
  const { host } = config.server;
  if (!isLoopback(host) && config.server.token === '') {
    throw failure(
      'usage',
      `server.host ${host} can be reached from elsewhere, and server.token is not set`,
      'set server.token, or bind 127.0.0.1 behind a proxy',
    );
  }
  const store = await openStore(config.store, { clock: systemClock, owner: true });
  try {
    await serveUntilStopped(config, store, options);
  } finally {
    await store.close();
  }
  return 0;
}

async function serveUntilStopped(config: Config, store: Store, options: CommonOptions): Promise<void> {
  // Whoever lost the store can do nothing more with it: stopping says so.
  const signal = AbortSignal.any([stopSignal(), store.lost]);
  const redactor = createRedactor(config.secrets);
  const log = createLog({
    ...config.log,
    level: options.logLevel ?? config.log.level,
    redactor,
  });
  // Loaded only here: no other command has metrics.
  const { createMetrics } = await import('../server/metrics.ts');
  const metrics = createMetrics(TENANT);
  const engine = await startHere({ config, store, log, redactor, ...metrics.hears });
  const alerts = startAlerts(engine, cleaner(redactor, config.log.personalData));
  const webhooks = openWebhooks(engine);
  const { host, port, token } = config.server;
  const hands = { config, tenant: engine.runtime.tenant, store, clock: systemClock };
  // A paused lane is no reason to turn webhooks away: they are kept until it works again.
  const lanes = async () => (await store.read.lanes.all()).length > 0;
  const isReady = () => within(systemClock, READY_MS, lanes(), () => false);
  // Last: a sender that is answered 404 while we start does not come again.
  const server = await startServer({
    host,
    port,
    token,
    webhooks,
    isReady,
    api: { hands, redactor },
    metrics: { metrics, measures: createMeasure(engine) },
  }).catch(async (error: unknown) => {
    webhooks.stop();
    await engine.stop();
    await alerts.stop(GRACE_MS);
    throw failure(
      'usage',
      `can't listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`,
      'stop who listens there, or set server.port',
      error,
    );
  });
  const stopSchedules = startSchedules(engine.runtime, engine.poller);
  log.info({ url: server.url }, 'listening');
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  log.info({}, 'stopping');
  stopSchedules();
  await server.close();
  webhooks.stop();
  await engine.stop();
  await alerts.stop(GRACE_MS);
}
