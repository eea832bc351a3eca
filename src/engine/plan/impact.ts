import { isDeepStrictEqual } from 'node:util';
import { mapRecord, type Mapped } from '../../map/map-record.ts';
import { scopeOf } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import type { Desired } from '../../model/desired.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { StoredRecord } from '../../model/record.ts';
import type { Sync } from '../../model/sync.ts';
import type { Store } from '../../store/store.ts';
import type { Outlook, Values } from '../turn/outlook.ts';
import { parentOf } from '../turn/parent-of.ts';
import { createRoll, type SyncImpact } from './impact-roll.ts';

/** What an edited mapping would make of the records that are stored: the shape of `impact --json`, too. */
export interface Impact {
  /** Records that are stored, and not gone. */
  readonly records: number;
  /** Syncs that change anything; actions run for what arrives, not for what is stored. */
  readonly syncs: readonly SyncImpact[];
}

export interface ImpactOptions {
  readonly store: Store;
  readonly tenant: string;
  readonly before: Config;
  readonly after: Config;
}

const PAGE = 500;

/** Maps all stored records by both configs and compares. Reads, and changes nothing. */
export async function impactOf(options: ImpactOptions): Promise<Impact> {
  const { before, after, store, tenant } = options;
  const impacts: SyncImpact[] = [];
  for (const name of new Set([...before.syncs.keys(), ...after.syncs.keys()])) {
    const impact = await syncImpact(options, name);
    if (impact) impacts.push(impact);
  }
  let records = 0;
  for (const source of new Set([...before.sources.keys(), ...after.sources.keys()]))
    records += await store.read.records.countLive(tenant, source);
  return { records, syncs: impacts };
}

async function syncImpact(options: ImpactOptions, name: string): Promise<SyncImpact | undefined> {
  const [was, will] = [options.before.syncs.get(name), options.after.syncs.get(name)];
  const roll = createRoll(name);
  // Actions run for what arrives, not for what is stored.
  if (was?.action || will?.action) return undefined;
  for (const source of new Set([was?.source, will?.source])) {
    if (source === undefined) continue;
    for await (const record of storedRecords(options, source)) {
      const one = await outlook(options, options.before, ofSource(was, source), record);
      const other = await outlook(options, options.after, ofSource(will, source), record);
      if (!isDeepStrictEqual(one, other)) roll.add(record.key, one, other);
      else if (one.type !== 'left') roll.same();
    }
  }
  return roll.impact();
}

function ofSource(sync: Sync | undefined, source: string): Sync | undefined {
  return sync?.source === source ? sync : undefined;
}

const LEFT: Outlook = { type: 'left' };

async function* storedRecords(
  { store, tenant }: ImpactOptions,
  source: string,
): AsyncGenerator<StoredRecord> {
  const sequence = await store.read.records.currentSequence();
  for (let after = ''; ;) {
    const keys = await store.read.records.liveKeys(tenant, source, sequence, after, PAGE);
    yield* (await store.read.records.getMany(tenant, source, keys)).values();
    if (keys.length < PAGE) return;
    after = keys.at(-1)!;
  }
}

async function outlook(
  { store, tenant }: ImpactOptions,
  config: Config,
  sync: Sync | undefined,
  record: StoredRecord,
): Promise<Outlook> {
  const source = sync && config.sources.get(sync.source);
  if (!source || !sync.enabled) return LEFT;
  try {
    const scope = await scopeOf(source, record.body, {});
    const mapped: Mapped = await mapRecord(sync, scope, record.key);
    if (mapped.type !== 'desired')
      return mapped.type === 'left' ? LEFT : { type: 'dead', reason: mapped.reason };
    const parent = await parentOf({ config, tenant, store }, sync, scope, record.key);
    if (parent.type === 'skipped') return LEFT;
    if (parent.type === 'dead') return { type: 'dead', reason: parent.reason };
    const wanted = { type: 'wanted', key: mapped.key, ...wantedOf(mapped.desired) } as const;
    return parent.type === 'target' ? { ...wanted, parent: parent.targetKey } : wanted;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type: 'dead', reason: error.message };
  }
}

/** Tags as rules want them: one that is to be absent is written with a minus. */
function wantedOf({ always, onCreate, onEmpty, tags }: Desired): { values: Values; tags: readonly string[] } {
  const wanted = [...tags.sticky, ...tags.owned, ...tags.remove.map((tag) => `-${tag}`)];
  return { values: { ...onCreate, ...onEmpty, ...always }, tags: [...new Set(wanted)].sort() };
}
