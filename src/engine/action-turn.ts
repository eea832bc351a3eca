import { parameterFor } from '../catalog/resource.ts';
import { callAction } from '../deliver/call-action.ts';
import { mapRecord, routeRecord } from '../map/map-record.ts';
import { scopeOf, withBefore, type Scope } from '../map/scope.ts';
import { digestOf } from '../model/digest.ts';
import { eventBindings, type SyncEvent, type Verdict } from '../model/event.ts';
import { ExpressionError } from '../model/expression.ts';
import type { Link } from '../model/link.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Fields } from '../model/step.ts';
import type { Action, Sync } from '../model/sync.ts';
import { followUp, type FollowUp } from '../settle/follow-up.ts';
import { atFirstImport, letsOlderGoFirst } from './action-waits.ts';
import { discreetOutcome, recordsIn } from './discreet.ts';
import { failureJson } from './journal-words.ts';
import { elementOf } from './elements-of-record.ts';
import { outlookFor, parentOf } from './parent-of.ts';
import { doubtfulRun, linkWithRuns, pastRuns, ranBefore } from './past-runs.ts';
import { isReported } from './report.ts';
import { isAsked, withResults, type Results } from './results-of-record.ts';
import { waitForLostParent } from './lost-parent.ts';
import type { LaneRuntime } from './runtime.ts';
import { save, type Change } from './save.ts';

/** What an action's event comes to before it is called: an end, a wait, or a call. */
type Ready =
  | { readonly type: 'ended'; readonly verdict: Verdict }
  | Extract<FollowUp, { readonly type: 'wait' }>
  | { readonly type: 'call'; readonly values: Fields; readonly digest: string; readonly parent?: Link };

/** How long a call waits for what others get, in ms, unless its parent says. */
const RESULT_TIMEOUT_MS = 24 * 3_600_000;

/** Runs an action's events one after the other, in the order in which they came: none stands for another. */
export async function actionTurn(
  runtime: LaneRuntime,
  sync: Sync & { readonly action: Action },
  events: readonly SyncEvent[],
): Promise<void> {
  for (const [at, event] of events.entries()) {
    const goesOn = await runOne(runtime, sync, event);
    if (goesOn) continue;
    // A later one must not overtake it.
    const rest = events.slice(at + 1).map(({ id }) => id);
    const due = runtime.clock.now() + 1_000;
    await runtime.store.write((tables) =>
      tables.events.postpone(rest, due, 'an earlier action of this key is not done', 0),
    );
    return;
  }
}

/** False where the event is still to be done. */
async function runOne(
  runtime: LaneRuntime,
  sync: Sync & { readonly action: Action },
  event: SyncEvent,
): Promise<boolean> {
  const ready = await makeReady(runtime, sync, event);
  const link = await runtime.store.read.links.get(event.targetKey);
  if (ready.type === 'ended') return end(runtime, event, ready.verdict);
  if (isReported(runtime.config, sync)) return reportCall(runtime, sync, event, ready);
  if (ready.type === 'wait') {
    await save(workOf(runtime, event), { followUp: ready });
    return false;
  }
  if (await letsOlderGoFirst(runtime, event)) return false;
  const past = pastRuns(link);
  const before = ranBefore(past, sync.action.oncePerKey ? undefined : ready.digest);
  if (before !== undefined) return end(runtime, event, { state: 'skipped', reason: before });
  const parentId = ready.parent?.targetId ?? null;
  const ran = linkWithRuns(runtime, sync, event, { runs: [...past, ready.digest], parentId });
  const inDoubt = linkWithRuns(runtime, sync, event, {
    runs: [...past, doubtfulRun(ready.digest, event.id)],
    parentId,
  });
  if (event.action?.initial) {
    const first = await atFirstImport(runtime, sync.action, event);
    if (first.type === 'waits') return false;
    if (first.type === 'skipped') return end(runtime, event, first.verdict, { link: ran });
    if (first.type === 'asks') return end(runtime, event, first.verdict, { link: inDoubt });
  }
  const successesBefore = runtime.health.successes();
  const outcome = await runtime.away(() => call(runtime, sync, event, ready));
  runtime.health.note(discreetOutcome(runtime, outcome, recordsIn({ events: [event] })), event.targetKey);
  if (outcome.type === 'applied') {
    const step = { type: 'call', operation: sync.action.operation, fields: ready.values } as const;
    runtime.stepped({ targetKey: event.targetKey, events: [event], step, before: link });
  }
  if (outcome.type === 'parent-missing' && ready.parent) {
    const parentTimeoutMs = sync.parent?.timeoutMs ?? 0;
    const refused = { step: { type: 'call' }, answer: failureJson(outcome) };
    const { work } = workOf(runtime, event);
    return waitForLostParent({ runtime, work: { ...work, parentTimeoutMs }, parent: ready.parent }, refused);
  }
  return follow(runtime, event, outcome, { ran, inDoubt, successesBefore });
}

