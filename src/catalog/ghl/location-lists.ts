import type { Json } from '../../model/json.ts';
import type {
  CustomFieldEntry,
  ListName,
  LocationLists,
  NamedEntry,
  PipelineEntry,
} from '../../model/lock.ts';
import { listIn } from '../resource.ts';

/** A list of a location's, which one call reads. */
export interface LocationList {
  readonly name: ListName;
  /** What one of it is called, for people. */
  readonly word: string;
  readonly operation: string;
  readonly query?: Readonly<Record<string, Json>>;
  /** The answer's body, in an order of our own: a list is the same text whenever it holds the same. */
  readonly read: (body: unknown) => LocationLists;
}

type Item = Readonly<Record<string, unknown>>;

/** Every list that names in a mapping refer to. None of them is paged (official documents, 2026-06). */
export const LOCATION_LISTS: readonly LocationList[] = [
  {
    name: 'customFields',
    word: 'custom field',
    operation: 'get-custom-fields',
    query: { model: 'all' },
    read: (body) => ({ customFields: sorted(listIn(body, ['customFields']).map(customField), byKey) }),
  },
  {
    name: 'calendars',
    word: 'calendar',
    operation: 'get-calendars',
    read: (body) => ({ calendars: sorted(listIn(body, ['calendars']).map(named), byName) }),
  },
  {
    name: 'users',
    word: 'user',
    operation: 'get-user-by-location',
    read: (body) => ({
      users: sorted(
        listIn(body, ['users'])
          .filter(({ deleted }) => deleted !== true)
          .map(named),
        byName,
      ),
    }),
  },
  {
    name: 'tags',
    word: 'tag',
    operation: 'get-location-tags',
    read: (body) => ({
      tags: sorted(
        listIn(body, ['tags']).map(({ name }) => text(name)),
        (tag) => tag,
      ),
    }),
  },
  {
    name: 'pipelines',
    word: 'pipeline',
    operation: 'get-pipelines',
    read: (body) => ({ pipelines: sorted(listIn(body, ['pipelines']).map(pipeline), byName) }),
  },
  {
    name: 'workflows',
    word: 'workflow',
    operation: 'get-workflow',
    read: (body) => ({ workflows: sorted(listIn(body, ['workflows']).map(named), byName) }),
  },
];

function named({ id, name, firstName, lastName }: Item): NamedEntry {
  const whole = text(name) || [text(firstName), text(lastName)].filter((part) => part !== '').join(' ');
  return { id: text(id), name: whole };
}

function pipeline(item: Item): PipelineEntry {
  return { ...named(item), stages: listIn(item, ['stages']).map(named) };
}

function customField(item: Item): CustomFieldEntry {
  const key = text(item['fieldKey'] ?? item['key']);
  const model = text(item['model']);
  const options = optionsOf(item);
  return {
    ...named(item),
    key: key.includes('.') || model === '' ? key : `${model}.${key}`,
    type: text(item['dataType']).toUpperCase(),
    ...(options.length > 0 ? { options } : {}),
  };
}

/** Where people may write an answer of their own, the options bind nobody. */
function optionsOf({ picklistOptions, isAllowedCustomOption }: Item): readonly string[] {
  if (!Array.isArray(picklistOptions) || isAllowedCustomOption === true) return [];
  return picklistOptions.filter((option): option is string => typeof option === 'string');
}

const byName = ({ name, id }: NamedEntry): string => `${name}\0${id}`;
const byKey = ({ key, id }: CustomFieldEntry): string => `${key}\0${id}`;

/** By code units: the same on every machine. */
function sorted<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
