import { failure } from '../../model/problem.ts';
import type { Store } from '../../store/store.ts';
import { iso } from '../inspect/inspect-list.ts';
import type { Reading } from '../runtime.ts';

/** What a guard has stopped, as `status` and `run` tell of it: the shape of their JSON, too. */
export interface Held {
  /** `sources.bookings`: deletes of a full read; `syncs.contacts`: all that a poll or an edited mapping brought. */
  readonly place: string;
  /** For `run --approve`. */
  readonly hash: string;
  readonly message: string;
  /** How many records it is about. */
  readonly records: number;
  /** Approved, and still to be done. */
  readonly approved: boolean;
  /** Since when, as ISO 8601. */
  readonly at: string;
}

export async function readHeld({ read }: Store): Promise<Held[]> {
  return (await read.holds.all()).map(({ place, hash, message, keys, approved, at }) => ({
    place,
    hash,
    message,
    records: keys.length,
    approved,
    at: iso(at),
  }));
}

/** Where exactly this waited, and goes on as soon as whoever works the store finds it to be the same. */
export interface Approved {
  readonly approved: readonly string[];
}

/** Approves what a guard has stopped, beside whoever works the store. Throws an `approval` problem where nothing of this hash waits. */
export async function approveHeld({ store, tenant }: Reading, hash: string): Promise<Approved> {
  await mustWait(store, hash);
  return { approved: await store.write((tables) => tables.holds.approve(tenant, hash)) };
}

/** Throws an `approval` problem where nothing of this hash waits. */
export async function mustWait(store: Store, hash: string): Promise<void> {
  const held = await readHeld(store);
  if (held.some((one) => one.hash === hash)) return;
  const waiting = held.map((one) => `${one.hash} (${one.place})`).join(', ') || 'nothing';
  throw failure(
    'approval',
    `nothing of hash ${hash} waits for approval; what waits: ${waiting}`,
    'see `boothsync status`; what has changed since has another hash',
  );
}

/** Lines for people: what waits, and how to let it go on. */
export function heldLines(held: readonly Held[]): string[] {
  return held.flatMap(({ place, message, hash, approved }) => [
    `held ${place}: ${message}`,
    approved
      ? '  → approved: it goes on where it is found to be the same'
      : `  → see that this is meant; then \`boothsync run --approve ${hash}\``,
  ]);
}
