import type { EventState } from '../model/event.ts';

/** Counts the events that ended, by state. */
export interface Tally {
  readonly add: (state: EventState, count: number) => void;
  readonly counts: () => Readonly<Record<EventState, number>>;
}

export function createTally(): Tally {
  const counts = { pending: 0, sending: 0, waiting: 0, done: 0, skipped: 0, superseded: 0, dead: 0 };
  return {
    add: (state, count) => void (counts[state] += count),
    counts: () => ({ ...counts }),
  };
}
