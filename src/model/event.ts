import type { Bindings } from './expression.ts';
import type { SourceRecord } from './record.ts';

export const EVENT_STATES = [
  'pending',
  'sending',
  'waiting',
  'done',
  'skipped',
  'superseded',
  'dead',
] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** Lower goes first. Live: a webhook. Changed: a poll's find. Bulk: a first import, a full read, an edited mapping. */
export const PRIORITY = { live: 0, changed: 1, bulk: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];
export const PRIORITIES: readonly Priority[] = [PRIORITY.live, PRIORITY.changed, PRIORITY.bulk];

/** One record that arrived, on its way through one sync. Its body is the record's. */
export interface SyncEvent {
  readonly id: number;
  readonly lane: string;
  readonly tenant: string;
  readonly source: string;
  readonly sync: string;
  /** The record's. */
  readonly key: string;
  /** Of a sync with `each`, which element of the record; `''` for the record itself. */
  readonly element: string;
  readonly targetKey: string;
  /** The target that this record had before, where its identity changed (ENGINE case 12). */
  readonly targetKeyBefore: string | null;
  readonly priority: Priority;
  readonly state: EventState;
  readonly reason: string | null;
  readonly remedy: string | null;
  /** Failures of its own so far. */
  readonly tries: number;
  /** Not before, in ms. */
  readonly due: number;
  readonly waitsFor: string | null;
  /** The webhook's event name, `$event`. */
  readonly name: string | null;
  readonly createdAt: number;
  /** Only of an action: never superseded, its record its own. */
  readonly action?: ActionRecord;
  /** The record as it was when it arrived; known of an event that is being made, and of one that is applied as recorded. */
  readonly recorded?: SourceRecord;
  /** By a person's wish (ENGINE case 16) the record is applied as it was recorded, not as it is now. */
  readonly asRecorded?: true;
}

/** What an action's expressions see: the record as it was when it arrived. */
export interface ActionRecord {
  readonly record: SourceRecord;
  /** The record accepted before, `$before`; null for a new one. */
  readonly before: SourceRecord | null;
  /** It was there at the first import. */
  readonly initial: boolean;
}

/** Why an event ended, or waits: the words are for people. */
export interface Verdict {
  readonly state: EventState;
  readonly reason: string;
  readonly remedy?: string;
}

/** Why an event is skipped that was a dead letter: a full read takes its record up again (ENGINE case 15). */
export const DISCARDED = 'discarded by hand';

/** Why an event is pending that may only have failed of what others of its target want, which are to be tried again. */
export const AFTER_OTHERS = 'others of the same target are tried again first';

/** Why an event is pending that a person took up again: it is not asked about twice. */
export const RETRIED = 'retried by hand';

/** Due at the end of time: an event that a guard holds, until it is released. In ms. */
export const HELD_DUE = 8_640_000_000_000_000;

/** The variables that expressions of a record see beside its `let` names. */
export function eventBindings(name: string | null): Bindings {
  return name === null ? {} : { event: name };
}

/** Why an event is pending that has replaced one of an older state which was taken up before: half of that may stand. */
export const AFTER_OLDER = 'an older state of its record was taken up before';
