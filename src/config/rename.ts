import type { Rename } from './explain-shape.ts';
import type { Entry, Node, Path } from './tree.ts';

/**
 * The tree as it was probably meant: misspelt names by their right ones, and without those that mean nothing. The
 * mistake was told; read on as if it were none, so that `source:` for `sources:` is not followed by a complaint
 * about every sync.
 */
export function rename(root: Node, renames: readonly Rename[]): Node {
  if (renames.length === 0) return root;
  const to = new Map(renames.map((each) => [keyOf([...each.path, each.from]), each.to]));
  return renameIn(root, [], to);
}

function renameIn(node: Node, path: Path, to: ReadonlyMap<string, string | undefined>): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item, at) => renameIn(item, [...path, at], to)) };
  if (node.kind === 'scalar') return node;
  const entries = new Map<string, Entry>();
  for (const entry of node.entries.values()) {
    const here = [...path, entry.name];
    const meant = to.get(keyOf(here));
    if (to.has(keyOf(here)) && (meant === undefined || node.entries.has(meant))) continue;
    const name = meant ?? entry.name;
    entries.set(name, { ...entry, name, value: renameIn(entry.value, here, to) });
  }
  return { ...node, entries };
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}
