import type { Contact } from '../../src/sandbox/ghl/contact.ts';
import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import type { Booth, Revision } from './booth.ts';

/** Whether a booking, as it stands, has a part in a contact. */
export function isMember({ deleted, row }: Revision): boolean {
  return !deleted && row['status'] !== 'Draft';
}

/** All states that a booking ever had. */
export function statesOf({ history }: Booth, id: string): Revision[] {
  return history.filter((one) => one.source === 'bookings' && one.id === id);
}

/** All keys that a booking ever had. */
export function keysOf(booth: Booth, id: string): string[] {
  return [...new Set(statesOf(booth, id).map(({ key }) => key))];
}

/** All bookings that a key ever had. */
export function bookingsOf({ history }: Booth, key: string): string[] {
  return [
    ...new Set(history.filter((one) => one.source === 'bookings' && one.key === key).map(({ id }) => id)),
  ];
}

/** All people whom records lead to from this one. */
export function allWith(booth: Booth, key: string): Set<string> {
  const moves = booth.newest('bookings').map(({ id }) => keysOf(booth, id));
  const reached = new Set([key]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const keys of moves)
      if (keys.some((one) => reached.has(one))) keys.forEach((one) => reached.add(one));
  }
  return reached;
}

/** The contacts of a person: by the email, or by the phone where they have none. */
export function contactsOf({ ghl }: { readonly ghl: Ghl }, key: string): Contact[] {
  return ghl.contacts().filter(({ email, phone }) => email === key || (email === undefined && phone === key));
}
