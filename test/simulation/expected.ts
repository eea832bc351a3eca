import { DatabaseSync } from 'node:sqlite';
import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Revision } from './booth.ts';
import { bookedTag, firstName } from './configs.ts';
import { PEOPLE, keyOfPerson } from './people.ts';
import type { World } from './simulate.ts';

/** Where the target, at rest, differs from what the records of the source say. */
export function differences(world: World, mapping: number): string[] {
  const bookings = world.booth.newest('bookings');
  const live = bookings.filter(isMember);
  const keys = new Set(world.booth.history.map(({ key }) => key));
  const tainted = taintedKeys(world);
  return [
    ...[...keys].flatMap((key) => contactDifferences(world, key, live, tainted, mapping)),
    ...bookings.flatMap((booking) => taskDifferences(world, booking, tainted)),
    ...world.booth.newest('memos').flatMap((memo) => noteDifferences(world, memo, live, tainted)),
    ...runDifferences(world),
    ...handTagDifferences(world),
    ...deadLetters(world, tainted),
  ];
}

function isMember({ deleted, row }: Revision): boolean {
  return !deleted && row['status'] !== 'Draft';
}

/**
 * Keys of people that the target may not tell apart: where twins are not allowed it refuses the second who has a phone, and
 * which of them comes second is chance. Their events may end dead.
 */
function taintedKeys({ booth, hand }: World): Set<string> {
  const tainted = new Set<string>();
  const phones = new Map<string, Set<string>>();
  for (const { row, key, source } of booth.history) {
    if (source !== 'bookings' || typeof row['phone'] !== 'string') continue;
    phones.set(row['phone'], (phones.get(row['phone']) ?? new Set()).add(key));
  }
  for (const person of PEOPLE) {
    if (person.phone === undefined || !hand.created.has(keyOfPerson(person))) continue;
    phones.set(person.phone, (phones.get(person.phone) ?? new Set()).add(keyOfPerson(person)));
  }
  for (const sharing of phones.values()) if (sharing.size > 1) sharing.forEach((key) => tainted.add(key));
  // Who becomes a person without an email or phone leaves the old one where it was: a field that yields nothing is left alone.
  for (const id of new Set(
    booth.history.filter(({ source }) => source === 'bookings').map((one) => one.id),
  )) {
    const states = booth.history.filter((one) => one.source === 'bookings' && one.id === id);
    const leaves = ['email', 'phone'].some((field) =>
      states.some(
        ({ row }, at) =>
          row[field] === undefined && states.slice(0, at).some((one) => one.row[field] !== undefined),
      ),
    );
    if (leaves) keysOf(booth, id).forEach((one) => tainted.add(one));
  }
  // A record that moves to a person whom somebody made by hand: its contact can't have that email too.
  for (const { id, source, key } of booth.history) {
    if (source !== 'bookings' || !hand.created.has(key)) continue;
    const keys = keysOf(booth, id);
    if (keys.length > 1) keys.forEach((one) => tainted.add(one));
  }
  return tainted;
}

/** All keys that a booking ever had. */
function keysOf(booth: World['booth'], id: string): string[] {
  return [
    ...new Set(
      booth.history.filter((one) => one.source === 'bookings' && one.id === id).map((one) => one.key),
    ),
  ];
}

function contactsOf({ ghl }: World, key: string): Contact[] {
  return ghl.contacts().filter(({ email, phone }) => email === key || (email === undefined && phone === key));
}

