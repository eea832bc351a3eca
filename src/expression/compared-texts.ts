import { readSource } from './read-source.ts';
import { visitAll, type Node } from './syntax-tree.ts';
import { placeOf, type Reference } from './uses.ts';

/** The literal texts that a source compares a variable with, by `=`, `!=` or `in`; none where it doesn't parse. */
export function textsComparedWith(source: string, variable: string): readonly Reference[] {
  const read = readSource(source);
  if (!read.ok) return [];
  const found: Node[] = [];
  visitAll(read.tree, (node) => {
    if (node.type !== 'binary' || !['=', '!=', 'in'].includes(String(node.value))) return;
    const sides = [node.lhs as Node, node.rhs!];
    if (sides.some((side) => isVariable(side, variable))) found.push(...sides.flatMap(textsOf));
  });
  return found.flatMap((text) => {
    const place = placeOf(text, read.tokens);
    return place ? [{ name: String(text.value), ...place }] : [];
  });
}

function isVariable({ type, value }: Node, name: string): boolean {
  return type === 'variable' && value === name;
}

function textsOf(node: Node): readonly Node[] {
  if (node.type === 'string') return [node];
  return node.type === 'unary' && node.value === '[' ? (node.expressions ?? []).flatMap(textsOf) : [];
}
