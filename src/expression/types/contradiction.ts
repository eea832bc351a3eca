import { pathText } from './infer-scope.ts';
import type { Node } from '../syntax-tree.ts';

/** Why what `and` joins can't all hold, in words: one path that is to be two things, or in a range that holds nothing. */
export function contradictionIn(node: Node): string | undefined {
  return contradictoryTexts(node) ?? emptyRange(node);
}

function contradictoryTexts(node: Node): string | undefined {
  const equal = new Map<string, string>();
  for (const each of conjuncts(node)) {
    const path = each.value === '=' ? pathText(each.lhs as Node) : undefined;
    const constant = path === undefined ? undefined : constantText(each.rhs);
    if (path === undefined || constant === undefined) continue;
    const other = equal.get(path) ?? constant;
    if (other !== constant) return `${path} can't be both ${other} and ${constant}`;
    equal.set(path, constant);
  }
  for (const each of conjuncts(node)) {
    const path = each.value === '!=' ? pathText(each.lhs as Node) : undefined;
    const constant = path === undefined ? undefined : equal.get(path);
    if (constant !== undefined && constant === constantText(each.rhs))
      return `${path!} can't be ${constant} and not be it`;
  }
  return undefined;
}

function conjuncts(node: Node): readonly Node[] {
  if (node.type === 'block' && node.expressions?.length === 1) return conjuncts(node.expressions[0]!);
  if (node.type !== 'binary') return [];
  return node.value === 'and' ? [...conjuncts(node.lhs as Node), ...conjuncts(node.rhs!)] : [node];
}

function constantText(node: Node | undefined): string | undefined {
  return node && ['string', 'number', 'value'].includes(node.type) ? JSON.stringify(node.value) : undefined;
}

/** A side of a range: `above 10`. */
interface Bound {
  readonly value: number;
  readonly strict: boolean;
  readonly words: string;
}

const WORDS: Readonly<Record<string, string>> = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
};
const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** `balance > 0 and balance < 0`: no number is both. */
function emptyRange(node: Node): string | undefined {
  const ranges = new Map<string, { low?: Bound; high?: Bound }>();
  for (const each of conjuncts(node)) {
    const compared = comparedWithNumber(each);
    if (!compared) continue;
    const { name, operator, value } = compared;
    const bound = { value, strict: operator.length === 1, words: `${WORDS[operator]!} ${value}` };
    const range = ranges.get(name) ?? {};
    if (operator.startsWith('>') && tighter(bound, range.low, 1)) range.low = bound;
    if (operator.startsWith('<') && tighter(bound, range.high, -1)) range.high = bound;
    ranges.set(name, range);
    const { low, high } = range;
    if (low && high && (low.value > high.value || (low.value === high.value && (low.strict || high.strict))))
      return `${name} can't be ${low.words} and ${high.words}`;
  }
  return undefined;
}

function tighter(bound: Bound, known: Bound | undefined, sign: 1 | -1): boolean {
  if (!known || bound.value * sign > known.value * sign) return true;
  return bound.value === known.value && bound.strict;
}

/** `5 < $num(price)` is `$num(price) > 5`. */
function comparedWithNumber(
  node: Node,
): { readonly name: string; readonly operator: string; readonly value: number } | undefined {
  const operator = String(node.value);
  if (node.type !== 'binary' || WORDS[operator] === undefined) return undefined;
  const [left, right] = [node.lhs as Node, node.rhs!];
  const name = measured(left) ?? measured(right);
  const value = numberIn(right) ?? numberIn(left);
  if (name === undefined || value === undefined) return undefined;
  return { name, operator: measured(left) === undefined ? TURNED[operator]! : operator, value };
}

/** A path, a variable, or `$num(…)` and the like of one. */
function measured(node: Node): string | undefined {
  if (node.type === 'variable') return `$${String(node.value)}`;
  const [only, ...more] = node.type === 'function' ? (node.arguments ?? []) : [];
  const inner = only && more.length === 0 && node.procedure?.type === 'variable' ? measured(only) : undefined;
  return inner === undefined ? pathText(node) : `$${String(node.procedure!.value)}(${inner})`;
}

function numberIn(node: Node): number | undefined {
  if (node.type === 'number') return Number(node.value);
  const inner = node.type === 'unary' && node.value === '-' ? numberIn(node.expression!) : undefined;
  return inner === undefined ? undefined : -inner;
}
