/** What `boothsync pull` found, by connection: so that names can be judged without asking. */
export type Lock = ReadonlyMap<string, LockedLocation>;

/** One location of HighLevel's, as it was when it was asked. */
export interface LockedLocation {
  readonly id: string;
  readonly name: string;
  readonly lists: LocationLists;
}

/** What a mapping may name. A list that could not be had is not there: nothing is known of it. */
export interface LocationLists {
  readonly customFields?: readonly CustomFieldEntry[];
  readonly calendars?: readonly NamedEntry[];
  /** By name: emails and phones of people have no place in git. */
  readonly users?: readonly NamedEntry[];
  readonly tags?: readonly string[];
  readonly pipelines?: readonly PipelineEntry[];
  readonly workflows?: readonly NamedEntry[];
}

export type ListName = keyof LocationLists;

export const LIST_NAMES: readonly ListName[] = [
  'customFields',
  'calendars',
  'users',
  'tags',
  'pipelines',
  'workflows',
];

export interface NamedEntry {
  readonly id: string;
  readonly name: string;
}

export interface CustomFieldEntry extends NamedEntry {
  /** With its model before it: `contact.event_date`. */
  readonly key: string;
  /** HighLevel's word for its kind: `TEXT`, `NUMERICAL`, `SINGLE_OPTIONS`, … */
  readonly type: string;
  /** What it may hold, where that is one or more of a few texts. */
  readonly options?: readonly string[];
}

export interface PipelineEntry extends NamedEntry {
  /** In the pipeline's order. */
  readonly stages: readonly NamedEntry[];
}

/** Which records have a custom field: `contact`, `opportunity`, … */
export function modelOf({ key }: CustomFieldEntry): string {
  return key.slice(0, Math.max(0, key.indexOf('.')));
}
