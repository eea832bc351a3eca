import { isObject } from '../../model/json.ts';
import { LIST_NAMES } from '../../model/lock.ts';
import type { CustomFieldEntry, Lock, LockedLocation, NamedEntry } from '../../model/lock.ts';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { readYaml } from '../read-yaml.ts';
import { entriesOf, child, startOf, valueOf } from '../tree.ts';
import type { Node } from '../tree.ts';

export interface LockReading {
  /** Nothing where the file is no lock: nothing is known then. */
  readonly lock?: Lock;
  readonly problems: readonly Problem[];
}

const REMEDY = 'run boothsync pull, which writes it anew';

/** The text of a lock's file → what it knows. A merge conflict or another version's file is told. */
export function readLock(file: string, text: string): LockReading {
  const { root, problems } = readYaml(file, text);
  const [broken] = problems;
  if (!root || broken) return { problems: [notALock(broken?.at ?? { file, start: 0, end: 1 })] };
  const version = child(root, 'version');
  const connections = child(root, 'connections');
  if (!version || valueOf(version) !== 1 || connections?.kind !== 'map') {
    return { problems: [notALock(startOf(root.at))] };
  }
  const read = entriesOf(connections).map(({ name, value }) => [name, value, locationOf(value)] as const);
  const odd = read.find(([, , location]) => location === undefined);
  if (odd) return { problems: [notALock(startOf(odd[1].at))] };
  return { lock: new Map(read.map(([name, , location]) => [name, location!])), problems: [] };
}

function notALock(at: Problem['at'] & object): Problem {
  return problemAt('lock', at, 'this is no lock that boothsync pull has written', REMEDY);
}

/** Claims only what is read of it: anything odd, and it is no lock. */
function locationOf(node: Node): LockedLocation | undefined {
  const value: unknown = valueOf(node);
  if (!isObject(value)) return undefined;
  const { location, ...lists } = value;
  if (!isObject(location) || typeof location['id'] !== 'string') return undefined;
  const right = Object.entries(lists).every(
    ([name, list]) => LIST_NAMES.some((known) => known === name) && isList(name, list),
  );
  if (!right) return undefined;
  // Each of its lists was looked at.
  return { id: location['id'], name: textOf(location['name']), lists: lists };
}

function isList(name: string, list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  const items: readonly unknown[] = list;
  switch (name) {
    case 'tags':
      return items.every((item) => typeof item === 'string');
    case 'customFields':
      return items.every(isCustomField);
    case 'pipelines':
      return items.every((item) => isNamed(item) && isList('stages', (item as { stages?: unknown }).stages));
    default:
      return items.every(isNamed);
  }
}

function isNamed(item: unknown): item is NamedEntry {
  return isObject(item) && typeof item['id'] === 'string' && typeof item['name'] === 'string';
}

function isCustomField(item: unknown): item is CustomFieldEntry {
  if (!isNamed(item)) return false;
  const { key, type, options } = item as Partial<CustomFieldEntry>;
  return typeof key === 'string' && typeof type === 'string' && (options === undefined || isTexts(options));
}

function isTexts(options: unknown): boolean {
  return Array.isArray(options) && options.every((option) => typeof option === 'string');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
