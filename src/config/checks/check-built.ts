import type { Problem, Span } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Parts of the language that this version knows by name only. Take a line out when it is built. */
const NOT_BUILT = {
  file: ['tenants'],
  source: ['resource'],
  sync: ['pair', 'conflict'],
} as const;

/** What the language has and this version has not, each at its name. */
export function checkBuilt(root: Node): readonly Problem[] {
  return [
    ...names(root, NOT_BUILT.file),
    ...entriesOf(child(root, 'sources')).flatMap(({ value }) => names(value, NOT_BUILT.source)),
    ...entriesOf(child(root, 'syncs')).flatMap(({ value }) => names(value, NOT_BUILT.sync)),
  ];
}

function names(node: Node | undefined, properties: readonly string[]): readonly Problem[] {
  return properties.flatMap((property) => {
    const entry = entryAt(node, property);
    return entry ? [notBuilt(entry.key, `"${property}"`)] : [];
  });
}

function notBuilt(at: Span, what: string): Problem {
  return problemAt('not-built-yet', at, `${what} is not built yet`, 'take it out until a later version');
}
