import type { Problem } from '../../model/problem.ts';
import type { Inspected } from '../inspections.ts';
import { warningAt } from '../problem-at.ts';
import type { Samples, SampleRecord } from '../samples.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** One name that is missing may be misspelt; of several, that others have all of them, it is the list that is wrong. */
const FEWEST = 2;

/**
 * Syncs that read what is not meant: `each` of the wrong list, or `from` of the wrong source. Every name in them would
 * be told; what is to be corrected is the one that says where they are. `rest` is what is left to look at.
 */
export function checkMisread(
  root: Node,
  inspected: readonly Inspected[],
  samples: Samples,
): { readonly problems: readonly Problem[]; readonly rest: readonly Inspected[] } {
  if (samples.size === 0) return { problems: [], rest: inspected };
  const bySync = Map.groupBy(inspected, ({ place: { path } }) => (path[0] === 'syncs' ? path[1] : undefined));
  const found = [...bySync].flatMap(([sync, places]) => {
    const problem = sync === undefined ? undefined : misread(child(root, 'syncs', sync), places, samples);
    return problem ? [{ sync, problem }] : [];
  });
  const syncs = new Set(found.map(({ sync }) => sync));
  return {
    problems: found.map(({ problem }) => problem),
    rest: inspected.filter(({ place: { path } }) => path[0] !== 'syncs' || !syncs.has(path[1])),
  };
}

function misread(
  sync: Node | undefined,
  places: readonly Inspected[],
  samples: Samples,
): Problem | undefined {
  const each = child(sync, 'each');
  const named = each ?? child(sync, 'from');
  const written = textOf(named);
  const readers = places.filter(({ place }) => place.path[2] !== 'each');
  if (!named || written === undefined || !readers[0]?.known) return undefined;
  const missing = [...new Set(readers.flatMap(missingIn))];
  if (missing.length < FEWEST) return undefined;
  const read = readers.flatMap(({ unsampled }) => unsampled().names.map(({ name }) => name));
  const others = each
    ? namesInLists(samples.get(textOf(child(sync, 'from')) ?? '') ?? [])
    : new Map([...samples].map(([source, records]) => [source, namesOf(records)]));
  const [meant, ...more] = [...others].filter(([, names]) => read.every((name) => names.has(name)));
  const lacks = `no record of the sample has ${listed(missing)} there`;
  if (meant && more.length === 0) {
    const remedy = `did you mean "${meant[0]}"? It has all names that this sync reads`;
    return warningAt(
      'unknown-name',
      named.at,
      `${each ? 'each' : 'from'} names "${written}", and ${lacks}`,
      remedy,
    );
  }
  if (!each || !isOne(samples.get(textOf(child(sync, 'from')) ?? '') ?? [], written)) return undefined;
  const remedy = `name a list, or take each out and write "${written}.${missing[0]!}"`;
  return warningAt(
    'unknown-name',
    named.at,
    `each goes through a list, and "${written}" is one object: ${lacks}`,
    remedy,
  );
}

/** Without the names of the whole record in a sync with `each`: those lack their `$record` only. */
function missingIn({ inspection, around }: Inspected): readonly string[] {
  return inspection.findings.flatMap((each) =>
    each.type === 'unknown-name' && each.of === undefined && !around?.has(each.name) ? [each.name] : [],
  );
}

/** True where no record has a list of that name, and some have an object. */
function isOne(records: readonly SampleRecord[], name: string): boolean {
  const held = records.map((record) => record[name]);
  return !held.some(Array.isArray) && held.some((value) => typeof value === 'object' && value !== null);
}

/** The lists of objects that records have, with the names of their elements. */
function namesInLists(records: readonly SampleRecord[]): ReadonlyMap<string, ReadonlySet<string>> {
  const lists = new Map<string, Set<string>>();
  for (const record of records)
    for (const [name, value] of Object.entries(record)) {
      if (!Array.isArray(value)) continue;
      lists.set(name, new Set([...(lists.get(name) ?? []), ...namesOf(value as readonly unknown[])]));
    }
  return lists;
}

function namesOf(records: readonly unknown[]): ReadonlySet<string> {
  return new Set(records.flatMap((each) => (typeof each === 'object' && each ? Object.keys(each) : [])));
}

/** "label", "place" and 2 more. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)!}`;
}
