import type { Extra, Revision, Row } from './booth.ts';
import { firmOf } from './firm-prices.ts';
import { contactsOf, isMember, keysOf } from './members.ts';
import type { World } from './world.ts';

/** Something in the target as it is, or is to be. */
interface Thing {
  readonly says: string;
  /** The contact that it is of; nothing where it is of none. */
  readonly contactId?: string | undefined;
}

/** What is kept beside contacts, tasks, notes and appointments, where the plan has it. */
export function moreDifferences(world: World, tainted: ReadonlySet<string>): string[] {
  const { booth, plan } = world;
  if (!plan.setup.more) return [];
  const bookings = booth.newest('bookings');
  return [
    ...bookings.flatMap((booking) => [
      ...extraDifferences(world, booking, tainted),
      ...dealDifferences(world, booking, tainted),
      ...remarkDifferences(world, booking, tainted),
      ...blockDifferences(world, booking),
    ]),
    ...firmDifferences(world, bookings),
  ];
}

/** It takes place: what needs a kind has one. */
function isOn(booking: Revision): boolean {
  return !booking.deleted && booking.row['kind'] !== '';
}

function extraDifferences(world: World, booking: Revision, tainted: ReadonlySet<string>): string[] {
  const { id, row } = booking;
  const wanted = isMember(booking) ? extrasOf(row) : [];
  return ['x', 'y', 'z'].flatMap((name) => {
    const found = world.ghl
      .tasks()
      .filter(({ title }) => title.startsWith(`extra ${name} of b${id}:`))
      .map(({ title, contactId }) => ({ says: title, contactId }));
    const one = wanted.find((extra) => extra.name === name);
    const says = one && `extra ${name} of b${id}: ${one.text}`;
    return childDifferences(world, booking, tainted, { what: `extra ${name} (task)`, found, says });
  });
}

function dealDifferences(world: World, booking: Revision, tainted: ReadonlySet<string>): string[] {
  const found = world.ghl
    .opportunities()
    .filter(({ name }) => name === `deal of b${booking.id}`)
    .map(({ status, contactId }) => ({ says: status, contactId }));
  const status = booking.row['status'] === 'Cancelled' ? 'lost' : 'open';
  const says = isMember(booking) ? status : undefined;
  return childDifferences(world, booking, tainted, { what: 'opportunity', found, says });
}

/** A child's child: it follows its appointment, and that its contact. */
function remarkDifferences(world: World, booking: Revision, tainted: ReadonlySet<string>): string[] {
  const { ghl, plan } = world;
  const found = ghl
    .appointments()
    .flatMap(({ id, contactId }) => ghl.appointmentNotes(id).map(({ body }) => ({ says: body, contactId })))
    .filter(({ says }) => says.startsWith(`remark on b${booking.id}:`));
  const wanted = plan.setup.appointments && isMember(booking) && isOn(booking);
  const says = wanted ? `remark on b${booking.id}: ${booking.row['status'] as string}` : undefined;
  return childDifferences(world, booking, tainted, { what: 'remark', found, says });
}

function blockDifferences({ ghl }: World, booking: Revision): string[] {
  const { id, row } = booking;
  const found = ghl
    .blockSlots()
    .filter(({ title }) => title === `block of b${id}`)
    .map(({ startMs }) => ({ says: new Date(startMs).toISOString() }));
  const says = isOn(booking) ? new Date(row['start'] as string).toISOString() : undefined;
  return contentDifferences(`the block slot of booking ${id}`, found, says);
}

/** Companies that bookings share. Of one that nobody is left of a lost store knows nothing. */
function firmDifferences({ ghl, hand }: World, bookings: readonly Revision[]): string[] {
  const wanted = new Set(bookings.map(firmOf));
  return ['Firm wedding', 'Firm party'].flatMap((firm) => {
    const count = ghl.businesses().filter(({ name }) => name === firm).length;
    if (count > 1) return [`${firm} has ${count} businesses`];
    if (count === 0 && wanted.has(firm)) return [`${firm} has no business`];
    return count === 1 && !wanted.has(firm) && hand.losses === 0
      ? [`${firm} has nobody left, and yet a business`]
      : [];
  });
}

function childDifferences(
  world: World,
  { id, key }: Revision,
  tainted: ReadonlySet<string>,
  {
    what,
    found,
    says,
  }: { readonly what: string; readonly found: readonly Thing[]; readonly says: string | undefined },
): string[] {
  if (keysOf(world.booth, id).some((one) => tainted.has(one))) return [];
  if (found.length === 0 && world.hand.deleted.has(key)) return [];
  const differs = contentDifferences(`the ${what} of booking ${id}`, found, says);
  const [one] = found;
  const contact = contactsOf(world, key)[0];
  return differs.length > 0 || !one || one.contactId === contact?.id
    ? differs
    : [`the ${what} of booking ${id} is of contact ${one.contactId ?? 'none'}`];
}

function contentDifferences(name: string, found: readonly Thing[], says: string | undefined): string[] {
  const [one, ...others] = found;
  if (others.length > 0) return [`${name} is there ${found.length} times`];
  if (says === undefined) return one ? [`${name} is there, and nobody wants it`] : [];
  if (!one) return [`${name} is not there`];
  return one.says === says ? [] : [`${name} says "${one.says}", not "${says}"`];
}

function extrasOf(row: Row): readonly Extra[] {
  return row['extras'] as readonly Extra[];
}
