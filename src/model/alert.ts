/** What there may be to tell. */
export const CAUSES = [
  'dead-letter',
  'auth-failed',
  'auth-due',
  'quota',
  'lag',
  'poll-failed',
  'guard',
  'drift',
] as const;

export type Cause = (typeof CAUSES)[number];

/** One of the config's `alerts`. */
export interface AlertRule {
  readonly on: readonly Cause[];
  /** Of `lag`: how long the oldest event may be due, in ms. */
  readonly overMs: number;
  readonly notify: Notify;
}

/** Who is told, and how. */
export type Notify =
  | { readonly type: 'webhook'; readonly url: string; readonly format: 'json' | 'slack' }
  | { readonly type: 'email'; readonly to: readonly string[]; readonly smtp: string; readonly from: string }
  | { readonly type: 'command'; readonly run: readonly string[]; readonly folder: string };

/** Something that a person should know of. Its words are clean: no secret, and no personal data unless the config shows it. */
export interface Trouble {
  readonly cause: Cause;
  /** What it is about: `connections.ghl`, `sources.bookings`, `syncs.contacts`, or a lane's account. */
  readonly place: string;
  /** Tells it from another trouble of the same place. */
  readonly mark: string;
  readonly message: string;
  readonly remedy: string;
  /** What to type. */
  readonly command: string;
  /** In ms. */
  readonly since: number;
  /** How many there are of it. */
  readonly count: number;
}

/** A trouble in the store: of a state since when and until when it lasts, of an event when it came. */
export interface ToldTrouble extends Trouble {
  readonly id: number;
  readonly tenant: string;
  /** When it was noticed, in ms. */
  readonly at: number;
  /** In ms; nothing while it lasts. */
  readonly until: number | null;
}
