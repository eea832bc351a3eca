import type { Node } from './tree.ts';

/** The texts of a config's files, by absolute path. */
export type Texts = ReadonlyMap<string, string>;

/** The text of the file that a node stands in. */
export function textAt(texts: Texts, node: Node): string {
  return texts.get(node.at.file) ?? '';
}
