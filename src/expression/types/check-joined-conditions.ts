import { blame } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import type { Node } from '../syntax-tree.ts';

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '>', '<=', '>=', 'in']);
/** Who asks one of these joins no text. */
const CONDITIONS: ReadonlySet<string> = new Set(['exists', 'not', 'contains']);

/** True for `status = "a"`, without brackets around it. */
export function isComparison(node: Node | undefined): boolean {
  return node?.type === 'binary' && COMPARISONS.has(String(node.value));
}

/**
 * `$exists(site) & status = "Won"`, `status = "Won" & guests > 5`: `&` joins texts, and before anything is compared.
 * True where that was told.
 */
export function checkJoinedConditions(node: Node, scope: InferScope): boolean {
  const join = joinIn(node);
  if (join === undefined) return false;
  const message = '`&` joins texts, and here it stands between two conditions';
  blame(join, scope, { of: 'type', message, remedy: 'write and' }, 'operator');
  return true;
}

/** The `&` that was to be an `and`. */
function joinIn(node: Node): Node | undefined {
  const lhs = node.lhs as Node;
  if (isJoin(node)) return isCondition(lhs) ? node : undefined;
  if (!isComparison(node)) return undefined;
  if (isComparison(lhs)) return isJoin(lhs.rhs) ? lhs.rhs : undefined;
  return isJoin(lhs) && isCondition(lhs.lhs as Node) ? lhs : undefined;
}

function isJoin(node: Node | undefined): boolean {
  return node?.type === 'binary' && node.value === '&';
}

function isCondition({ type, procedure }: Node): boolean {
  return type === 'function' && procedure?.type === 'variable' && CONDITIONS.has(String(procedure.value));
}
