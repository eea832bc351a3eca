import { allWith } from './members.ts';
import { keyOfPerson } from './people.ts';
import type { OpenIntent } from './prices.ts';
import { BAD_ROW } from './runner.ts';
import type { World } from './world.ts';

/** Creates of which nobody knows yet whether they were sent. */
export function openIntents(world: World): OpenIntent[] {
  return world.view.query<OpenIntent>(
    'select target_key, sent_at, content from intents where failure is null',
  );
}

/** What is still to be done. */
export function unsettled(world: World): object[] {
  return [
    ...world.view.query("select * from events where state in ('pending', 'sending')"),
    ...world.view.query("select id, state from deliveries where state = 'received'"),
  ];
}

/** No accepted event without a final state or a due time; none that waits for a parent which is there; no action swallowed. */
function checkEvents(world: World): void {
  const odd = world.view.query(
    `select * from events where (state in ('done', 'skipped', 'superseded', 'dead') and (settled_at is null or reason is null))
      or (state = 'dead' and remedy is null) or (state = 'waiting' and waits_for is null) or due is null
      or (state = 'waiting' and exists (select 1 from links where target_key = waits_for and gone = 0))
      or (action = 1 and state = 'superseded')`,
  );
  if (odd.length > 0) world.problems.push(`events in limbo: ${JSON.stringify(odd)}`);
}

/** All that holds at any moment. */
export function checkNow(world: World): void {
  checkCommitted(world);
  checkOwners(world);
}

/** What holds of the store after each commit. */
export function checkCommitted(world: World): void {
  checkEvents(world);
  checkGone(world);
  checkBadRows(world);
}

/** Whoever is there at the source is never taken for gone, not even until the next read. */
function checkGone(world: World): void {
  const { booth, problems, view } = world;
  for (const { source, key } of view.query<{ source: string; key: string }>(
    'select source, key from records where gone = 1',
  )) {
    const wasGone = booth.history.some((one) => one.source === source && one.id === key && one.deleted);
    if (!wasGone) problems.push(`${source} ${key} is taken for gone, and never was`);
  }
}

/** A contact becomes another person's only with a record that does. */
function checkOwners(world: World): void {
  const { ghl, owners, problems } = world;
  for (const contact of ghl.contacts()) {
    const key = keyOfPerson(contact);
    const before = owners.get(contact.id);
    owners.set(contact.id, key);
    if (before !== undefined && before !== key && !leadsTo(world, before, key))
      problems.push(`contact ${contact.id} of ${before} has become that of ${key}`);
  }
}

/** Whether bookings moved from one key to the other, be it by way of others. */
function leadsTo({ booth }: World, from: string, to: string): boolean {
  return allWith(booth, from).has(to);
}

/** What could not be written has left nothing. */
function checkBadRows(world: World): void {
  const left = world.view.query(`select * from lookups where account = '${BAD_ROW}'`);
  if (left.length > 0) world.problems.push(`a write that failed has left ${JSON.stringify(left)}`);
}
