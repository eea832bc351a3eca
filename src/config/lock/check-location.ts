import type { LocationLists, LockedLocation, NamedEntry } from '../../model/lock.ts';
import type { Problem } from '../../model/problem.ts';
import { inspectedFields } from '../inspections.ts';
import type { Inspected, InspectedField } from '../inspections.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import type { Files } from '../reading.ts';
import { ghlResourceOf, targetConnection } from '../target-of.ts';
import { child, entriesOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';
import { customFieldsOf, findField, shortKey } from './custom-field-schemas.ts';
import { ID_FIELDS } from './id-fields.ts';
import type { IdList } from './id-fields.ts';
import { knownValues } from './known-values.ts';
import type { KnownValue } from './known-values.ts';
import { lockedLocation } from './locked-location.ts';

const WORDS = {
  calendars: 'calendar',
  users: 'user',
  workflows: 'workflow',
  pipelines: 'pipeline',
  stages: 'stage',
} as const;

/** What was made after the lock is not in it. */
function orMake(remedy: string): string {
  const rest = 'make it in HighLevel and run boothsync pull';
  return remedy.endsWith('?') ? `${remedy} Or ${rest}` : `${remedy}; or ${rest}`;
}

/** Names and ids in fields and parameters that the location, as the lock knows it, has not. */
export function checkLocation(
  root: Node,
  inspected: readonly Inspected[],
  files: Pick<Files, 'texts' | 'lock'>,
): readonly Problem[] {
  if (!files.lock) return [];
  const inspectedField = inspectedFields(inspected);
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const connection = targetConnection(sync.value);
    const locked = lockedLocation(root, files.lock, connection);
    if (!locked) return [];
    return [
      ...customFieldProblems(root, sync.value, files),
      ...['fields', 'with'].flatMap((block) =>
        entriesOf(child(sync.value, block)).flatMap((field) => {
          const values = knownValues(field, inspectedField(sync, field), files.texts);
          return idProblems({ root, sync, locked, inspectedField, files }, field, values);
        }),
      ),
    ];
  });
}

function customFieldProblems(root: Node, sync: Node, { lock }: Pick<Files, 'lock'>): readonly Problem[] {
  const known = customFieldsOf(root, sync, lock);
  const custom = child(sync, 'fields', 'customFields');
  if (!known || custom?.kind !== 'map') return [];
  return [...custom.entries.values()]
    .filter(({ name }) => !findField(known, name))
    .map(({ name, key }) => {
      const names = known.flatMap((field) => [shortKey(field.key), field.name]);
      const near = nearest(name, names);
      const others = didYouMean(
        name,
        known.map((field) => shortKey(field.key)),
        'it has none',
      );
      const remedy = near === undefined ? others : `did you mean "${near}"?`;
      return problemAt('not-in-location', key, `the location has no custom field "${name}"`, orMake(remedy));
    });
}

interface Asked {
  readonly root: Node;
  readonly sync: Entry;
  readonly locked: LockedLocation;
  readonly inspectedField: InspectedField;
  readonly files: Pick<Files, 'texts'>;
}

function idProblems(asked: Asked, field: Entry, values: readonly KnownValue[]): readonly Problem[] {
  const list = ID_FIELDS[field.name];
  const known = list && itemsOf(asked, list);
  if (!list || !known) return [];
  const takesNames = ghlResourceOf(asked.root, asked.sync.value)?.references?.[field.name] !== undefined;
  return values.flatMap(({ value, shown, at }) => {
    if (value === '' || known.some(({ id }) => id === value)) return [];
    const named = known.filter(({ name }) => name.toLowerCase() === value.toLowerCase());
    if (named.length > 0 && takesNames) return [];
    const word = WORDS[list];
    const message =
      named.length > 0
        ? `${field.name} takes the id of a ${word}, not its name ${shown}`
        : `the location has no ${word} ${shown}`;
    const remedy =
      named.length > 0
        ? `write ${named.map(({ id }) => id).join(' or ')}`
        : orMake(suggestion(value, known, takesNames));
    return [problemAt('not-in-location', at, message, remedy)];
  });
}

function suggestion(value: string, known: readonly NamedEntry[], takesNames: boolean): string {
  if (known.length === 0) return 'it has none';
  const near = nearest(
    value,
    known.flatMap(({ id, name }) => [id, name]),
  );
  const found = known.filter(({ id, name }) => id === near || name === near);
  if (found.length > 0)
    return `did you mean ${found.map((one) => entryWords(one, takesNames)).join(' or ')}?`;
  const first = known.slice(0, 8).map((one) => entryWords(one, takesNames));
  return `known${known.length > first.length ? ', among others' : ''}: ${first.join(', ')}`;
}

function entryWords({ id, name }: NamedEntry, takesNames: boolean): string {
  return takesNames ? `"${name}"` : `${id} (${name})`;
}

/** Stages are those of the pipeline that the sync names, where it names one. */
function itemsOf(asked: Asked, list: IdList): readonly NamedEntry[] | undefined {
  const { lists } = asked.locked;
  if (list !== 'stages') return lists[list];
  const pipelines = pipelinesOf(asked, lists);
  return pipelines?.flatMap(({ stages }) => stages);
}

function pipelinesOf(
  { sync, inspectedField, files }: Asked,
  lists: LocationLists,
): LocationLists['pipelines'] {
  const field = entriesOf(child(sync.value, 'fields')).find(({ name }) => name === 'pipelineId');
  const named = field
    ? knownValues(field, inspectedField(sync, field), files.texts).map(({ value }) => value)
    : [];
  const chosen = lists.pipelines?.filter(
    ({ id, name }) => named.includes(id) || named.some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  return chosen && chosen.length > 0 ? chosen : lists.pipelines;
}
