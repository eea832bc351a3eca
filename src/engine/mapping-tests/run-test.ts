import { isDeleted } from '../../map/departure.ts';
import { elementsOf } from '../../map/elements.ts';
import { mapRecord, type Mapped } from '../../map/map-record.ts';
import { scopeOf, withBefore, type Scope } from '../../map/scope.ts';
import type { Config } from '../../model/config.ts';
import { CUSTOM_FIELD } from '../../model/desired.ts';
import { eventBindings } from '../../model/event.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { Json } from '../../model/json.ts';
import type { Got, MappingTest } from '../../model/mapping-test.ts';
import { asKey } from '../../model/record.ts';
import type { Source } from '../../model/source.ts';
import type { Sync } from '../../model/sync.ts';

/** What the runner itself makes of a test's record; the sync and its source are known to be there. */
export async function runTest(config: Config, test: MappingTest): Promise<Got> {
  const { sync, source } = partsOf(config, test);
  try {
    const scope = await scopeOfTest(source, sync, test);
    const recordKey = asKey(await source.key(scope.record, scope.bindings));
    if (recordKey === undefined)
      return { type: 'error', words: 'no-key: the source yields no key for this record' };
    if (await isDeleted(source, scope)) return { type: 'deleted' };
    return await mapOnly(sync, scope, recordKey);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type: 'error', words: error.message };
  }
}

/** Of a sync with `each`, the one element that the test's record holds: what is expected is of one target. */
async function mapOnly(sync: Sync, scope: Scope, recordKey: string): Promise<Got> {
  const { elements, problems } = await elementsOf(sync, scope);
  if (problems[0]) return { type: 'error', words: problems[0].reason };
  if (elements.length > 1)
    return { type: 'error', words: `each yields ${elements.length} elements: give the test's record one` };
  const [only] = elements;
  return only ? gotOf(await mapRecord(sync, only.scope, recordKey)) : { type: 'skipped' };
}

export function partsOf(config: Config, test: MappingTest): { readonly sync: Sync; readonly source: Source } {
  const sync = config.syncs.get(test.sync)!;
  return { sync, source: config.sources.get(sync.source)! };
}

/** What the expressions of a test's sync see. */
export async function scopeOfTest(source: Source, sync: Sync, test: MappingTest): Promise<Scope> {
  const scope = await scopeOf(source, test.record, eventBindings(test.event));
  return sync.action ? withBefore(scope, source, test.before) : scope;
}

function gotOf(mapped: Mapped): Got {
  switch (mapped.type) {
    case 'left':
      return { type: 'skipped' };
    case 'dead':
      return { type: 'error', words: mapped.reason };
    case 'desired': {
      const { always, onCreate, onEmpty, tags } = mapped.desired;
      return {
        type: 'mapped',
        mapped: {
          key: mapped.key,
          fields: nested({ ...onCreate, ...onEmpty, ...always }),
          tags: { add: [...tags.sticky, ...tags.owned], remove: tags.remove },
        },
        warnings: mapped.warnings,
      };
    }
  }
}

/** `customFields.package` as people write it: under `customFields`. */
function nested(fields: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const custom = Object.entries(fields).filter(([name]) => name.startsWith(CUSTOM_FIELD));
  const own = Object.entries(fields).filter(([name]) => !name.startsWith(CUSTOM_FIELD));
  const customFields = Object.fromEntries(
    custom.map(([name, value]) => [name.slice(CUSTOM_FIELD.length), value]),
  );
  return { ...Object.fromEntries(own), ...(custom.length > 0 ? { customFields } : {}) };
}
