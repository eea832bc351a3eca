import type { Problem, Span } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { child, entriesOf, entryAt, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** Parts of the language that this version knows by name only. Take a line out when it is built. */
const NOT_BUILT = {
  file: ['tenants'],
  connection: ['openapi'],
  source: ['resource'],
  sync: ['pair', 'conflict'],
} as const;

/** What the language has and this version has not, each at its name. */
export function checkBuilt(root: Node): readonly Problem[] {
  return [
    ...names(root, NOT_BUILT.file),
    ...entriesOf(child(root, 'connections')).flatMap(({ value }) => names(value, NOT_BUILT.connection)),
    ...entriesOf(child(root, 'sources')).flatMap(({ value }) => names(value, NOT_BUILT.source)),
    ...entriesOf(child(root, 'syncs')).flatMap(({ value }) => sync(root, value)),
  ];
}

function names(node: Node | undefined, properties: readonly string[]): readonly Problem[] {
  return properties.flatMap((property) => {
    const entry = entryAt(node, property);
    return entry ? [notBuilt(entry.key, `"${property}"`)] : [];
  });
}

/** One problem for an action that can't run: the rest of its sync belongs to that. */
function sync(root: Node, node: Node): readonly Problem[] {
  const call = entryAt(node, 'call');
  const account = textOf(call?.value)?.split('.')[0] ?? '';
  if (call && textOf(child(root, 'connections', account, 'type')) === 'http') {
    return [notBuilt(call.value.at, 'a call of a connection of type http')];
  }
  return names(node, NOT_BUILT.sync);
}

function notBuilt(at: Span, what: string): Problem {
  return problemAt('not-built-yet', at, `${what} is not built yet`, 'take it out until a later version');
}
