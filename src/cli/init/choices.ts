/** What `init` asks. */
export interface Choices {
  /** `webhooks`: BoothBook as well, which tells of changes by webhook. */
  readonly source: (typeof SOURCES)[number];
  /** Always with `contacts`: all the others are a contact's. */
  readonly syncs: readonly SyncName[];
  readonly as: (typeof WAYS)[number];
}

export type SyncName = (typeof SYNCS)[number];

export const SOURCES = ['boothbook', 'webhooks', 'other'] as const;
export const SYNCS = ['contacts', 'tasks', 'notes', 'appointments'] as const;
export const WAYS = ['cron', 'service'] as const;

/** What was not said becomes what is easiest to begin with. */
export function completed({ source = 'boothbook', syncs = [], as }: Partial<Choices>): Choices {
  return {
    source,
    syncs: SYNCS.filter((name) => name === 'contacts' || syncs.includes(name)),
    as: as ?? (source === 'webhooks' ? 'service' : 'cron'),
  };
}

/** The names of the parts that a template keeps. */
export function partsOf({ source, syncs, as }: Choices): ReadonlySet<string> {
  return new Set<string>([...syncs, source, as]);
}
