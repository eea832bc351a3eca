import { mapRecord, routeRecord } from '../../map/map-record.ts';
import { scopeOf, withBefore, type Scope } from '../../map/scope.ts';
import { digestOf } from '../../model/digest.ts';
import { eventBindings, type SyncEvent, type Verdict } from '../../model/event.ts';
import { ExpressionError } from '../../model/expression.ts';
import type { Link } from '../../model/link.ts';
import type { Fields } from '../../model/step.ts';
import type { Action, Sync } from '../../model/sync.ts';
import type { FollowUp } from '../../settle/follow-up.ts';
import { elementOf } from '../intake/elements-of-record.ts';
import { outlookFor, parentOf } from './parent-of.ts';
import { withResults, type Results } from './results-of-record.ts';
import type { LaneRuntime } from '../runtime.ts';

/** What an action's event comes to before it is called: an end, a wait, or a call. */
export type Ready =
  | { readonly type: 'ended'; readonly verdict: Verdict }
  | Extract<FollowUp, { readonly type: 'wait' }>
  | { readonly type: 'call'; readonly values: Fields; readonly digest: string; readonly parent?: Link };

/** How long a call waits for what others get, in ms, unless its parent says. */
const RESULT_TIMEOUT_MS = 24 * 3_600_000;

/** Maps an action's event: what it is to be called with, or why it is not, or not yet. */
export async function readyAction(
  runtime: LaneRuntime,
  sync: Sync & { readonly action: Action },
  event: SyncEvent,
): Promise<Ready> {
  const { config } = runtime;
  const source = config.sources.get(event.source);
  if (!source || !event.action) return ended('skipped', 'its source is not in the config any more');
  try {
    const base = await scopeOf(source, event.action.record, eventBindings(event.name));
    const element = await elementOf(sync, withBefore(base, source, event.action.before), event.element);
    if (!element) return ended('skipped', 'the record has no such element');
    if ('reason' in element) return ended('dead', element.reason, element.remedy);
    const results = await withResults(runtime, sync.action, event, element.scope);
    if (results.type !== 'known') return await withoutResults(sync, event, element.scope, results);
    const { scope } = results;
    const mapped = await mapRecord(sync, scope, event.key);
    if (mapped.type === 'left') return ended('skipped', '`when` does not hold');
    if (mapped.type === 'dead') return ended('dead', mapped.reason, mapped.remedy);
    const values = { ...mapped.desired.onCreate, ...mapped.desired.always };
    return await withParent(runtime, sync, event, scope, values);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return ended('dead', error.message, 'correct the expression or the record, then retry the event');
  }
}

/** `when` goes first: what it leaves out waits for nobody. */
async function withoutResults(
  sync: Sync,
  event: SyncEvent,
  scope: Scope,
  results: Exclude<Results, { readonly type: 'known' }>,
): Promise<Ready> {
  const route = await routeRecord(sync, scope, event.key);
  if (route.type === 'left') return ended('skipped', '`when` does not hold');
  if (results.type === 'skipped') return ended('skipped', results.reason);
  if (results.type === 'dead') return ended('dead', results.reason, results.remedy);
  const until = event.createdAt + (sync.parent?.timeoutMs ?? RESULT_TIMEOUT_MS);
  return { type: 'wait', parent: results.targetKey, until, settling: true };
}

async function withParent(
  runtime: LaneRuntime,
  sync: Sync,
  event: SyncEvent,
  scope: Scope,
  values: Fields,
): Promise<Ready> {
  const digest = digestOf(values);
  const parent = await parentOf(runtime, sync, scope, event.key);
  switch (parent.type) {
    case 'none':
      return { type: 'call', values, digest };
    case 'dead':
      return ended('dead', parent.reason, parent.remedy);
    case 'skipped':
      return ended('skipped', 'its parent is skipped');
    case 'target': {
      const link = await runtime.store.read.links.get(parent.targetKey);
      if (link && !link.gone) return { type: 'call', values, digest, parent: link };
      const outlook = await outlookFor(runtime, event, parent.targetKey);
      if (outlook === 'in-vain') return ended('skipped', 'its record is gone, and so is its parent');
      const until = event.createdAt + (sync.parent?.timeoutMs ?? 0);
      return { type: 'wait', parent: parent.targetKey, until, whileComing: outlook === 'while-coming' };
    }
  }
}

function ended(state: 'skipped' | 'dead', reason: string, remedy?: string): Ready {
  return { type: 'ended', verdict: { state, reason, ...(remedy === undefined ? {} : { remedy }) } };
}
