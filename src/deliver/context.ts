import type { Operation } from '../catalog/operation.ts';
import type { Resource } from '../catalog/resource.ts';
import type { GhlClient } from '../connection/ghl-client.ts';
import type { HttpClient } from '../connection/http-client.ts';
import type { Clock } from '../model/clock.ts';
import type { Link } from '../model/link.ts';
import type { Fields } from '../model/step.ts';
import type { Store } from '../store/store.ts';
import type { Unapplied } from './classify.ts';
import type { Gone } from './gone.ts';
import type { Lookups } from './lookups.ts';

/** Children as their list shows them, or why it can't be had. */
export type Listed = readonly Readonly<Record<string, unknown>>[] | Unapplied;

/** What delivering needs of its surroundings: one for each lane. */
export interface DeliverContext {
  readonly account: string;
  readonly client: GhlClient;
  /** The client of a connection of type http, by its name. */
  http(connection: string): HttpClient;
  readonly store: Store;
  readonly clock: Clock;
  readonly lookups: Lookups;
  /** Whatever has an identity is looked for before it is created: the store was lost. */
  readonly lookFirst: boolean;
  /** Ids of what this process has created meanwhile: nothing of before the loss is among their children. */
  readonly born: Set<string>;
  /** Lists that are asked for at this moment, and those of what has no parent: who wants the same one shares the call. */
  readonly listing: Map<string, Promise<Listed>>;
  /** Whether the looks for the first targets found nothing for sure, where nobody knows whether twins are allowed. */
  readonly scouts: Promise<boolean>[];
  readonly gone: Gone;
  /** Nothing is asked of the API: whatever the mapping names is taken to be there. */
  readonly unasked: boolean;
  /** Of a plan: the id of what would be created, as no answer tells it. */
  readonly newId?: () => string;
  /** When this process began to work the lane, in ms. */
  readonly startedAt: number;
  /** The config's own time zone, for what tells none. */
  readonly timezone: string;
  /** How long a call may take, in ms. */
  readonly timeoutMs: number;
  /** `part`: where several parts of the API have an operation of that id. */
  operation(id: string, part?: string): Operation;
}

/** The target that steps are taken for. */
export interface Target {
  readonly targetKey: string;
  /** The part of it that identifies it in its resource: an email, a booking's id. */
  readonly key: string;
  readonly resource: Resource;
  /** Once it is linked. */
  readonly targetId?: string;
  /** Of a child; there before anything is delivered for it. */
  readonly parent?: Pick<Link, 'targetId' | 'origin'>;
  /** All fields that it is to hold, not just what differs. */
  readonly mapped: Fields;
  /** Fields that a child is found by; empty: those that its resource names. */
  readonly match: readonly string[];
  readonly priority: number;
  /** The event that an intent is written for. */
  readonly event: number;
  /** Makes durable that a call is about to change the target; a create has its intent for that. */
  readonly before: () => Promise<void>;
}
