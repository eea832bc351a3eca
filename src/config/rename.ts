import type { Rename } from './explain-shape.ts';
import type { Entry, MapNode, Node, Path } from './tree.ts';

/**
 * The tree as it was probably meant: misspelt names by their right ones, and without those that mean nothing. The
 * mistake was told; read on as if it were none, so that `source:` for `sources:` is not followed by a complaint
 * about every sync.
 */
export function rename(root: Node, renames: readonly Rename[]): Node {
  if (renames.length === 0) return root;
  const to = new Map(renames.map((each) => [keyOf([...each.path, each.from]), each]));
  return renameIn(root, [], to);
}

function renameIn(node: Node, path: Path, to: ReadonlyMap<string, Rename>): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item, at) => renameIn(item, [...path, at], to)) };
  if (node.kind === 'scalar') return node;
  const entries = new Map<string, Entry>();
  const lower = new Map<string, Entry[]>();
  for (const entry of node.entries.values()) {
    const here = [...path, entry.name];
    const found = to.get(keyOf(here));
    const value = renameIn(entry.value, here, to);
    if (found?.under !== undefined)
      (lower.get(found.under) ?? lower.set(found.under, []).get(found.under)!).push({ ...entry, value });
    else if (found && (found.to === undefined || node.entries.has(found.to))) continue;
    else entries.set(found?.to ?? entry.name, { ...entry, name: found?.to ?? entry.name, value });
  }
  for (const [under, all] of lower) putUnder(entries, under, all);
  return { ...node, entries };
}

/** What stands one level too high, where it belongs; what is there already is left. */
function putUnder(entries: Map<string, Entry>, under: string, all: readonly Entry[]): void {
  const owner: Entry = entries.get(under) ?? { name: under, key: all[0]!.key, value: emptyMap(all[0]!) };
  if (owner.value.kind !== 'map') return;
  const inside = new Map([...all.map((entry) => [entry.name, entry] as const), ...owner.value.entries]);
  entries.set(under, { ...owner, value: { ...owner.value, entries: inside } });
}

function emptyMap({ key }: Entry): MapNode {
  return { kind: 'map', at: key, entries: new Map() };
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}
