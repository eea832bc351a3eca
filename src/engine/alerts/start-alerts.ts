import type { Cause } from '../../model/alert.ts';
import { again, sleep } from '../../model/clock.ts';
import { messageOf } from '../../model/problem.ts';
import { discreetOf } from '../discreet.ts';
import type { Engine } from '../engine.ts';
import { dueCredentials, refusedCredentials } from './auth-troubles.ts';
import { openChannel, type Channel } from './channel.ts';
import { channelPlans, type ChannelPlan } from './channel-plans.ts';
import { collectDead } from './collect-dead.ts';
import type { Finding } from './finding.ts';
import { failedPolls, heldByGuards, lateLanes, usedQuotas } from './flow-troubles.ts';
import { noteTroubles } from './note-troubles.ts';

export interface Alerts {
  /** Looks once more, and tries once to send all that is left; what can't be sent within `graceMs` stays in the store. */
  stop(graceMs: number): Promise<void>;
}

/** How often it is looked at what is wrong, in ms: a first alert leaves within a second. */
const LOOK_MS = 500;

/**
 * Looks again and again at what is wrong, keeps it in the store, and tells those who are to know. Nothing of the engine waits
 * for it, and what was noted and not told yet when the process ends is told by the next one. `clean` takes secrets and personal data out
 * of a text.
 */
export function startAlerts(engine: Engine, clean: (text: string) => string): Alerts {
  const { config, tenant, store, clock, log } = engine.runtime;
  const plans = channelPlans(config.alerts);
  if (plans.length === 0) return { stop: () => Promise.resolve() };
  const told = (reason: string, bodies: readonly string[]) =>
    clean(discreetOf(engine.runtime, reason, bodies));
  const channels: Channel[] = [];
  let looking = Promise.resolve();
  let blind = false;

  /** Yields the newest of each cause. */
  async function look(all: boolean): Promise<ReadonlyMap<Cause, number>> {
    // Here, as the store may not answer at first.
    for (const plan of plans.slice(channels.length))
      channels.push(await openChannel({ plan, tenant, store, clock, log, clean }));
    const now = clock.now();
    const findings = await findAll(engine, plans);
    await noteTroubles(
      store,
      tenant,
      now,
      findings.map((finding) => cleaned(finding, clean)),
    );
    // Dead letters keep in their own table until they can be told: so they are counted together.
    const wanted = plans.some(({ causes }) => causes.includes('dead-letter'));
    if (wanted && (all || channels.some((channel) => channel.isOpen('dead-letter'))))
      await collectDead(store, tenant, now, told);
    return store.read.alerts.newest(tenant);
  }

  function lookAndTell(): Promise<void> {
    looking = look(false)
      .then((newest) => {
        blind = false;
        channels.forEach((channel) => channel.wake(newest));
      })
      .catch((error: unknown) => {
        // A store that is away is told of once.
        if (!blind) log.warn({ error: messageOf(error) }, 'could not look what to alert of');
        blind = true;
      });
    return looking;
  }

  const stopLooking = again(clock, LOOK_MS, lookAndTell);
  return {
    stop: async (graceMs) => {
      stopLooking();
      await looking;
      const enough = new AbortController();
      const flushed = look(true)
        .then((newest) => Promise.all(channels.map((channel) => channel.flush(newest))))
        .catch((error: unknown) => log.warn({ error: messageOf(error) }, 'the last alerts were not sent'))
        .finally(() => enough.abort());
      await sleep(clock, graceMs, enough.signal);
      channels.forEach((channel) => channel.stop());
      await flushed;
    },
  };
}

/** What is known of each cause that somebody is told of. */
async function findAll(engine: Engine, plans: readonly ChannelPlan[]): Promise<Finding[]> {
  const overs = [...new Set(plans.flatMap((plan) => plan.overs))];
  const finders: Readonly<Partial<Record<Cause, () => Finding | Promise<Finding>>>> = {
    'auth-failed': () => refusedCredentials(engine),
    'auth-due': () => dueCredentials(engine),
    quota: () => usedQuotas(engine),
    lag: () => lateLanes(engine, overs),
    'poll-failed': () => failedPolls(engine),
    guard: () => heldByGuards(engine),
  };
  const causes = [...new Set(plans.flatMap((plan) => plan.causes))];
  const found: Finding[] = [];
  for (const cause of causes) {
    const finding = await finders[cause]?.();
    if (finding) found.push(finding);
  }
  return found;
}

function cleaned(finding: Finding, clean: (text: string) => string): Finding {
  return {
    ...finding,
    troubles: finding.troubles.map((trouble) => ({
      ...trouble,
      message: clean(trouble.message),
      remedy: clean(trouble.remedy),
    })),
  };
}
