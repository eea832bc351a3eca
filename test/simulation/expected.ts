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
  // What it costs to build a lost store anew, or to learn that two people are in each other's way, has no least that is known.
  const isPriced = tainted.size === 0 && world.hand.losses === 0;
  const overspent = isPriced ? world.ledger.overspent() : undefined;
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
