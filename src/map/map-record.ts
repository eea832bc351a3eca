import type { Desired } from '../model/desired.ts';
import { ExpressionError } from '../model/expression.ts';
import { asKey } from '../model/record.ts';
import type { Sync } from '../model/sync.ts';
import { farewellTags } from './departure.ts';
import { mapFields } from './map-fields.ts';
import { mapTags } from './map-tags.ts';
import { isTrue, type Scope } from './scope.ts';

/** What a sync makes of a record. */
export type Mapped =
  | {
      readonly type: 'desired';
      readonly key: string;
      readonly desired: Desired;
      readonly warnings: readonly string[];
    }
  /** `when` does not hold. */
  | { readonly type: 'left' }
  | { readonly type: 'dead'; readonly reason: string; readonly remedy: string };

/** Where a record goes, before its fields are looked at. */
export type Route = { readonly type: 'to'; readonly key: string } | Exclude<Mapped, { type: 'desired' }>;

/** `when` and `key`: cheap, and enough to know a record's target. */
export async function routeRecord(sync: Sync, scope: Scope, recordKey: string): Promise<Route> {
  return guarded(async () => {
    if (sync.when && !isTrue(await sync.when(scope.record, scope.bindings))) return { type: 'left' };
    if (!sync.key) return { type: 'to', key: recordKey };
    const key = asKey(await sync.key(scope.record, scope.bindings));
    return key === undefined ? noKey(sync) : { type: 'to', key };
  });
}

/** The whole mapping: pure, so `plan`, `test` and the dashboard show what the runner would do. */
export async function mapRecord(sync: Sync, scope: Scope, recordKey: string): Promise<Mapped> {
  return guarded(async () => {
    const route = await routeRecord(sync, scope, recordKey);
    if (route.type !== 'to') return route;
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const fields = await mapFields(sync, scope, warn);
    const tags = await mapTags(sync, scope, warn);
    const farewell = await farewellTags(sync, scope);
    const allTags = farewell.length === 0 ? tags : { ...tags, farewell };
    const desired = { sync: sync.name, ...fields, tags: allTags };
    return { type: 'desired', key: route.key, desired, warnings };
  });
}

async function guarded<T>(work: () => Promise<T>): Promise<T | Extract<Mapped, { type: 'dead' }>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return {
      type: 'dead',
      reason: error.message,
      remedy: 'correct the expression or the record; then retry it',
    };
  }
}

function noKey(sync: Sync): Extract<Mapped, { type: 'dead' }> {
  return {
    type: 'dead',
    reason: 'no-key: the key of this record is nothing, a list, an object or longer than 500 letters',
    remedy: `give syncs.${sync.name} a \`when\` that leaves such records out, or a key that they have`,
  };
}
