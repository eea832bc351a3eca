import { isDeepStrictEqual } from 'node:util';
import { scopeOf } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import { ExpressionError } from '../../model/expression.ts';
import { asKey, type StoredRecord } from '../../model/record.ts';
import type { Source } from '../../model/source.ts';
import type { Sync } from '../../model/sync.ts';
import type { Store } from '../../store/store.ts';
import type { Outlook } from '../turn/outlook.ts';
import { outlooksOf } from './outlooks-of.ts';
import { createRoll, type Roll, type SyncImpact } from './impact-roll.ts';

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
  const { after, store, tenant } = options;
  const before = renamed(options.before, after);
  const impacts: SyncImpact[] = [];
  for (const name of new Set([...before.syncs.keys(), ...after.syncs.keys()])) {
    const impact = await syncImpact({ ...options, before }, name);
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
      const key = await keyOf(options, source, record);
      const ones = await outlooksOf(options, options.before, ofSource(was, source), record, record.key);
      const others = await outlooksOf(options, options.after, ofSource(will, source), record, key);
      compare(roll, record.key, ones, others);
    }
  }
  return roll.impact();
}

type Outlooks = Awaited<ReturnType<typeof outlooksOf>>;

function compare(roll: Roll, key: string, before: Outlooks, after: Outlooks): void {
  for (const element of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(element) ?? LEFT, after.get(element) ?? LEFT];
    if (!isDeepStrictEqual(one, other)) roll.add(element === '' ? key : `${key} ${element}`, one, other);
    else if (one.type !== 'left') roll.same();
  }
}

/** The syncs from before under the names that they bear now: `was` keeps what they have written. */
function renamed(before: Config, after: Config): Config {
  const names = new Map(
    [...after.syncs.values()].flatMap(({ name, was }) =>
      was !== undefined && !after.syncs.has(was) && !before.syncs.has(name) ? [[was, name] as const] : [],
    ),
  );
  const nameNow = (name: string): string => names.get(name) ?? name;
  const syncs = [...before.syncs.values()].map((sync): Sync => {
    const parent = sync.parent && { ...sync.parent, sync: nameNow(sync.parent.sync) };
    return { ...sync, name: nameNow(sync.name), ...(parent ? { parent } : {}) };
  });
  return { ...before, syncs: new Map(syncs.map((sync) => [sync.name, sync])) };
}

/** What a record is known by from now on: another key only where the source's expression gives another. */
async function keyOf({ before, after }: ImpactOptions, source: string, record: StoredRecord) {
  const [was, will] = [before, after].map((config) => config.sources.get(source));
  const [one, other] = [await keyBy(was, record), await keyBy(will, record)];
  return one === other ? record.key : (other ?? record.key);
}

function ofSource(sync: Sync | undefined, source: string): Sync | undefined {
  return sync?.source === source ? sync : undefined;
}

const LEFT: Outlook = { type: 'left' };

/** What a source's expression gives; nothing for what it fails on. */
async function keyBy(source: Source | undefined, record: StoredRecord): Promise<string | undefined> {
  if (!source) return undefined;
  try {
    const scope = await scopeOf(source, record.body, {});
    return asKey(await source.key(scope.record, scope.bindings));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undefined;
  }
}

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
