import type { Clock } from '../model/clock.ts';
import type { EventState, SyncEvent } from '../model/event.ts';
import { NOBODY_KNOWS } from '../model/intent.ts';
import type { Aim } from '../store/event-queries.ts';
import type { Tables } from '../store/tables.ts';
import { iso } from './inspect/inspect-list.ts';
import { aimOf } from './inspect/inspect-mapping.ts';
import { forgetDoubtfulRun } from './turn/past-runs.ts';
import type { Reading } from './runtime.ts';
import { pagesOf, selectEvents, type Note, type Selection } from './inspect/select-events.ts';

/** What a person does to events takes the time, too. */
export type Hands = Reading & { readonly clock: Clock };

export interface Retried {
  readonly retried: number;
  /** A newer event of the record waited already. */
  readonly superseded: number;
  readonly notes: readonly Note[];
}

export interface Discarded {
  readonly discarded: number;
  readonly notes: readonly Note[];
}

/** Dead letters are pending again; each applies its record's newest state (ENGINE case 16). */
export async function retry(hands: Hands, selection: Selection): Promise<Retried> {
  const { store, clock } = hands;
  const selected = await selectEvents(store, selection, ['dead']);
  const notes: Note[] = [];
  let retried = 0;
  let superseded = 0;
  for (const page of pagesOf(selected.events)) {
    const aimed = await Promise.all((await eventsOf(hands, page)).map((event) => aimDead(hands, event)));
    const ready = aimed.filter((one) => 'aim' in one);
    notes.push(...aimed.filter((one) => 'refused' in one));
    // Of many at once it would be too much to tell.
    if (selection.names.length > 0) notes.push(...(await appliedSince(hands, ready)));
    const now = clock.now();
    const results = await store.write(async (tables) => {
      const ends: (EventState | undefined)[] = [];
      for (const one of ready) ends.push(await retryOne(tables, one.event, one.aim, now));
      return ends;
    });
    retried += results.filter((end) => end === 'pending').length;
    superseded += results.filter((end) => end === 'superseded').length;
  }
  const deliveries = await actOnDeliveries(hands, selected.deliveries, notes, (tables, id) =>
    tables.deliveries.receiveAgain(id),
  );
  return { retried: retried + deliveries, superseded, notes };
}

/** Dead letters are over; a full read takes their records up again (ENGINE case 15). `forgetIntent`: so are the creates in doubt. */
export async function discard(hands: Hands, selection: Selection, forgetIntent: boolean): Promise<Discarded> {
  const { store, clock } = hands;
  const selected = await selectEvents(store, selection, ['dead']);
  const notes: Note[] = [];
  let discarded = 0;
  for (const page of pagesOf(selected.events)) {
    const events = await eventsOf(hands, page);
    const now = clock.now();
    for (const event of events) if (event.state !== 'dead') notes.push(notDead(event));
    const done = await store.write(async (tables) => {
      const told: Note[][] = [];
      for (const event of events) {
        if (!(await tables.events.discard(event.id, now))) continue;
        await remember(tables, event, 'discarded by hand', now);
        told.push(await intentAfterDiscard(tables, event, forgetIntent));
      }
      return told;
    });
    discarded += done.length;
    notes.push(...done.flat());
  }
  const deliveries = await actOnDeliveries(hands, selected.deliveries, notes, (tables, id) =>
    tables.deliveries.settle(id, 'accepted', 'discarded by hand'),
  );
  return { discarded: discarded + deliveries, notes };
}

type Aimed = { readonly event: SyncEvent; readonly aim: Aim } | Note;

async function aimDead(hands: Hands, event: SyncEvent): Promise<Aimed> {
  if (event.state !== 'dead') return notDead(event);
  if (event.key.startsWith('no-key ')) return nameless(event);
  const aim = await aimOf(hands, event);
  if (!aim)
    return refusal(event.id, `its sync ${event.sync} is not in the config any more, or disabled: discard it`);
  return { event, aim };
}

/** Not to be feared: all that a retry applies is the newest. */
async function appliedSince(
  { store }: Hands,
  ready: readonly { readonly event: SyncEvent }[],
): Promise<Note[]> {
  const notes: Note[] = [];
  for (const { event } of ready) {
    const { id, tenant, sync, key, element } = event;
    const [newest] = await store.read.events.list({ tenant, sync, key, element, states: ['done'], limit: 1 });
    if (!newest || newest.id < id || event.action) continue;
    const text = `event ${newest.id} has applied its record since: the newest state stays`;
    notes.push({ id, refused: false, text });
  }
  return notes;
}

