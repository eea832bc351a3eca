import { parameterFor } from '../../catalog/resource.ts';
import { callAction } from '../../deliver/call-action.ts';
import type { SyncEvent, Verdict } from '../../model/event.ts';
import type { Link } from '../../model/link.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Action, Sync } from '../../model/sync.ts';
import { followUp } from '../../settle/follow-up.ts';
import { atFirstImport, letsOlderGoFirst } from './action-waits.ts';
import { discreetOutcome, recordsIn } from '../discreet.ts';
import { failureJson } from '../inspect/journal-words.ts';
import { doubtfulRun, linkWithRuns, pastRuns, ranBefore } from './past-runs.ts';
import { readyAction, type Ready } from './ready-action.ts';
import { isReported } from '../report.ts';
import { isAsked } from './results-of-record.ts';
import { waitForLostParent } from './lost-parent.ts';
import type { LaneRuntime } from '../runtime.ts';
import { save, type Change } from './save.ts';

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
  const ready = await readyAction(runtime, sync, event);
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
  const after = (run: string) => linkWithRuns(runtime, sync, event, { runs: [...past, run], parentId });
  const ran = after(ready.digest);
  const inDoubt = after(doubtfulRun(ready.digest, event.id));
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
  const { operation } = action;
  if (ready.type === 'call') {
    const { targetKey } = event;
    const step = { type: 'call', operation, fields: ready.values } as const;
    runtime.stepped({ targetKey, events: [event], step, before: undefined, reported: true });
  }
  const values = ready.type === 'call' ? { with: ready.values } : {};
  const step = { type: 'report', call: operation, ...values };
  const verdict: Verdict = { state: 'skipped', reason: `report: ${operation} was not called` };
  return end(runtime, event, verdict, { journal: { step, answer: 'not sent' } });
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
  const link = (await mayHaveRun(runtime, event, outcome)) ? { link: inDoubt } : {};
  await save(workOf(runtime, event), { ...intent, ...link, journal, followUp: next });
  return next.type === 'settled';
}

/** Not where it is an earlier event's call of which nobody knows. */
async function mayHaveRun({ store }: LaneRuntime, event: SyncEvent, outcome: Outcome): Promise<boolean> {
  if (outcome.type !== 'dead' || outcome.intent !== 'keep') return false;
  return (await store.read.intents.get(event.targetKey))?.event === event.id;
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
