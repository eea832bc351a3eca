import { keyOfPerson, PEOPLE } from './people.ts';
import type { Deed, Setup } from './plan.ts';

export type SourceName = 'bookings' | 'memos';
export type Row = Readonly<Record<string, unknown>>;

/** An element of a booking. */
export interface Extra {
  readonly name: string;
  readonly text: string;
}

/** A state of a record at its source. */
export interface Revision {
  readonly source: SourceName;
  readonly id: string;
  /** How new it is among all: rises with each. */
  readonly order: number;
  /** As the source dates it. */
  readonly updatedMs: number;
  readonly row: Row;
  readonly deleted: boolean;
  /** Deleted, and the source does not even know its name any more. */
  readonly vanished: boolean;
  /** The target's key that it leads to. */
  readonly key: string;
}

/** The booking software: what is true, with all that was. */
export interface Booth {
  /** Its clock, in ms. */
  readonly now: () => number;
  readonly jump: (ms: number) => void;
  readonly save: (deed: Extract<Deed, { type: 'save' }>) => Revision;
  readonly memo: (deed: Extract<Deed, { type: 'memo' }>) => Revision;
  /** Nothing where there is no such booking. */
  readonly finish: (deed: Extract<Deed, { type: 'finish' }>) => Revision | undefined;
  /** Nothing where there is no such record. */
  readonly remove: (source: SourceName, id: string, vanished?: boolean) => Revision | undefined;
  /** The same again, a moment newer. */
  readonly touch: (revision: Revision) => Revision;
  /** Every state of every record, oldest first. */
  readonly history: readonly Revision[];
  readonly newest: (source: SourceName) => Revision[];
}

/** Steps of a source that dates its records coarsely. */
const COARSE_MS = 10_000;
const FUTURE = Date.parse('2030-01-01T00:00:00Z');

export function createBooth({ stamps, more, completes }: Setup, rightNow: () => number): Booth {
  const history: Revision[] = [];
  let ahead = 0;
  let last = 0;
  const now = () => rightNow() + ahead;

  function stamp(source: SourceName): number {
    if (stamps !== 'coarse') return (last = Math.max(last + 1, now()));
    // More of one instant than a page holds nobody could read.
    const crowded = (ms: number) => newest(source).filter((one) => one.updatedMs === ms).length >= 2;
    let ms = Math.floor(now() / COARSE_MS) * COARSE_MS;
    while (crowded(ms)) ms += COARSE_MS;
    return ms;
  }

  function add(
    revision: Omit<Revision, 'updatedMs' | 'order'>,
    { future = false, unlike = false }: { future?: boolean | undefined; unlike?: boolean } = {},
  ): Revision {
    const order = history.length;
    const updatedMs = future ? FUTURE + order : stamp(revision.source);
    // Without times, what is as it was before is to be just that.
    const unique = stamps === 'none' && !unlike ? '' : ` r${order}`;
    const row = {
      ...revision.row,
      ...(revision.source === 'bookings' ? { name: `b${revision.id}${unique}` } : {}),
      deleted: revision.deleted,
      ...(stamps === 'none' ? {} : { updated_at: new Date(updatedMs).toISOString() }),
    };
    const added = { ...revision, row, updatedMs, order };
    history.push(added);
    return added;
  }

  function newest(source: SourceName): Revision[] {
    const bySource = history.filter((one) => one.source === source);
    return [...new Map(bySource.map((one) => [one.id, one])).values()];
  }

  const living = { deleted: false, vanished: false } as const;

  return {
    now,
    jump: (ms) => {
      ahead += ms;
      last = 0;
    },
    history,
    newest,
    save: (deed) => {
      const guest = PEOPLE[deed.person]!;
      const row = {
        ...bookingRow(deed),
        ...guest,
        ...(more ? { extras: extrasOf(deed) } : {}),
        ...(completes ? { done: deed.done === true } : {}),
      };
      const id = String(deed.booking);
      return add({ source: 'bookings', id, row, ...living, key: keyOfPerson(guest) }, deed);
    },
    memo: ({ memo, person }) => {
      const key = keyOfPerson(PEOPLE[person]!);
      const id = String(memo);
      const row = { id: memo, person: key, text: `memo ${id}, version ${history.length}` };
      return add({ source: 'memos', id, row, ...living, key });
    },
    finish: ({ booking, done }) => {
      const known = newest('bookings').find(({ id }) => id === String(booking));
      if (!known || known.deleted) return undefined;
      return add({ ...known, row: { ...known.row, done } });
    },
    remove: (source, id, vanished = false) => {
      const known = newest(source).find((one) => one.id === id);
      // One that vanished may still be said to be gone.
      if (!known || (known.deleted && (vanished || !known.vanished))) return undefined;
      return add({ ...known, deleted: true, vanished });
    },
    touch: (revision) => {
      const text = `memo ${revision.id}, version ${history.length}`;
      const row = { ...revision.row, ...(revision.source === 'memos' ? { text } : {}) };
      return add({ ...revision, row }, { unlike: true });
    },
  };
}

function bookingRow({ booking, status, kind, withTask, start }: Extract<Deed, { type: 'save' }>): Row {
  const day = `2027-01-0${booking + 1}`;
  return {
    id: booking,
    status,
    kind,
    task: withTask ? `task of b${booking}, ${status}` : '',
    due: `2027-02-0${booking + 1}T10:00:00Z`,
    start: `${day}T1${start}:00:00Z`,
    end: `${day}T15:00:00Z`,
  };
}

/** Which extras a booking has, and what they say, follows from the rest of it. */
function extrasOf({ status, kind, withTask, start }: Extract<Deed, { type: 'save' }>): Extra[] {
  const names = [
    ...(withTask ? ['x'] : []),
    ...(start === 1 ? ['y'] : []),
    ...(kind === 'party' ? ['z'] : []),
  ];
  return names.map((name) => ({ name, text: status }));
}
