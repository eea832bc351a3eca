import type { DeliverContext } from '../deliver/context.ts';
import type { Clock } from '../model/clock.ts';
import type { Config } from '../model/config.ts';
import type { EventState } from '../model/event.ts';
import type { Log } from '../model/log.ts';
import type { Store } from '../store/store.ts';
import type { Bundles } from './turn/bundles.ts';
import type { Gathering } from './turn/gathering.ts';
import type { Health } from './health.ts';
import type { Locks } from './turn/locks.ts';
import type { TakenStep } from './turn/taken-step.ts';

/** What all parts of a running engine share. Time and randomness are arguments: the simulation brings its own. */
export interface Runtime {
  readonly config: Config;
  readonly tenant: string;
  readonly store: Store;
  readonly clock: Clock;
  /** When something arrives or is asked for, in ms: each later than the one before. */
  readonly stamp: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** The store was lost: everything is looked for before it is created, and no action runs. */
  readonly rebuild: boolean;
  /** A plan that asks the targets nothing. */
  readonly unasked: boolean;
  /** Of a plan: the id of what it creates. */
  readonly newId?: () => string;
  /** Hears of every event that reaches a final state. */
  readonly ended: (state: EventState, count: number) => void;
  /** Hears of every step that brought a target on. */
  readonly stepped: (taken: TakenStep) => void;
  /** Hears of every poll that ended. */
  readonly polled: (source: string, ok: boolean) => void;
}

/** What it takes to see where a record goes and what it maps to: nothing is sent, nothing changes. */
export type Reading = Pick<Runtime, 'config' | 'tenant' | 'store'>;

/** What applying a target's events needs beside that. */
export interface LaneRuntime extends Runtime {
  readonly account: string;
  readonly health: Health;
  readonly deliver: DeliverContext;
  /** For what a turn needs beside its own target. */
  readonly locks: Locks;
  readonly bundles: Bundles;
  /** A turn waits for the API meanwhile: nobody has to wait for it to join a bundle. */
  readonly away: Gathering['away'];
}
