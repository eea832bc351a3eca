import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import type { Booth, Revision } from './booth.ts';
import { firstName } from './configs.ts';
import { isMember, statesOf } from './members.ts';
import { keyOfPerson } from './people.ts';
import type { Setup } from './plan.ts';

/**
 * The way that contacts have come: what one holds, fields and all, is what one state of one booking says, mapped in one way.
 * No earlier state of that booking comes after it, nor one of another booking that is older and shares the contact, as
 * long as the newer one stays; nor an earlier mapping. So each call that changes a field is paid for by a change of a record or of
 * the mapping, and by one only.
 */
export interface ContactTrails {
  /** The runner has made one, or changed its fields, by a call that was sent at this time (ms). */
  readonly written: (contact: Contact, begunAt: number) => string | undefined;
  /** The runner has deleted one. */
  readonly deleted: (contact: Contact) => string | undefined;
  /** This state of a booking is told once more, after a newer one was: where none has a time, it counts as the newest. */
  readonly retold: (revision: Revision) => void;
  /** The runner works with this mapping from now on. */
  readonly mapped: (mapping: number) => void;
  /** The store is lost: of those who share a contact, whoever is read first comes first. */
  readonly forget: () => void;
}

/** The state of a booking, by its place among all of that booking's, that a contact holds. */
interface Holding {
  readonly booking: string;
  readonly at: number;
}

export function createContactTrails(
  booth: Booth,
  ghl: Ghl,
  { stamps }: Setup,
  monotonic: () => number,
): ContactTrails {
  /** The first states of each booking that the target may have come to, and since when. */
  const reached = new Map<string, { readonly at: number; readonly since: number }[]>();
  const holdings = new Map<string, Holding>();
  const mappings: number[] = [];
  /** The first mapping that each contact may have come to by now. */
  const mappedBy = new Map<string, number>();

  function reach(booking: string, at: number): void {
    reached.set(booking, [...(reached.get(booking) ?? []), { at, since: monotonic() }]);
  }

  /**
   * No state before this one is to come to this contact: what it holds, and what the target held anywhere when the call was sent. One that lands
   * late may find the booking at another contact.
   */
  function firstFor(booking: string, { id }: Contact, begunAt: number): number {
    const held = holdings.get(id);
    const known = (reached.get(booking) ?? []).filter(({ since }) => since <= begunAt).map(({ at }) => at);
    return Math.max(0, ...known, held?.booking === booking ? held.at : 0);
  }

  function written(contact: Contact, begunAt: number): string | undefined {
    const key = keyOfPerson(contact);
    const held = `${key} holds "${contact.firstName ?? ''}" and "${packageOf(contact) ?? ''}"`;
    const booking = bookingIn(packageOf(contact));
    if (booking === undefined) return `${held}, which no state of a record says`;
    const states = statesOf(booth, booking);
    const says = states.map((one) => isMember(one) && isSaidBy(contact, one));
    const at = says.indexOf(true, firstFor(booking, contact, begunAt));
    if (at < 0)
      return says.includes(true)
        ? `${held} again: older content has come back`
        : `${held}, which no state of a record says`;
    const before = holdings.get(contact.id);
    if (before && before.booking !== booking && isNewer(before, states[at]!))
      return `${held}, and held newer content of booking ${before.booking} before, which is still there`;
    reach(booking, at);
    holdings.set(contact.id, { booking, at });
    return isMapped(contact) ? undefined : `${held}: an older mapping has come back`;
  }

  /** By any mapping. */
  function isSaidBy(contact: Contact, { row }: Revision): boolean {
    const name = row['name'] as string;
    const agrees = (field: 'email' | 'phone') => row[field] === undefined || row[field] === contact[field];
    return (
      name === packageOf(contact) &&
      [0, 1].some((mapping) => firstName(mapping, name) === contact.firstName) &&
      agrees('email') &&
      agrees('phone')
    );
  }

  function isMapped(contact: Contact): boolean {
    const from = mappedBy.get(contact.id) ?? 0;
    const name = packageOf(contact)!;
    const at = mappings.findIndex(
      (mapping, index) => index >= from && firstName(mapping, name) === contact.firstName,
    );
    if (at >= 0) mappedBy.set(contact.id, at);
    return at >= 0;
  }

  /**
   * What a contact holds is newer than this, whichever way one asks, and its booking has never left since. Where the source's clock
   * was set back, a later state of it says that it is older: then that counts.
   */
  function isNewer({ booking, at }: Holding, than: Revision): boolean {
    const [held, ...later] = statesOf(booth, booking).slice(at);
    const stays = [held!, ...later].every((one) => isMember(one) && one.key === held!.key);
    const newer = [held!, ...later].every((one) => one.updatedMs > than.updatedMs);
    return stays && stamps !== 'none' && held!.order > than.order && newer;
  }

  function deleted(contact: Contact): string | undefined {
    const holding = holdings.get(contact.id);
    if (!holding) return undefined;
    const { booking, at } = holding;
    const states = statesOf(booth, booking);
    const { key } = states[at]!;
    const left = states.findIndex((one, index) => index >= at && !(isMember(one) && one.key === key));
    if (left < 0)
      return `contact ${contact.id} holds nothing: it is deleted, and booking ${booking} wants it`;
    reach(booking, left);
    return undefined;
  }

  function retold(revision: Revision): void {
    const { id } = revision;
    const at = statesOf(booth, id).indexOf(revision);
    reached.set(
      id,
      (reached.get(id) ?? []).filter((one) => one.at <= at),
    );
    for (const [contact, held] of holdings)
      if (held.booking === id && held.at > at) holdings.set(contact, { booking: id, at });
  }

  function packageOf({ customFields }: Contact): string | undefined {
    return customFields.find(({ id }) => id === ghl.customFieldId('package'))?.value as string | undefined;
  }

  return {
    written,
    deleted,
    retold,
    mapped: (mapping) => {
      if (mappings.at(-1) !== mapping) mappings.push(mapping);
    },
    forget: () => holdings.clear(),
  };
}

function bookingIn(name: string | undefined): string | undefined {
  return /^b(\d+)\b/.exec(name ?? '')?.[1];
}