async function retryOne(
  tables: Tables,
  event: SyncEvent,
  aim: Aim,
  now: number,
): Promise<EventState | undefined> {
  const end = await tables.events.retry(event, aim, now);
  if (end) await remember(tables, event, 'retried by hand', now);
  // What is open is this action's own doubt, and a person has decided: run it.
  if (end && event.action) {
    await forgetOwnIntent(tables, event);
    if (await forgetDoubtfulRun(tables, event)) await tables.events.runThoughInitial(event.id);
  }
  if (
    end &&
    !event.action &&
    event.reason?.startsWith(NOBODY_KNOWS) &&
    !(await isOnItsWay(tables, event.targetKey))
  )
    await tables.intents.clear(event.targetKey);
  return end;
}

/** Why it was dead stays in its journal. */
async function remember(tables: Tables, event: SyncEvent, type: string, now: number): Promise<void> {
  const { state, reason, remedy, tries, createdAt } = event;
  const answer = { was: state, reason, remedy, tries, arrivedAt: iso(createdAt) };
  await tables.journal.add({ event: event.id, step: { type }, answer, at: now });
}

async function forgetOwnIntent(tables: Tables, { id, targetKey }: SyncEvent): Promise<void> {
  if ((await tables.intents.get(targetKey))?.event === id) await tables.intents.clear(targetKey);
}

async function intentAfterDiscard(tables: Tables, event: SyncEvent, forget: boolean): Promise<Note[]> {
  const { id, targetKey } = event;
  // Nobody else looks for what became of an action: left open, it would keep the next one from running.
  if (event.action) await forgetOwnIntent(tables, event);
  if (event.action && forget) await forgetDoubtfulRun(tables, event);
  if (targetKey === '' || !(await tables.intents.get(targetKey))) return [];
  const text = 'a create of its target is in doubt: whoever comes next looks first';
  if (!forget) return [{ id, refused: false, text: `${text}; --forget-intent forgets it` }];
  if (await isOnItsWay(tables, targetKey))
    return [{ id, refused: true, text: `${text}, and it is on its way at this moment: not forgotten` }];
  await tables.intents.clear(targetKey);
  return [];
}

/** Forgetting a create that is under way would allow a second one. */
async function isOnItsWay(tables: Tables, targetKey: string): Promise<boolean> {
  const sending = await tables.events.list({ states: ['sending'], limit: 10_000 });
  return sending.some((event) => event.targetKey === targetKey);
}

async function actOnDeliveries(
  { store }: Hands,
  ids: readonly number[],
  notes: Note[],
  act: (tables: Tables, id: number) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (const page of pagesOf(ids)) {
    const states = await store.write(async (tables) => {
      const found: string[] = [];
      for (const id of page) {
        const state = (await tables.deliveries.get(id))?.state ?? 'gone';
        if (state === 'dead') await act(tables, id);
        found.push(state);
      }
      return found;
    });
    count += states.filter((state) => state === 'dead').length;
    states.forEach((state, at) => {
      if (state !== 'dead') notes.push(refusal(`delivery:${page[at]!}`, `it is ${state}, not dead`));
    });
  }
  return count;
}

/** The newest first: of several of one record, that one is to go. */
function eventsOf({ store }: Hands, ids: readonly number[]): Promise<SyncEvent[]> {
  return store.read.events.list({ ids, limit: ids.length });
}

export function notDead({ id, state }: SyncEvent): Note {
  const open = state === 'pending' || state === 'waiting' || state === 'sending';
  const remedy = open ? 'it is not over yet' : `\`boothsync events replay ${id}\` takes its record up again`;
  return refusal(id, `it is ${state}, not dead: ${remedy}`);
}

/** Retried, it would be written under a key that is none. */
export function nameless({ id, source }: SyncEvent): Note {
  return refusal(
    id,
    `its record had no key: correct sources.${source}.key, read it again (\`boothsync run --full\`, or \`boothsync events replay delivery:<n>\`), then discard this`,
  );
}

export function refusal(id: number | string, text: string): Note {
  return { id, refused: true, text };
}
