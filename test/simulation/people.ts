/** A guest as bookings name them. */
export interface Person {
  readonly email?: string;
  readonly phone?: string;
}

/** 3 and 4 are one person, whose email comes to be known; 5 and 6 share a phone; 7 is 8, whose email was written wrongly. */
export const PEOPLE: readonly Person[] = [
  { email: 'ann@example.com' },
  { email: 'bea@example.com' },
  { email: 'cat@example.com', phone: '+447700900002' },
  { phone: '+447700900003' },
  { email: 'dan@example.com', phone: '+447700900003' },
  { email: 'eve@example.com', phone: '+447700900005' },
  { email: 'joe@example.com', phone: '+447700900005' },
  { email: 'fay@exmaple.com' },
  { email: 'fay@example.com' },
];

/** As the mapping has it: the email, else the phone. */
export function keyOfPerson(person: Person): string {
  return person.email ?? person.phone ?? '';
}
