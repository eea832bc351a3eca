import type { Node, Path, ScalarNode } from './tree.ts';

/** A scalar that holds text, and where it stands. */
export interface TextAt {
  readonly node: ScalarNode;
  readonly path: Path;
}

const known = new WeakMap<Node, readonly TextAt[]>();

/** Every text of a file, in its order; several checks ask, and one walk answers. */
export function textsWithin(root: Node): readonly TextAt[] {
  const before = known.get(root);
  if (before) return before;
  const found: TextAt[] = [];
  const walk = (node: Node, path: Path): void => {
    if (node.kind === 'map')
      for (const { name, value } of node.entries.values()) walk(value, [...path, name]);
    else if (node.kind === 'list') node.items.forEach((item, index) => walk(item, [...path, index]));
    else if (typeof node.value === 'string') found.push({ node, path });
  };
  walk(root, []);
  known.set(root, found);
  return found;
}
