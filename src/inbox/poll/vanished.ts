import { HELD_DUE } from '../../model/event.ts';
import type { NewEvent } from '../../store/event-row.ts';
import type { Tables } from '../../store/tables.ts';
import { keysBySync } from '../keys-by-sync.ts';
import { nameOf } from '../name-of.ts';

/** What a record's elements are now: all others have left. */
export interface Roll {
  /** As an event of one that has left begins. */
  readonly blank: NewEvent;
  readonly present: readonly string[];
  /** They wait until they were weighed: their sync has a guard. */
  readonly held: boolean;
}

type Known = Pick<NewEvent, 'key' | 'element' | 'targetKey'>;

/**
 * Events of the elements that their record no longer has: those with a target, on their way to one, or with a create in
 * doubt. To be asked for in the transaction that stores the record, as one may join its target at any moment.
 */
export async function vanished(tables: Tables, rolls: readonly Roll[], now: number): Promise<NewEvent[]> {
  const events = new Map<string, NewEvent>();
  for (const [sync, keys] of keysBySync(rolls.map(({ blank }) => blank))) {
    const { tenant } = rolls[0]!.blank;
    const known = [
      ...(await tables.events.doubtfulTargets(tenant, sync, keys)),
      ...(await tables.members.ofRecords(tenant, sync, keys)),
      ...(await tables.events.sendingTargets(tenant, sync, keys)),
    ];
    for (const roll of rolls.filter(({ blank }) => blank.sync === sync))
      for (const event of absentees(roll, known, now)) events.set(nameOf(event), event);
  }
  return [...events.values()];
}

function absentees({ blank, present, held }: Roll, known: readonly Known[], now: number): NewEvent[] {
  return known
    .filter(({ key, element }) => key === blank.key && !present.includes(element))
    .map(({ element, targetKey }) => ({ ...blank, element, targetKey, due: held ? HELD_DUE : now }));
}
