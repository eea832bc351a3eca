import type { Config } from '../model/config.ts';
import { NOBODY_KNOWS } from '../model/intent.ts';
import type { Usage } from './account.ts';
import { credentialAges } from './tokens/credential-age.ts';
import type { Engine } from './engine.ts';
import { INBOX, waitingSince } from './intake/waiting-since.ts';

/** How a lane fares. */
export interface LaneMeasure extends Usage {
  readonly lane: string;
  /** Why it rests; nothing while it works. */
  readonly paused: 'auth-failed' | 'quota' | 'outage' | undefined;
}

/** How an engine fares at a moment. */
export interface Measures {
  readonly lanes: readonly LaneMeasure[];
  /** How long the oldest of what is due has waited, in ms: by lane, and in the inbox. */
  readonly waiting: readonly { readonly lane: string; readonly ms: number }[];
  /** How long ago each source was last read to its end, in ms; nothing of those never read. */
  readonly reads: readonly { readonly source: string; readonly ms: number }[];
  /** `sync` is empty for webhooks that no record could be taken out of; of reasons there are few. */
  readonly deadLetters: readonly { readonly sync: string; readonly reason: string; readonly count: number }[];
  /** In how long a static credential is due to be replaced, in ms; negative where it is overdue. */
  readonly credentials: readonly { readonly connection: string; readonly ms: number }[];
}

/** The least time between two looks, in ms. */
const CACHE_MS = 1_000;
/** A look may take this share of all time: should there be very many dead letters, it is looked less often. */
const SHARE = 1 / 20;

/** Measures an engine; who asks soon after another gets the same answer. */
export function createMeasure(engine: Engine): () => Promise<Measures> {
  const { clock } = engine.runtime;
  let last: Promise<Measures> | undefined;
  let goodUntil = -Infinity;
  return () => {
    const began = clock.monotonic();
    if (last && began < goodUntil) return last;
    goodUntil = Infinity;
    last = measure(engine).finally(() => {
      const tookMs = clock.monotonic() - began;
      goodUntil = clock.monotonic() + Math.max(CACHE_MS, tookMs / SHARE);
    });
    return last;
  };
}

async function measure(engine: Engine): Promise<Measures> {
  const { config, tenant, store, clock } = engine.runtime;
  const { read } = store;
  const now = clock.now();
  const waiting = await waitingSince(engine);
  const reads = (await read.cursors.all()).filter(({ source }) => config.sources.has(source));
  const ages = await credentialAges(config, tenant, store);
  const lanes = engine.accounts.map((account): LaneMeasure => {
    const pause = engine.lanes.find((lane) => lane.account === account.account)?.paused();
    return {
      ...account.usage(),
      lane: account.account,
      paused: pause ? (pause.cause ?? 'outage') : undefined,
    };
  });
  return {
    lanes,
    waiting: [INBOX, ...engine.lanes.map(({ account }) => account)].map((lane) => ({
      lane,
      ms: now - (waiting.get(lane) ?? now),
    })),
    reads: reads.map(({ source, readAt }) => ({ source, ms: now - readAt })),
    deadLetters: await deadLetters(engine, config),
    credentials: ages.map(({ connection, dueAt }) => ({ connection, ms: dueAt - now })),
  };
}

async function deadLetters({ runtime }: Engine, config: Config): Promise<Measures['deadLetters']> {
  const { events, deliveries } = runtime.store.read;
  const counts = new Map<string, { sync: string; reason: string; count: number }>();
  const add = (sync: string, reason: string, count: number) => {
    const key = JSON.stringify([sync, reason]);
    counts.set(key, { sync, reason, count: (counts.get(key)?.count ?? 0) + count });
  };
  for (const { sync, head, count } of await events.deadByReason())
    // Of a sync that was taken out, too: it waits for a person all the same.
    add(config.syncs.has(sync) ? sync : 'not in the config', classOf(head), count);
  const unread = await deliveries.countDead();
  if (unread > 0) add('', 'delivery', unread);
  return [...counts.values()];
}

/** One of few: what a reason says in full may be different for each record. */
function classOf(head: string): string {
  const status = /^(\d{3}): /.exec(head)?.[1];
  if (status !== undefined) return status;
  if (head.startsWith('no-key')) return 'no-key';
  if (head.startsWith(NOBODY_KNOWS)) return 'in-doubt';
  if (head.startsWith('its parent did not come')) return 'no-parent';
  if (/^(?:timeout|no answer|network)/.test(head)) return 'no-answer';
  return 'other';
}
