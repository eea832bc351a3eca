import { appointmentDifferences, noteDifferences, taskDifferences } from './expected-children.ts';
import { contactDifferences, moveDifferences } from './expected-contacts.ts';
import { deadLetters, handTagDifferences, runDifferences } from './expected-rest.ts';
import { moreDifferences } from './expected-more.ts';
import { isMember } from './members.ts';
import { taintedKeys } from './tainted.ts';
import type { World } from './world.ts';

/** Where the target, at rest, differs from what the records of the source say. */
export function differences(world: World, mapping: number): string[] {
  const bookings = world.booth.newest('bookings');
  const live = bookings.filter(isMember);
  const keys = new Set(world.booth.history.map(({ key }) => key));
  const tainted = taintedKeys(world);
  const overspent = world.ledger.overspent();
  return [
    ...[...keys].flatMap((key) => contactDifferences(world, key, live, tainted, mapping)),
    ...moveDifferences(world, tainted),
    ...bookings.flatMap((booking) => taskDifferences(world, booking, tainted)),
    ...bookings.flatMap((booking) => appointmentDifferences(world, booking, tainted)),
    ...world.booth.newest('memos').flatMap((memo) => noteDifferences(world, memo, live, tainted)),
    ...moreDifferences(world, tainted),
    ...runDifferences(world),
    ...handTagDifferences(world),
    ...deadLetters(world, tainted),
    ...(overspent === undefined ? [] : [overspent]),
  ];
}
