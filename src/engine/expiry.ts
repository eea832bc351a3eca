import type { Runtime } from './runtime.ts';

/** Ends what has waited for its parent too long. */
export interface Expiry {
  /** Ends what is over at `now` (ms), and wakes again for what is next. */
  look(now: number): Promise<void>;
  stop(): void;
}

/** The longest sleep, in ms: should a timer and the store ever disagree. */
const LONGEST_SLEEP_MS = 60_000;

export function createExpiry({ store, clock, log, ended }: Runtime, lane: string, wake: () => void): Expiry {
  let cancel: () => void = () => undefined;
  return {
    look: async (now) => {
      cancel();
      const expiry = await store.read.events.nextExpiry(lane);
      if (expiry === undefined) return;
      if (expiry > now) {
        cancel = clock.after(Math.min(expiry - now, LONGEST_SLEEP_MS), wake);
        return;
      }
      const dead = await store.write((tables) => tables.events.expireWaiting(lane, now));
      ended('dead', dead);
      log.warn({ lane, events: dead }, 'events waited for their parent too long');
    },
    stop: () => cancel(),
  };
}
