import { keyOfPerson, PEOPLE } from './people.ts';
import type { Deed } from './plan.ts';

/** A state of a record at its source. */
export interface Revision {
  readonly source: 'bookings' | 'memos';
  readonly id: string;
  readonly updatedMs: number;
  readonly row: Readonly<Record<string, unknown>>;
  readonly deleted: boolean;
  /** The target's key that it leads to. */
  readonly key: string;
}

/** The booking software: what is true, with all that was. */
export interface Booth {
  readonly save: (deed: Extract<Deed, { type: 'save' }>) => Revision;
  readonly memo: (deed: Extract<Deed, { type: 'memo' }>) => Revision;
  /** Nothing where there is no such record. */
  readonly remove: (source: Revision['source'], id: string) => Revision | undefined;
  /** The same again, a moment newer. */
  readonly touch: (revision: Revision) => Revision;
  /** Every state of every record, oldest first. */
  readonly history: readonly Revision[];
  readonly newest: (source: Revision['source']) => Revision[];
}

export function createBooth(now: () => number): Booth {
  const history: Revision[] = [];
  let last = 0;

  function add(revision: Omit<Revision, 'updatedMs'>): Revision {
    last = Math.max(last + 1, now());
    const count = history.length;
    const row = {
      ...revision.row,
      ...(revision.source === 'bookings' ? { name: `b${revision.id} r${count}` } : {}),
      deleted: revision.deleted,
      updated_at: new Date(last).toISOString(),
    };
    const added = { ...revision, row, updatedMs: last };
    history.push(added);
    return added;
  }

  const newest = (source: Revision['source']) => [
    ...new Map(history.filter((one) => one.source === source).map((one) => [one.id, one])).values(),
  ];

  return {
    history,
    newest,
    save: ({ booking, person, status, kind, withTask, start }) => {
      const guest = PEOPLE[person]!;
      const id = String(booking);
      const row = {
        id: booking,
        ...guest,
        status,
        kind,
        task: withTask ? `task of b${id}, ${status}` : '',
        due: `2027-02-0${booking + 1}T10:00:00Z`,
        start: `2027-01-0${booking + 1}T1${start}:00:00Z`,
      };
      return add({ source: 'bookings', id, row, deleted: false, key: keyOfPerson(guest) });
    },
    memo: ({ memo, person }) => {
      const key = keyOfPerson(PEOPLE[person]!);
      const id = String(memo);
      const row = { id: memo, person: key, text: `memo ${id}, version ${history.length}` };
      return add({ source: 'memos', id, row, deleted: false, key });
    },
    remove: (source, id) => {
      const known = newest(source).find((one) => one.id === id);
      return known && !known.deleted ? add({ ...known, deleted: true }) : undefined;
    },
    touch: (revision) => {
      const row =
        revision.source === 'memos'
          ? { ...revision.row, text: `memo ${revision.id}, version ${history.length}` }
          : revision.row;
      return add({ ...revision, row });
    },
  };
}
