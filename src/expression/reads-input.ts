import { readSource } from './read-source.ts';
import { visitAll } from './syntax-tree.ts';

/** True where a source may read something of what it starts from, by a name or by `$`; false for variables alone. */
export function readsInput(source: string): boolean {
  const read = readSource(source);
  if (!read.ok) return true;
  let reads = false;
  visitAll(read.tree, ({ type, value, steps }) => {
    const [first] = steps ?? [];
    if (type === 'variable' && value === '') reads = true;
    if (type === 'path' && first?.type !== 'variable') reads = true;
    if (type === 'wildcard' || type === 'descendant') reads = true;
  });
  return reads;
}
