import { PRIORITY, type EventState, type Priority, type SyncEvent } from '../../model/event.ts';
import type { Aim } from '../../store/event-queries.ts';
import type { Tables } from '../../store/tables.ts';
import { nameless, refusal, type Hands } from '../dead-letters.ts';
import { aimOf } from '../inspect/inspect-mapping.ts';
import { forgetDoubtfulRun } from '../turn/past-runs.ts';
import { pagesOf, selectEvents, type Note, type Selection } from '../inspect/select-events.ts';

export interface Replayed {
  readonly replayed: number;
  /** An event of the record waited already: it applies the same. */
  readonly waiting: number;
  readonly notes: readonly Note[];
}

export const FINAL_STATES: readonly EventState[] = ['done', 'skipped', 'superseded', 'dead'];

type Ready = { readonly event: SyncEvent; readonly aim: Aim };

/**
 * The records of events that have ended go through their syncs once more, each record once: as they stand now, or, for
 * history, as the newest of the chosen events brought them (ENGINE case 16).
 */
export async function replay(
  hands: Hands,
  selection: Selection,
  { asRecorded = false }: { readonly asRecorded?: boolean } = {},
): Promise<Replayed> {
  const { store, clock } = hands;
  const selected = await selectEvents(store, selection, FINAL_STATES);
  const priority = selection.names.length > 0 ? PRIORITY.changed : PRIORITY.bulk;
  const notes: Note[] = [];
  const taken = new Set<string>();
  const counts = { replayed: 0, waiting: 0 };
  for (const page of pagesOf(selected.events)) {
    const events = (await store.read.events.list({ ids: page, limit: page.length })).filter((event) =>
      isFirst(event, taken),
    );
    const aimed = await Promise.all(
      events.map(async (event) => {
        const chosen = asRecorded ? await withRecord(hands, event) : asItStands(event);
        return 'refused' in chosen ? chosen : aimFinal(hands, chosen);
      }),
    );
    notes.push(...aimed.filter((one) => 'refused' in one));
    const ready = aimed.filter((one) => 'aim' in one);
    const now = clock.now();
    const began = await store.write(async (tables) => {
      let count = 0;
      for (const one of ready) if (await begin(tables, one, priority, now)) count += 1;
      return count;
    });
    counts.replayed += began;
    counts.waiting += ready.length - began;
  }
  // What was dead among them was selected by its state, or by name: any may be unpacked again.
  for (const page of pagesOf(selected.deliveries))
    await store.write(async (tables) => {
      for (const id of page) await tables.deliveries.receiveAgain(id);
    });
  return { ...counts, replayed: counts.replayed + selected.deliveries.length, notes };
}

/** An action's event has its own record: it stands for itself. */
function isFirst({ id, tenant, sync, key, element, action }: SyncEvent, taken: Set<string>): boolean {
  const name = JSON.stringify(action ? [id] : [tenant, sync, key, element]);
  return !taken.has(name) && Boolean(taken.add(name));
}

/** What was applied as recorded is no reason to be so again. */
function asItStands(event: SyncEvent): SyncEvent {
  const plain: { -readonly [K in keyof SyncEvent]: SyncEvent[K] } = { ...event };
  delete plain.recorded;
  delete plain.asRecorded;
  return plain;
}

async function withRecord({ store }: Hands, event: SyncEvent): Promise<SyncEvent | Note> {
  if (event.action) return event;
  const { id, tenant, source, key } = event;
  const recorded = await store.read.events.recorded(id);
  if (!recorded)
    return refusal(
      id,
      'it brought no record: the runner made it; take an older event of its key (events list --key)',
    );
  const now = await store.read.records.get(tenant, source, key);
  if (now?.gone) return refusal(id, 'its record is gone: what was deleted is not made again from history');
  return { ...event, recorded, asRecorded: true };
}

async function aimFinal(hands: Hands, event: SyncEvent): Promise<Ready | Note> {
  if (!FINAL_STATES.includes(event.state))
    return refusal(event.id, `it is ${event.state}: it has not ended yet`);
  if (event.key.startsWith('no-key ')) return nameless(event);
  if (event.action && event.state === 'dead')
    return refusal(event.id, 'an action that is dead is not replayed: retry it');
  const aim = await aimOf(hands, event);
  return aim
    ? { event, aim }
    : refusal(event.id, `its sync ${event.sync} is not in the config any more, or disabled`);
}

/** False where an event of the record waits already. It keeps the webhook's name, which mappings may ask for. */
async function begin(
  tables: Tables,
  { event, aim }: Ready,
  priority: Priority,
  now: number,
): Promise<boolean> {
  if (!event.action) {
    if ((await tables.events.waiting(event)) !== undefined) return false;
    await tables.events.replaced(event, now);
  }
  const decided = event.action && (await forgetDoubtfulRun(tables, event));
  const { id, ...old } = event;
  const seen = decided ? { action: { ...event.action, initial: false } } : {};
  const fresh = { reason: null, remedy: null, tries: 0, waitsFor: null, targetKeyBefore: null, ...seen };
  await tables.events.add(
    [{ ...old, ...fresh, ...aim, state: 'pending', priority, due: now, createdAt: now }],
    now,
  );
  await tables.journal.add({
    event: id,
    step: { type: 'replayed by hand' },
    answer: { was: event.state, reason: event.reason },
    at: now,
  });
  return true;
}
