import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import type { Booth, Revision } from './booth.ts';
import { keyOfPerson } from './people.ts';
import type { Setup } from './plan.ts';
import type { Change } from './target-watch.ts';
import { thingOf, wantedOf, type Thing } from './things.ts';

/**
 * The way that each thing of a record has come. What the target holds of it, one call after the other, is what the record
 * wanted, one state after the other: some may be left out, as a newer one comes before, but none comes back, and none is
 * made up. So each call that changes anything is paid for by a change of its record, and by one only: what is written in two
 * pieces, to and fro, or deleted and made anew where an update would do, has no place on that way.
 */
export interface ThingTrails {
  /** The runner has changed this, by a call to the thing itself. */
  readonly see: (change: Change) => string | undefined;
  /** This state of a record is told once more, after a newer one was: where none has a time, it counts as the newest. */
  readonly retold: (revision: Revision) => void;
  /** The newest state of a record is told. */
  readonly told: (revision: Revision) => void;
}

export function createThingTrails(booth: Booth, ghl: Ghl, setup: Setup): ThingTrails {
  /** The first state of its record that each may have come to by now. */
  const reached = new Map<string, number>();
  /** Of an owner, the state that was told once more: what a poll read before that may be written first. */
  const toldAgain = new Map<string, number>();

  function retold(revision: Revision): void {
    const owner = ownerOf(revision);
    const at = statesOf(revision).indexOf(revision);
    toldAgain.set(owner, at);
    for (const [name, before] of reached)
      if (name.endsWith(` of ${owner}`) && before > at) reached.set(name, at);
  }

  function reach(name: string, owner: Owned, at: number): void {
    reached.set(name, Math.min(at, toldAgain.get(ownerOf(owner)) ?? at));
  }

  function statesOf({ source, id }: Owned): Revision[] {
    return booth.history.filter((one) => one.source === source && one.id === id);
  }

  function written(thing: Thing, name: string): string | undefined {
    const states = statesOf(thing);
    const says = states.map((one) => wantedOf(one, setup).get(thing.name));
    const at = says.indexOf(thing.says, reached.get(name) ?? 0);
    if (at >= 0) {
      reach(name, thing, at);
      return undefined;
    }
    return says.includes(thing.says)
      ? `the ${name} says "${thing.says}" again: older content has come back`
      : `the ${name} says "${thing.says}", and no state of its record does`;
  }

  /** It has gone: unwanted, or on its way to another contact. */
  function deleted(thing: Thing, name: string): string | undefined {
    const states = statesOf(thing);
    const from = reached.get(name) ?? 0;
    const { key } = states[from]!;
    if (isMisplaced(thing, key)) return undefined;
    const at = states.findIndex(
      (one, index) => index >= from && (one.key !== key || !wantedOf(one, setup).has(thing.name)),
    );
    if (at >= 0) {
      reach(name, thing, at);
      return undefined;
    }
    return `the ${name} says "nothing": it is deleted, and wanted`;
  }

  /** Its contact has become another person's, or nobody's. */
  function isMisplaced({ contactId }: Thing, key: string): boolean {
    const contact = contactId === undefined ? undefined : ghl.contact(contactId);
    return !contact || keyOfPerson(contact) !== key;
  }

  return {
    see: ({ before, after }) => {
      const held = after ?? before!;
      const thing = thingOf(held);
      if (!thing) return undefined;
      const name = `${thing.name} of ${ownerOf(thing)}`;
      return after ? written(thing, name) : deleted(thing, name);
    },
    retold,
    told: (revision) => void toldAgain.delete(ownerOf(revision)),
  };
}

type Owned = Pick<Thing, 'source' | 'id'>;

function ownerOf({ source, id }: Owned): string {
  return `${source === 'bookings' ? 'booking' : 'memo'} ${id}`;
}
