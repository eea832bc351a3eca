import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/engine/system-clock.ts';
import { startGhl, type RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../support/wait.ts';
import { crashConfig, PER_MS, REQUESTS } from './crash-config.ts';
import { differences } from './differences.ts';
import { startShop, type Shop } from './shop.ts';
import { startVictim, type Victim } from './victim.ts';

const QUIET_MS = 300;
const REST_MS = 60_000;
/** Longest that a victim who was to die by itself lives once it listens, in ms. */
const PATIENCE_MS = 6_000;

/** A shop, a target and a store, and one process after another that works on them. */
export interface Place {
  readonly ghl: RunningGhl;
  readonly shop: Shop;
  /** Starts a process, lets deeds be done beside it, and sees it dead: `as told`, or what it had said when we killed it. */
  life(dieAt: string | number, deeds: () => void): Promise<string>;
  /** A last process brings all to its end; what differs from the source then, and what is undone or dead. */
  outcome(): Promise<string[]>;
  close(): Promise<void>;
}

export async function aPlace(database: () => Promise<string | undefined>): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'boothsync-crash-'));
  const storeUrl = (await database()) ?? `sqlite:${join(folder, 'sync.db')}`;
  const ghl = await startGhl({ limit: { requests: REQUESTS, perMs: PER_MS }, unknownContact: 404 });
  const shop = await startShop();
  const env = {
    SHOP_URL: shop.url,
    GHL_URL: ghl.url,
    GHL_TOKEN: ghl.token,
    GHL_LOCATION_ID: ghl.locationId,
  };
  await writeFile(join(folder, 'sync.config.yaml'), crashConfig(storeUrl));
  let living: Victim | undefined;

  async function life(dieAt: string | number, deeds: () => void): Promise<string> {
    const victim = startVictim(folder, env, typeof dieAt === 'string' ? dieAt : undefined);
    living = victim;
    const death = { byUs: false };
    const killAfter = (ms: number) =>
      setTimeout(() => {
        death.byUs = true;
        victim.kill('SIGKILL');
      }, ms);
    const early = typeof dieAt === 'number' ? killAfter(dieAt) : undefined;
    const url = await victim.listening;
    const timer = early ?? killAfter(PATIENCE_MS);
    shop.sendTo(url);
    deeds();
    const { code, signal } = await victim.ended;
    clearTimeout(timer);
    shop.sendTo(undefined);
    if (signal !== 'SIGKILL') throw new Error(`ended by itself with ${code}: ${victim.output()}`);
    return death.byUs ? `killed by us: ${victim.output()}` : 'as told';
  }

  async function outcome(): Promise<string[]> {
    const victim = startVictim(folder, env, undefined);
    living = victim;
    const url = await victim.listening;
    if (url === undefined) return [`does not start: ${victim.output()}`];
    shop.sendTo(url);
    await shop.allSent();
    const store = await openStore(storeUrl, { clock: systemClock, owner: false });
    await rest(ghl, shop, store);
    victim.kill('SIGTERM');
    const { code } = await victim.ended;
    const left = await undone(store);
    await store.close();
    return [
      ...differences(shop, ghl),
      ...left,
      ...(code === 0 ? [] : [`serve ended with ${code}: ${victim.output()}`]),
      ...(ghl.violations() === 0 ? [] : [`${ghl.violations()} calls were answered 429`]),
    ];
  }

  return {
    ghl,
    shop,
    life,
    outcome,
    close: async () => {
      living?.kill('SIGKILL');
      await living?.ended;
      await shop.close();
      await ghl.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Until nothing is on its way or has a due time, or for as long as is patient: what is undone then is told. */
async function rest(ghl: RunningGhl, shop: Shop, store: Store): Promise<void> {
  const isAtRest = async (): Promise<boolean> => {
    const left = await store.read.deliveries.countReceived();
    return left === 0 && (await undone(store)).length === 0 && differences(shop, ghl).length === 0;
  };
  await until(isAtRest, 'rest', REST_MS).catch(() => undefined);
  // What comes once too often comes now.
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}

/** Events without a good end; an action of which nobody knows whether it ran is one that a person decides. */
async function undone({ read }: Store): Promise<string[]> {
  const events = await read.events.list({ limit: 100_000 });
  return events
    .filter(({ state }) => !['done', 'skipped', 'superseded'].includes(state))
    .filter(
      ({ sync, state, reason }) =>
        !(sync === 'welcome' && state === 'dead' && reason?.startsWith('nobody knows') === true),
    )
    .map(({ sync, key, state, reason }) => `${state}: ${sync} of ${key}: ${reason ?? 'no reason yet'}`);
}
