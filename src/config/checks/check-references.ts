import type { Problem } from '../../model/problem.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Names of connections, sources, syncs and resources that are not there. */
export function checkReferences(root: Node, resources: readonly string[]): readonly Problem[] {
  const connections = namesIn(root, 'connections');
  const sources = namesIn(root, 'sources');
  const syncs = namesIn(root, 'syncs');
  return [
    ...entriesOf(child(root, 'sources')).flatMap(({ value }) =>
      missing('connection', child(value, 'connection'), connections),
    ),
    ...entriesOf(child(root, 'syncs')).flatMap(({ value }) => [
      ...missing('source', child(value, 'from'), sources),
      ...targetProblems(root, value, resources),
      ...missing(
        'sync',
        child(value, 'parent', 'sync') ?? child(value, 'parent'),
        syncs,
        parentsFor(root, value),
      ),
      ...missing('sync', child(value, 'pair'), syncs),
    ]),
  ];
}

/** Nothing where the block is missing: that is told once, not at each name. */
function namesIn(root: Node, block: string): readonly string[] | undefined {
  const node = child(root, block);
  if (node?.kind === 'map') return entriesOf(node).map(({ name }) => name);
  return node === undefined && block !== 'connections' ? [] : undefined;
}

/** The syncs that write what a sync's resource is a child of. */
function parentsFor(root: Node, sync: Node): readonly string[] {
  const [connection] = textOf(child(sync, 'to'))?.split('.') ?? [];
  const wanted = ghlResourceOf(root, sync)?.parent?.resource;
  if (wanted === undefined) return [];
  return entriesOf(child(root, 'syncs'))
    .filter(({ value }) => textOf(child(value, 'to')) === `${connection!}.${wanted}`)
    .map(({ name }) => name);
}

type Kind = 'connection' | 'source' | 'sync';

function missing(
  kind: Kind,
  node: Node | undefined,
  known: readonly string[] | undefined,
  fitting: readonly string[] = [],
): readonly Problem[] {
  const name = textOf(node);
  if (!node || !name || name.includes('${') || !known || known.includes(name)) return [];
  const [only] = nearest(name, known) === undefined && fitting.length === 1 ? fitting : [];
  const remedy =
    only === undefined
      ? didYouMean(name, known, `add "${name}" to ${kind}s`)
      : `did you mean "${only}", the only sync that could be the parent?`;
  return [problemAt(`unknown-${kind}`, node.at, `unknown ${kind} "${name}"`, remedy)];
}

/** `<connection>.<resource>` or `<connection>.<operationId>`. */
function targetProblems(root: Node, sync: Node, resources: readonly string[]): readonly Problem[] {
  const to = child(sync, 'to');
  const node = to ?? child(sync, 'call');
  const target = textOf(node);
  if (!node || target === undefined || target.includes('${') || !target.includes('.')) return [];
  const [connection = '', resource = ''] = target.split('.');
  const connections = namesIn(root, 'connections');
  if (!connections) return [];
  const start = node.at.start + (node.kind === 'scalar' && node.style !== 'plain' ? 1 : 0);
  const connectionAt = { ...node.at, start, end: start + connection.length };
  if (!connections.includes(connection)) {
    const remedy = didYouMean(connection, connections, `add "${connection}" to connections`);
    return [problemAt('unknown-connection', connectionAt, `unknown connection "${connection}"`, remedy)];
  }
  // Operation ids are checked with actions.
  if (!to) return [];
  const account = child(root, 'connections', connection);
  const own = entriesOf(child(account, 'resources')).map(({ name }) => name);
  const type = textOf(child(account, 'type'));
  if (type !== 'ghl' && type !== 'http') return []; // told by the schema
  const known = type === 'ghl' ? resources : own;
  if (known.includes(resource)) return [];
  const resourceAt = { ...node.at, start: connectionAt.end + 1, end: connectionAt.end + 1 + resource.length };
  const remedy = didYouMean(resource, known, `add "${resource}" to the connection's resources`);
  return [
    problemAt('unknown-resource', resourceAt, `unknown resource "${resource}" of ${connection}`, remedy),
  ];
}