function contactDifferences(
  world: World,
  key: string,
  live: readonly Revision[],
  tainted: ReadonlySet<string>,
  mapping: number,
): string[] {
  const { booth, plan } = world;
  const contacts = contactsOf(world, key);
  if (contacts.length > 1 && tainted.has(key)) return [];
  if (contacts.length > 1)
    return [`${key} has ${contacts.length} contacts: ${contacts.map(({ id }) => id).join(', ')}`];
  const [contact] = contacts;
  const strangers = contact && strangerIn(world, contact, key);
  if (strangers !== undefined) return [strangers];
  if (tainted.has(key)) return [];
  const members = live.filter((one) => one.key === key);
  if (members.length === 0) {
    const was = booth.history.filter((one) => one.source === 'bookings' && one.key === key);
    const moved = was.some((one) =>
      booth.history.some((two) => two.source === 'bookings' && two.id === one.id && two.key !== key),
    );
    if (
      contact &&
      plan.setup.farewell === 'delete' &&
      !moved &&
      !world.hand.created.has(key) &&
      was.length > 0
    )
      return [`${key} has nobody left, and yet contact ${contact.id}`];
    return [];
  }
  if (!contact) return [`${key} has no contact, and members ${members.map(({ id }) => id).join(', ')}`];
  const newest = members.reduce((a, b) => (a.updatedMs > b.updatedMs ? a : b));
  const wanted = { firstName: firstName(mapping, newest.row['name'] as string), package: newest.row['name'] };
  const held = {
    firstName: contact.firstName,
    package: contact.customFields.find(({ id }) => id === world.ghl.customFieldId('package'))?.value,
  };
  return [
    ...(JSON.stringify(wanted) === JSON.stringify(held)
      ? []
      : [`${key} holds ${JSON.stringify(held)}, not ${JSON.stringify(wanted)}`]),
    ...tagDifferences(contact, key, members, mapping),
  ];
}

/** A contact never holds what a record says that was never of its key: that would be somebody else's life. */
function strangerIn({ booth }: World, contact: Contact, key: string): string | undefined {
  const id = /^b(\d+) /i.exec(contact.firstName ?? '')?.[1];
  if (id === undefined) return undefined;
  // One who is known by a phone is the same person as the one of that phone whose email is known.
  const own = booth.history.some(
    (one) => one.source === 'bookings' && one.id === id && [key, contact.phone].includes(one.key),
  );
  return own ? undefined : `${key} holds the name of booking ${id}: "${contact.firstName!}"`;
}

function tagDifferences(
  contact: Contact,
  key: string,
  members: readonly Revision[],
  mapping: number,
): string[] {
  const owned = new Set<string>();
  const sticky = new Set(['boothbook']);
  for (const { row } of members) {
    if (row['status'] === 'Confirmed') owned.add(bookedTag(mapping));
    if (row['kind'] !== '') owned.add(`kind:${row['kind'] as string}`);
    if (row['status'] === 'Cancelled') sticky.add('cancelled-once');
  }
  const ownable = [bookedTag(0), bookedTag(1), 'kind:wedding', 'kind:party'];
  const missing = [...owned, ...sticky].filter((tag) => !contact.tags.includes(tag));
  const left = ownable.filter((tag) => contact.tags.includes(tag) && !owned.has(tag));
  return [
    ...missing.map((tag) => `${key} lacks the tag ${tag}`),
    ...left.map((tag) => `${key} still has the tag ${tag}`),
    ...(contact.tags.includes('gone') ? [`${key} is tagged as gone, and is not`] : []),
  ];
}

function taskDifferences(world: World, booking: Revision, tainted: ReadonlySet<string>): string[] {
  const tasks = world.ghl.tasks().filter(({ title }) => title.startsWith(`task of b${booking.id},`));
  const wanted = isMember(booking) && booking.row['task'] !== '';
  if (tasks.length > 1) return [`booking ${booking.id} has ${tasks.length} tasks`];
  const keys = world.booth.history
    .filter(({ id, source }) => source === 'bookings' && id === booking.id)
    .map(({ key }) => key);
  if (keys.some((key) => tainted.has(key))) return [];
  const [task] = tasks;
  if (!wanted) return task ? [`booking ${booking.id} wants no task, and has one`] : [];
  if (!task) return world.hand.deletedTasks.has(booking.id) ? [] : [`booking ${booking.id} has no task`];
  const contact = contactsOf(world, booking.key)[0];
  return [
    ...(task.title === booking.row['task'] ? [] : [`the task of booking ${booking.id} says "${task.title}"`]),
    ...(task.contactId === contact?.id
      ? []
      : [`the task of booking ${booking.id} is of contact ${task.contactId}`]),
  ];
}