/** No link remembers it: it has not run. */
function reportCall(
  runtime: LaneRuntime,
  { action }: Sync & { readonly action: Action },
  event: SyncEvent,
  ready: Exclude<Ready, { type: 'ended' }>,
): Promise<boolean> {
  const values = ready.type === 'call' ? { with: ready.values } : {};
  const step = { type: 'report', call: action.operation, ...values };
  const verdict: Verdict = { state: 'skipped', reason: `report: ${action.operation} was not called` };
  return end(runtime, event, verdict, { journal: { step, answer: 'not sent' } });
}

async function makeReady(
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

async function call(
  runtime: LaneRuntime,
  sync: Sync & { readonly action: Action },
  event: SyncEvent,
  ready: Extract<Ready, { type: 'call' }>,
): Promise<Outcome> {
  const { operation, part, http, repeatSafe } = sync.action;
  const parent = sync.parent && runtime.config.syncs.get(sync.parent.sync);
  return callAction(runtime.deliver, {
    targetKey: event.targetKey,
    operation: http ?? runtime.deliver.operation(operation, part),
    values: ready.values,
    repeatSafe,
    priority: event.priority,
    event: event.id,
    ...(ready.parent && parent
      ? {
          parent: {
            id: ready.parent.targetId,
            resource: ready.parent.resource,
            parameter: parameterFor(parent.resource),
          },
        }
      : {}),
  });
}

async function follow(
  runtime: LaneRuntime,
  event: SyncEvent,
  outcome: Outcome,
  {
    ran,
    inDoubt,
    successesBefore,
  }: { readonly ran: Link; readonly inDoubt: Link; readonly successesBefore: number },
): Promise<boolean> {
  const intent = 'intent' in outcome ? {} : { intent: 'clear' as const };
  const journal = {
    step: { type: 'call' },
    answer: 'answer' in outcome ? outcome.answer : failureJson(outcome),
  };
  if (outcome.type === 'applied' || outcome.type === 'adopted') {
    const body = outcome.type === 'applied' && isAsked(runtime.config, event.sync) ? outcome.body : undefined;
    const link = body === undefined ? ran : { ...ran, answer: body };
    return end(runtime, event, { state: 'done', reason: 'ran' }, { ...intent, journal, link });
  }
  const now = runtime.clock.now();
  const next = followUp(outcome, event, {
    now,
    random: runtime.random(),
    othersSucceed: runtime.health.othersSucceeded(event.targetKey, successesBefore),
  });
  const isOwn = (await runtime.store.read.intents.get(event.targetKey))?.event === event.id;
  const link = outcome.type === 'dead' && outcome.intent === 'keep' && isOwn ? { link: inDoubt } : {};
  await save(workOf(runtime, event), { ...intent, ...link, journal, followUp: next });
  return next.type === 'settled';
}

async function end(
  runtime: LaneRuntime,
  event: SyncEvent,
  verdict: Verdict,
  change: Change = {},
): Promise<boolean> {
  await save(workOf(runtime, event), { ...change, followUp: { type: 'settled', verdict } });
  return true;
}

/** An action's event is all of its target's work. */
function workOf(runtime: LaneRuntime, event: SyncEvent) {
  return { runtime, work: { events: [event], targetKey: event.targetKey } };
}
