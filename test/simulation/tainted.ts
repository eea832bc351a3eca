import type { Revision } from './booth.ts';
import { bookingsOf, isMember, keysOf, statesOf } from './members.ts';
import { keyOfPerson, PEOPLE } from './people.ts';
import type { World } from './world.ts';

/**
 * Keys of people that the target may not tell apart: where twins are not allowed it refuses the second who has a phone, and
 * which of them comes second is chance. Their events may end dead.
 */
export function taintedKeys(world: World): Set<string> {
  const { booth, hand } = world;
  const ids = [...new Set(booth.history.filter(({ source }) => source === 'bookings').map(({ id }) => id))];
  const tainted = new Set([
    ...phoneSharers(world).flatMap((keys) => (isOnePerson(world, keys) ? [] : keys)),
    // Who becomes a person without an email or phone leaves the old one where it was: a field that yields nothing is left alone.
    ...ids.flatMap((id) => (losesField(statesOf(booth, id)) ? keysOf(booth, id) : [])),
    // A record that moves to a person whom somebody made by hand: its contact can't have that email too.
    ...ids.flatMap((id) => {
      const keys = keysOf(booth, id);
      return keys.length > 1 && keys.some((key) => hand.created.has(key)) ? keys : [];
    }),
    // A lost store knows nothing of a contact whose records had all left it: it is as one that was made by hand.
    ...ids.flatMap((id) => {
      const keys = keysOf(booth, id);
      const isLeft = (key: string) => bookingsOf(booth, key).some((other) => other !== id);
      return hand.losses > 0 && keys.length > 1 && keys.some(isLeft) ? keys : [];
    }),
  ]);
  return spread(world, ids, tainted);
}

/** A record that moves takes its contact along: where that is refused, whoever it left is without one. */
function spread({ booth }: World, ids: readonly string[], tainted: Set<string>): Set<string> {
  for (let size = -1; size !== tainted.size;) {
    size = tainted.size;
    for (const id of ids) {
      const keys = keysOf(booth, id);
      if (keys.some((key) => tainted.has(key))) keys.forEach((key) => tainted.add(key));
    }
  }
  return tainted;
}

/** Keys that have a phone in common. */
function phoneSharers({ booth, hand }: World): string[][] {
  const phones = new Map<string, Set<string>>();
  const add = (phone: string, key: string) => phones.set(phone, (phones.get(phone) ?? new Set()).add(key));
  for (const { row, key, source } of booth.history) {
    if (source === 'bookings' && typeof row['phone'] === 'string') add(row['phone'], key);
  }
  for (const person of PEOPLE) {
    if (person.phone !== undefined && hand.created.has(keyOfPerson(person)))
      add(person.phone, keyOfPerson(person));
  }
  return [...phones.values()].filter((keys) => keys.size > 1).map((keys) => [...keys]);
}

/** One booking whose guest's email came to be known: the same person, as long as nobody else is involved and it never left. */
function isOnePerson({ booth, hand }: World, keys: readonly string[]): boolean {
  const bookings = new Set(keys.flatMap((key) => bookingsOf(booth, key)));
  const [id] = bookings;
  if (bookings.size !== 1 || keys.some((key) => hand.created.has(key))) return false;
  return statesOf(booth, id!).every(isMember);
}

function losesField(states: readonly Revision[]): boolean {
  return ['email', 'phone'].some((field) =>
    states.some(
      ({ row }, at) =>
        row[field] === undefined && states.slice(0, at).some((one) => one.row[field] !== undefined),
    ),
  );
}
