import { child, entriesOf } from './tree.ts';
import type { Node, ScalarNode } from './tree.ts';

/** A text under `value`, which is taken as it stands, by the name of its field. */
export interface Literal {
  readonly name: string;
  readonly node: ScalarNode;
}

/** The texts of a block of fields that stand under `value`. */
export function literalsUnder(fields: Node | undefined): readonly Literal[] {
  return entriesOf(fields).flatMap(({ name, value }) => {
    if (name === 'customFields') return literalsUnder(value);
    const node = child(value, 'value');
    return node?.kind === 'scalar' && typeof node.value === 'string' ? [{ name, node }] : [];
  });
}
