import { pathText } from './types/infer-scope.ts';
import { readSource } from './read-source.ts';
import { childrenOf, visitAll, type Node } from './syntax-tree.ts';
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

const NOTHING: ReadonlySet<string> = new Set(['null', '""', "''"]);

/** `email = null`, `email = ""`: where a name of the record is said to equal what counts as missing. */
export function comparedWithNothing(source: string): readonly Reference[] {
  const read = readSource(source);
  if (!read.ok || !read.tokens.some(({ text }) => NOTHING.has(text))) return [];
  const found: Reference[] = [];
  visitAll(read.tree, (node) => {
    if (node.type !== 'binary' || node.value !== '=') return;
    const sides = [node.lhs as Node, node.rhs!];
    const nothing = sides.find(
      ({ type, value }) => (type === 'value' && value === null) || (type === 'string' && value === ''),
    );
    const name = sides.map(pathText).find((path) => path !== undefined);
    const place = nothing && placeOf(nothing, read.tokens);
    if (name !== undefined && place) found.push({ name, ...place });
  });
  return found;
}

function isVariable({ type, value }: Node, name: string): boolean {
  return type === 'variable' && value === name;
}

function textsOf(node: Node): readonly Node[] {
  if (node.type === 'string') return [node];
  return node.type === 'unary' && node.value === '[' ? (node.expressions ?? []).flatMap(textsOf) : [];
}

/** A literal text, and the names that lead to what it is compared with. */
export interface Compared extends Reference {
  readonly path: readonly string[];
}

/** The literal texts that a source says its fields are equal to, by `=` or `in`, where the record is `$`. */
export function textsOfFields(source: string): readonly Compared[] {
  const read = readSource(source);
  if (!read.ok) return [];
  const found: Compared[] = [];
  const look = (node: Node): void => {
    if (node.type === 'binary' && ['=', 'in'].includes(String(node.value))) {
      const path = pathText(node.lhs as Node) === undefined ? undefined : (node.lhs as Node).steps;
      for (const text of path ? textsOf(node.rhs!) : []) {
        const place = placeOf(text, read.tokens);
        if (place)
          found.push({ name: String(text.value), path: path!.map(({ value }) => String(value)), ...place });
      }
    }
    // Further in, names start from something else.
    if (['binary', 'condition', 'block'].includes(node.type)) childrenOf(node).forEach(look);
    if (node.type === 'function')
      (node.arguments ?? []).filter(({ type }) => type === 'binary').forEach(look);
  };
  look(read.tree);
  return found;
}
