import type { Store } from '../../store/store.ts';
import type { EventState } from '../../model/event.ts';
import type { Config } from '../../model/config.ts';
import { readHeld, type Held } from '../guard/held.ts';
import { iso, listEvents } from './inspect-list.ts';
import { readCredentials, readLogins, type Credential, type Login } from '../tokens/logins.ts';
import type { Reading } from '../runtime.ts';

/** What `status` tells: the shape of its JSON, too. Times are ISO 8601. */
export interface Status {
  readonly lanes: readonly {
    readonly account: string;
    readonly owner: string | null;
    readonly heartbeat: string;
    readonly callsToday: number;
    readonly paused: { readonly reason: string; readonly remedy: string; readonly until: string } | null;
  }[];
  readonly sources: readonly {
    readonly source: string;
    readonly readAt: string;
    readonly cursor: string | null;
  }[];
  readonly syncs: readonly ({ readonly sync: string } & Readonly<Record<EventState, number>>)[];
  /** Connections with OAuth. */
  readonly logins: readonly Login[];
  /** Static credentials that are to be replaced from time to time. */
  readonly credentials: readonly Credential[];
  readonly links: number;
  /** Deliveries that no record was taken out of yet. */
  readonly deliveries: number;
  /** What guards have stopped. */
  readonly held: readonly Held[];
  readonly deadLetters: readonly {
    readonly id: number | string;
    readonly sync: string | null;
    readonly key: string | null;
    readonly reason: string;
    readonly remedy: string | null;
    readonly at: string;
  }[];
}

const DEAD_SHOWN = 100;

export async function readStatus(reading: Reading, now: number): Promise<Status> {
  const { store, config, tenant } = reading;
  const { read } = store;
  const lanes = await read.lanes.all();
  const cursors = await read.cursors.all();
  return {
    lanes: lanes.map(({ account, owner, heartbeat, dayCalls, paused }) => ({
      account,
      owner,
      heartbeat: iso(heartbeat),
      callsToday: dayCalls,
      paused: paused && { reason: paused.reason, remedy: paused.remedy, until: iso(paused.until) },
    })),
    sources: cursors.map(({ source, cursor, readAt }) => ({
      source,
      readAt: iso(readAt),
      cursor: cursor.time ? iso(cursor.time.ms) : cursor.opaque === undefined ? null : String(cursor.opaque),
    })),
    syncs: await countSyncs(store, config),
    logins: await readLogins(config, tenant, store),
    credentials: await readCredentials(config, tenant, store, now),
    links: await read.links.count(),
    deliveries: await read.deliveries.countReceived(),
    held: await readHeld(store),
    deadLetters: await deadLetters(store),
  };
}

async function countSyncs(store: Store, config: Config): Promise<Status['syncs']> {
  const none = { pending: 0, sending: 0, waiting: 0, done: 0, skipped: 0, superseded: 0, dead: 0 };
  const bySync = new Map([...config.syncs.keys()].map((sync) => [sync, { ...none }]));
  for (const { sync, state, count } of await store.read.events.counts()) {
    const counts = bySync.get(sync) ?? { ...none };
    bySync.set(sync, { ...counts, [state]: count });
  }
  return [...bySync].map(([sync, counts]) => ({ sync, ...counts }));
}

async function deadLetters(store: Store): Promise<Status['deadLetters']> {
  const listed = await listEvents(store, { states: ['dead'] }, DEAD_SHOWN);
  return listed.map(({ id, sync, key, reason, remedy, at }) => ({
    id,
    sync,
    key,
    reason: reason ?? '',
    remedy,
    at,
  }));
}
