import { blame, spanOf } from './infer-scope.ts';
import type { InferScope, Misuse } from './infer-scope.ts';
import type { Node } from '../syntax-tree.ts';

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Functions that take whatever there is, and of a comparison always tell the same. */
const ALWAYS: Readonly<Record<string, string>> = {
  exists: 'a comparison is there whether it is true or false',
  count: 'a comparison is one value, and so is this count',
};

/**
 * `$length(notes > 0)`: a bracket that closes too late, where no comparison is taken. What its sides can't be compared
 * for is an effect of that. True where it was told.
 */
export function checkLateBracket(
  name: string,
  nodes: readonly Node[],
  takesTruth: boolean,
  scope: InferScope,
): boolean {
  const node = nodes.at(-1);
  if (node?.type !== 'binary' || !COMPARISONS.has(String(node.value))) return false;
  if (takesTruth && ALWAYS[name] === undefined) return false;
  const place = spanOf(node, scope);
  const left = spanOf(node.lhs as Node, scope);
  if (!place || !left) return false;
  const end = place.offset + place.length;
  const echoes = scope.findings.filter(
    ({ type, offset }) => type === 'misuse' && offset >= place.offset && offset < end,
  );
  for (const echo of echoes) scope.findings.splice(scope.findings.indexOf(echo), 1);
  const start = spanOf(nodes[0]!, scope)?.offset ?? place.offset;
  const inside = scope.source.slice(start, left.offset + left.length);
  const behind = scope.source.slice(left.offset + left.length, end).replaceAll(/\s+/g, ' ');
  const sign = String(node.value);
  const meant = end - start > 60 ? `$${name}(…) ${sign} …` : `$${name}(${inside})${behind}`;
  const misuse: Misuse = {
    of: ALWAYS[name] === undefined ? 'type' : 'truth',
    message: ALWAYS[name] ?? `\`$${name}\` takes no comparison`,
    remedy: `close the bracket before the \`${sign}\`: ${meant}`,
  };
  blame(node, scope, misuse);
  return true;
}