function noteDifferences(
  world: World,
  memo: Revision,
  live: readonly Revision[],
  tainted: ReadonlySet<string>,
): string[] {
  const notes = world.ghl.notes().filter(({ body }) => body.startsWith(`memo ${memo.id},`));
  if (notes.length > 1) return [`memo ${memo.id} has ${notes.length} notes`];
  if (tainted.has(memo.key)) return [];
  const [note] = notes;
  if (memo.deleted) return note ? [`memo ${memo.id} is gone, and has a note`] : [];
  if (!live.some(({ key }) => key === memo.key)) return [];
  const contact = contactsOf(world, memo.key)[0];
  if (!note) return world.hand.deleted.has(memo.key) ? [] : [`memo ${memo.id} has no note`];
  return [
    ...(note.body === memo.row['text'] ? [] : [`the note of memo ${memo.id} says "${note.body}"`]),
    ...(note.contactId === contact?.id
      ? []
      : [`the note of memo ${memo.id} is of contact ${note.contactId}`]),
  ];
}

/** An action runs once for each digest, and each run that the runner tells of is one. */
function runDifferences(world: World): string[] {
  const counts = new Map<string, number>();
  for (const { eventStartTime = '' } of world.ghl.workflowRuns())
    counts.set(eventStartTime, (counts.get(eventStartTime) ?? 0) + 1);
  const twice = [...counts]
    .filter(([, count]) => count > 1)
    .map(([start]) => `the action ran twice for ${start}`);
  const database = new DatabaseSync(world.storePath, { readOnly: true });
  const told = database
    .prepare(
      "select key, count(*) as runs from events where sync = 'welcome' and reason = 'ran' group by key",
    )
    .all() as { key: string; runs: number }[];
  database.close();
  const untrue = told.flatMap(({ key, runs }) => {
    const ran = [...counts].filter(([start]) => start.startsWith(`2027-01-0${Number(key) + 1}`)).length;
    return ran < runs ? [`booking ${key}: ${runs} runs are told of, ${ran} there are`] : [];
  });
  return [...twice, ...untrue];
}

function handTagDifferences(world: World): string[] {
  return [...world.hand.tags].flatMap(([id, tags]) => {
    const contact = world.ghl.contact(id);
    return contact
      ? [...tags].filter((tag) => !contact.tags.includes(tag)).map((tag) => `contact ${id} lost ${tag}`)
      : [];
  });
}

function deadLetters(world: World, tainted: ReadonlySet<string>): string[] {
  const database = new DatabaseSync(world.storePath, { readOnly: true });
  const dead = database
    .prepare("select sync, key, target_key, reason from events where state = 'dead'")
    .all() as {
    sync: string;
    key: string;
    target_key: string;
    reason: string;
  }[];
  const deliveries = database.prepare("select reason from deliveries where state = 'dead'").all() as {
    reason: string;
  }[];
  database.close();
  const excused = (sync: string, id: string, reason: string): boolean => {
    if (sync === 'welcome' && reason.startsWith('nobody knows')) return true;
    // Its record went while it was on its way.
    if (sync === 'welcome' && reason.includes('not found')) return true;
    const source = sync === 'notes' ? 'memos' : 'bookings';
    // Whose contact somebody deleted has no place for it: a person sees to that.
    const orphaned = world.booth.history.some(
      (one) => one.source === source && one.id === id && world.hand.deleted.has(one.key),
    );
    if (sync !== 'contacts' && orphaned && reason.includes('not found')) return true;
    const keys = world.booth.history
      .filter((one) => one.source === source && one.id === id)
      .map(({ key }) => key);
    return keys.some((key) => tainted.has(key));
  };
  return [
    ...dead
      .filter(({ sync, key, reason }) => !excused(sync, key, reason))
      .map(({ sync, key, target_key, reason }) => `dead: ${sync} of ${key} (${target_key}): ${reason}`),
    ...deliveries.map(({ reason }) => `a delivery is dead: ${reason}`),
  ];
}
