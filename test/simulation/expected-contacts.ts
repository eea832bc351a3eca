import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Revision } from './booth.ts';
import { bookedTag, firstName } from './configs.ts';
import { bookingsOf, contactsOf, isMember, keysOf, statesOf } from './members.ts';
import type { World } from './world.ts';

export function contactDifferences(
  world: World,
  key: string,
  live: readonly Revision[],
  tainted: ReadonlySet<string>,
  mapping: number,
): string[] {
  const contacts = contactsOf(world, key);
  if (contacts.length > 1 && tainted.has(key)) return [];
  if (contacts.length > 1)
    return [`${key} has ${contacts.length} contacts: ${contacts.map(({ id }) => id).join(', ')}`];
  const [contact] = contacts;
  const stranger = contact && strangerIn(world, contact, key);
  if (stranger !== undefined) return [stranger];
  if (tainted.has(key)) return [];
  const members = live.filter((one) => one.key === key);
  if (members.length === 0) return contact ? leftDifferences(world, key, contact) : [];
  if (!contact) return [`${key} has no contact, and members ${members.map(({ id }) => id).join(', ')}`];
  return [
    ...nameDifferences(world, key, contact, members, mapping),
    ...tagDifferences(world, contact, key, members, mapping),
  ];
}

/** Nobody is left. */
function leftDifferences({ booth, plan, hand }: World, key: string, contact: Contact): string[] {
  const was = bookingsOf(booth, key);
  const moved = was.some((id) => keysOf(booth, id).length > 1);
  const ours = was.length > 0 && !moved && !hand.created.has(key) && hand.losses === 0;
  return ours && plan.setup.farewell === 'delete'
    ? [`${key} has nobody left, and yet contact ${contact.id}`]
    : [];
}

function nameDifferences(
  { ghl, plan }: World,
  key: string,
  contact: Contact,
  members: readonly Revision[],
  mapping: number,
): string[] {
  const newestMs = Math.max(...members.map(({ updatedMs }) => updatedMs));
  // Of one instant, or of none, either may be the newer.
  const newest = members.filter((one) => plan.setup.stamps === 'none' || one.updatedMs === newestMs);
  const wanted = newest.map(({ row }) => {
    const name = row['name'] as string;
    return JSON.stringify({ firstName: firstName(mapping, name), package: name });
  });
  const held = JSON.stringify({
    firstName: contact.firstName,
    package: contact.customFields.find(({ id }) => id === ghl.customFieldId('package'))?.value,
  });
  return wanted.includes(held) ? [] : [`${key} holds ${held}, not ${wanted.join(' or ')}`];
}

/** A contact never holds what a record says that was never of its key: that would be somebody else's life. */
function strangerIn({ booth }: World, contact: Contact, key: string): string | undefined {
  const id = /^b(\d+)\b/i.exec(contact.firstName ?? '')?.[1];
  if (id === undefined) return undefined;
  // One who is known by a phone is the same person as the one of that phone whose email is known.
  const own = statesOf(booth, id).some((one) => [key, contact.phone].includes(one.key));
  return own ? undefined : `${key} holds the name of booking ${id}: "${contact.firstName!}"`;
}

function tagDifferences(
  { hand }: World,
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
  const kept = hand.kept.get(contact.id) ?? new Set();
  const ownable = [bookedTag(0), bookedTag(1), 'kind:wedding', 'kind:party', 'gone'];
  const missing = [...owned, ...sticky].filter((tag) => !contact.tags.includes(tag));
  const left = ownable.filter((tag) => contact.tags.includes(tag) && !owned.has(tag) && !kept.has(tag));
  return [
    ...missing.map((tag) => `${key} lacks the tag ${tag}`),
    ...left.map((tag) => `${key} still has the tag ${tag}`),
  ];
}

/** Where a booking is all that a person ever had, and its identity changes, its contact goes with it: none stays behind. */
export function moveDifferences(world: World, tainted: ReadonlySet<string>): string[] {
  const { booth, hand } = world;
  return booth.newest('bookings').flatMap((booking) => {
    const keys = keysOf(booth, booking.id);
    const alone = keys.every((key) => bookingsOf(booth, key).length === 1);
    const touched = keys.some((key) => tainted.has(key) || hand.created.has(key) || hand.deleted.has(key));
    if (!alone || touched || !statesOf(booth, booking.id).every(isMember)) return [];
    const left = keys.filter((key) => key !== booking.key && contactsOf(world, key).length > 0);
    return left.map((key) => `booking ${booking.id} left a contact behind as ${key}`);
  });
}
