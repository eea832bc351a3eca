import { digestOf, hashOf } from '../../model/digest.ts';
import type { SyncEvent } from '../../model/event.ts';
import { isBeyond, type Guard } from '../../model/guard.ts';
import { examplesOf, withoutExamples, type Hold } from '../../model/hold.ts';
import { prepare } from '../turn/prepare.ts';
import { areTakenOver, asksMore, letGo } from './asks-more.ts';
import { isGuarded } from '../intake/destinations.ts';
import type { Runtime } from '../runtime.ts';

/** What a held event would do to what is there. */
type Effect = 'change' | 'delete' | 'create' | 'none';

interface Weighed {
  readonly key: string;
  readonly effect: Effect;
  /** Of what it would make of its target. */
  readonly digest: string;
}

/**
 * Weighs what polls and edited mappings have brought for syncs with a guard, once all of it is there. Within the guard it
 * goes on; beyond it nothing of that sync does, until a person approves just that. Yields how many events go on. Not while a
 * source is read: a part of what it brings says nothing of the whole.
 */
export async function guardSyncs(runtime: Runtime, syncs: readonly string[]): Promise<number> {
  let released = 0;
  for (const sync of syncs) released += await guardSync(runtime, sync);
  return released;
}

/** What an earlier process left, also of syncs that have no guard any more, or are not there. */
export async function guardLeftovers(runtime: Runtime): Promise<void> {
  await guardSyncs(runtime, await runtime.store.read.events.heldSyncs(runtime.tenant));
}

/** The syncs of a source, or of all, that have a guard. */
export function guardedSyncs({ config }: Runtime, source?: string): string[] {
  const syncs = [...config.syncs.values()].filter((sync) => source === undefined || sync.source === source);
  return syncs.filter(isGuarded).map(({ name }) => name);
}

/** Where what a sync would do waits. */
export function placeOfSync(sync: string): string {
  return `syncs.${sync}`;
}

async function guardSync(runtime: Runtime, sync: string): Promise<number> {
  const { store, tenant, config, log } = runtime;
  const hold = await stoppedBy(runtime, sync, config.syncs.get(sync)?.guard ?? {});
  if (!hold) return releaseSync(runtime, sync);
  const known = await store.read.holds.get(tenant, hold.place);
  if (known?.hash === hold.hash) return known.approved ? releaseSync(runtime, sync) : 0;
  await store.write((tables) => tables.holds.put(hold));
  log.warn({ sync }, `${withoutExamples(hold)}; approve it with \`boothsync run --approve ${hold.hash}\``);
  return 0;
}

/** All that is held of a sync goes on. */
export async function releaseSync({ store, tenant, clock }: Runtime, sync: string): Promise<number> {
  return store.write(async (tables) => {
    await tables.holds.remove(tenant, placeOfSync(sync));
    return tables.events.releaseHeld(tenant, sync, clock.now());
  });
}

async function stoppedBy(runtime: Runtime, sync: string, guard: Guard): Promise<Hold | undefined> {
  const { store, tenant, clock } = runtime;
  const known = await store.read.members.count(tenant, sync);
  const isOver = (changes: number, deletes: number) =>
    (guard.change !== undefined && isBeyond(guard.change, changes, known)) ||
    (guard.delete !== undefined && isBeyond(guard.delete, deletes, known));
  const events = await store.read.events.heldOf(tenant, sync);
  // Not even all of them together would be too many.
  if (!isOver(events.length, events.length)) return undefined;
  const weighed: Weighed[] = [];
  for (const event of events) weighed.push(await weigh(runtime, event));
  const keysOf = (effect: Effect) => weighed.filter((one) => one.effect === effect).map(({ key }) => key);
  const [changes, deletes] = [keysOf('change'), keysOf('delete')];
  if (!isOver(changes.length, deletes.length)) return undefined;
  const keys = [...changes, ...deletes].sort();
  return {
    tenant,
    place: placeOfSync(sync),
    hash: hashOf([tenant, sync, weighed.map(({ key, effect, digest }) => [key, effect, digest]).sort()]),
    keys,
    message: `${sync} would change ${changes.length} and delete ${deletes.length} of ${known} records (${examplesOf(keys)}), and create ${keysOf('create').length}: nothing of it was done`,
    at: clock.now(),
    approved: false,
  };
}

async function weigh(runtime: Runtime, event: SyncEvent): Promise<Weighed> {
  const key = event.element === '' ? event.key : `${event.key} ${event.element}`;
  const before = await runtime.store.read.members.get(event);
  const prepared = await prepare(runtime, event);
  switch (prepared.type) {
    case 'join': {
      const { targetKey, desired } = prepared.member;
      const digest = digestOf([targetKey, desired]);
      if (!before) return { key, digest, effect: 'create' };
      if (before.targetKey !== targetKey) return { key, digest, effect: 'change' };
      if (asksMore(before.desired, desired)) return { key, digest, effect: 'change' };
      const left = letGo(before.desired, desired);
      // Thousands may share a target: they are read only where it matters.
      const sharing = left.length > 0 ? await runtime.store.read.members.of(targetKey) : [];
      return { key, digest, effect: areTakenOver(left, desired.sync, sharing) ? 'change' : 'none' };
    }
    case 'leave': {
      const { farewell } = prepared;
      // Its target is left as it is.
      return { key, digest: digestOf(farewell), effect: farewell.type === 'ignore' ? 'none' : 'delete' };
    }
    case 'elsewhere':
      return { key, digest: digestOf(prepared.targetKey), effect: before ? 'change' : 'create' };
    case 'ended':
      return { key, digest: prepared.verdict.state, effect: 'none' };
  }
}
