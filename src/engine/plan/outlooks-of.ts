import { elementsOf } from '../../map/elements.ts';
import { mapRecord } from '../../map/map-record.ts';
import { scopeOf, type Scope } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import type { Desired } from '../../model/desired.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { StoredRecord } from '../../model/record.ts';
import type { Sync } from '../../model/sync.ts';
import { identityOf, targetOf } from '../intake/destinations.ts';
import type { Outlook, Values } from '../turn/outlook.ts';
import { parentOf } from '../turn/parent-of.ts';
import type { Reading } from '../runtime.ts';

/**
 * What a sync makes of a stored record that is known by `key`: one outlook under `''`, or with `each` one for each element
 * under the element's key. Nothing where the sync is not there, or off.
 */
export async function outlooksOf(
  { store, tenant }: Pick<Reading, 'store' | 'tenant'>,
  config: Config,
  sync: Sync | undefined,
  record: StoredRecord,
  key: string,
): Promise<ReadonlyMap<string, Outlook>> {
  const source = sync && config.sources.get(sync.source);
  if (!source || !sync.enabled) return new Map();
  try {
    const scope = await scopeOf(source, record.body, {});
    const { elements, problems } = await elementsOf(sync, scope);
    const outlooks = new Map<string, Outlook>();
    for (const element of elements)
      outlooks.set(element.key, await outlook({ config, tenant, store }, sync, element.scope, key));
    for (const { key: name, reason } of problems) outlooks.set(name, { type: 'dead', reason });
    return outlooks;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return new Map([['', { type: 'dead', reason: error.message }]]);
  }
}

async function outlook(reading: Reading, sync: Sync, scope: Scope, key: string): Promise<Outlook> {
  const mapped = await mapRecord(sync, scope, key);
  if (mapped.type !== 'desired')
    return mapped.type === 'left' ? { type: 'left' } : { type: 'dead', reason: mapped.reason };
  const parent = await parentOf(reading, sync, scope, key);
  if (parent.type === 'skipped') return { type: 'left' };
  if (parent.type === 'dead') return { type: 'dead', reason: parent.reason };
  const identity = identityOf(reading.config, sync, key, mapped.key);
  const target = targetOf(reading.config, reading.tenant, sync, identity);
  const wanted = { type: 'wanted', key: target, ...wantedOf(mapped.desired) } as const;
  return parent.type === 'target' ? { ...wanted, parent: parent.targetKey } : wanted;
}

/** Tags as rules want them: one that is to be absent is written with a minus. */
function wantedOf({ always, onCreate, onEmpty, tags }: Desired): { values: Values; tags: readonly string[] } {
  const wanted = [...tags.sticky, ...tags.owned, ...tags.remove.map((tag) => `-${tag}`)];
  return { values: { ...onCreate, ...onEmpty, ...always }, tags: [...new Set(wanted)].sort() };
}
