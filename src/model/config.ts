import type { AlertRule } from './alert.ts';
import type { Connection } from './connection.ts';
import type { Source } from './source.ts';
import type { Sync } from './sync.ts';

/** A checked config with its environment filled in and its expressions compiled: what the engine runs. */
export interface Config {
  /** Absolute path of the file; relative paths in it start from its folder. */
  readonly path: string;
  /** IANA name; local times without an offset are in it. */
  readonly timezone: string;
  /** False where the file names none: schedules are then UTC. */
  readonly hasTimezone: boolean;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly syncs: ReadonlyMap<string, Sync>;
  /** `sqlite:/absolute/path.db` or `postgres://…`. */
  readonly store: string;
  readonly server: ServerSettings;
  /** Those that are on. */
  readonly alerts: readonly AlertRule[];
  readonly log: { readonly level: string; readonly personalData: 'mask' | 'show' };
  readonly retention: { readonly doneMs: number; readonly deliveriesMs: number };
  /** Every value that came from the environment or a file: never to be printed. */
  readonly secrets: readonly string[];
  /** What tokens are sealed with: 32 bytes each. Nothing where none is set. */
  readonly keys: Keys;
}

export interface Keys {
  /** `BOOTHSYNC_KEY`, or the file `boothsync.key` beside the config. */
  readonly current?: Uint8Array;
  /** `BOOTHSYNC_NEW_KEY`: the one that `auth rotate-key` goes over to. */
  readonly next?: Uint8Array;
}

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly bodyLimitBytes: number;
  /** Events that may wait before webhooks are answered 429. */
  readonly backlog: number;
}
