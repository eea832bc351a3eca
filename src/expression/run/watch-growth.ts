import { ExpressionError } from '../../model/expression.ts';
import { isFunction } from './clean-value.ts';
import { bounded } from './limits.ts';
import { nativeFunction, type NativeFunction } from './native-function.ts';
import { isFunctionName } from '../uses.ts';
import { replaceChildren, visitAll, type Node } from '../syntax-tree.ts';

/** No expression can name these: a name ends at a blank. */
const BOUNDED = ' bounded';
const CALLABLE = ' callable';
const PROPERTY = ' property';

/** What `watchGrowth` puts into a tree calls these. */
export const watchers: Readonly<Record<string, NativeFunction>> = {
  [BOUNDED]: nativeFunction({ parameters: ['value'], length: 1 }, (value) => bounded(value)),
  // JSONata writes a mark on what it calls before it looks whether that is a function: on the record, then
  [CALLABLE]: nativeFunction({ parameters: ['value'], length: 1 }, (value) => {
    if (!isFunction(value)) throw new ExpressionError('it calls something that is no function');
    return true;
  }),
  // an object with a function as its `then` looks like a promise to JavaScript, and never settles
  [PROPERTY]: nativeFunction({ parameters: ['value'], length: 1 }, (value) => {
    if (isFunction(value)) throw new ExpressionError('it puts a function into an object');
    return value;
  }),
};

/**
 * Puts checks into a tree, in place, where the expression could grow a value without end between two of JSONata's own
 * checks, or call what is no function. An expression without loops, names of its own and ranges has none of these
 * places and stays as it was.
 *
 * A value grows by being used more than once, and only names (and `$$`) make that possible: so what gets a name is
 * measured (`:=`, results and arguments of functions), and what walks through a whole value at one go (`=`, `&`). Yields whether the
 * expression can grow.
 */
export function watchGrowth(tree: Node): boolean {
  if (!canGrow(tree)) return false;
  const bound = new Set<string>();
  visitAll(tree, (node) => {
    if (node.type === 'bind' || node.type === 'lambda')
      for (const name of [node.lhs as Node | undefined, ...(node.arguments ?? [])])
        bound.add(String(name?.value));
  });
  watch(tree, bound);
  return true;
}

const GROWING = new Set(['bind', 'lambda', 'descendant', 'parent']);

function canGrow(tree: Node): boolean {
  let found = false;
  visitAll(tree, (node) => {
    found ||=
      GROWING.has(node.type) ||
      (node.type === 'variable' && node.value === '$') ||
      (node.type === 'binary' && node.value === '..') ||
      (node.type === 'function' && !callsKnown(node, new Set())) ||
      node.focus !== undefined ||
      node.index !== undefined;
  });
  return found;
}

function watch(node: Node, bound: ReadonlySet<string>): void {
  replaceChildren(node, (child) => {
    watch(child, bound);
    return child;
  });
  if (node.type === 'bind' && node.rhs !== undefined) node.rhs = wrapped(node.rhs);
  if (node.type === 'lambda' && node.thunk !== true && node.body !== undefined)
    node.body = wrappedTail(node.body, bound);
  if (node.type === 'binary' && ['=', '!=', '&'].includes(String(node.value))) watchOperands(node);
  if (node.type === 'unary' && node.value === '{') watchProperties(node.lhs);
  watchProperties(node.group?.lhs);
  if ((node.type === 'function' || node.type === 'partial') && !callsKnown(node, bound)) watchCall(node);
}

function watchOperands(node: Node): void {
  if (node.lhs !== undefined && !Array.isArray(node.lhs)) node.lhs = wrapped(node.lhs);
  if (node.rhs !== undefined) node.rhs = wrapped(node.rhs);
}

/** Only a property that is called `then`, or may be. */
function watchProperties(pairs: Node['lhs']): void {
  if (!Array.isArray(pairs)) return;
  for (const pair of pairs) {
    const [key, value] = pair;
    if (!(key.type === 'string' && key.value !== 'then')) pair[1] = callOf(PROPERTY, value);
  }
}

function watchCall(node: Node): void {
  const { procedure } = node;
  if (procedure === undefined) return;
  if (node.type === 'function') node.arguments = (node.arguments ?? []).map((value) => wrapped(value));
  // the block yields the function itself, so that a call in the last place stays one that needs no stack
  if (procedure.type !== 'lambda')
    node.procedure = { type: 'block', expressions: [callOf(CALLABLE, procedure), procedure] };
}

/**
 * A call in the last place of a function's body is left as it is: JSONata makes a loop of it, and its arguments are
 * watched. A call of a known function needs no loop.
 */
function wrappedTail(body: Node, bound: ReadonlySet<string>): Node {
  if (body.type === 'lambda')
    return body.thunk === true && body.body !== undefined && callsKnown(body.body, bound)
      ? wrapped(body.body)
      : body;
  if (body.type === 'condition') {
    if (body.then !== undefined) body.then = wrappedTail(body.then, bound);
    if (body.else !== undefined) body.else = wrappedTail(body.else, bound);
    return body;
  }
  const last = body.type === 'block' ? body.expressions?.at(-1) : undefined;
  if (last === undefined) return wrapped(body);
  body.expressions?.splice(-1, 1, wrappedTail(last, bound));
  return body;
}

const SMALL = new Set([
  'string',
  'number',
  'value',
  'variable',
  'lambda',
  'partial',
  'regex',
  'operator',
  'transform',
]);

function wrapped(node: Node): Node {
  return SMALL.has(node.type) ? node : callOf(BOUNDED, node);
}

function callOf(name: string, value: Node): Node {
  const procedure: Node = { type: 'variable', value: name };
  return { type: 'function', value: '(', procedure, arguments: [value], ...positionOf(value) };
}

function positionOf({ position }: Node): { position?: number } {
  return position === undefined ? {} : { position };
}

function callsKnown({ procedure }: Node, bound: ReadonlySet<string>): boolean {
  if (procedure?.type !== 'variable') return false;
  const name = String(procedure.value);
  return name.startsWith(' ') || (isFunctionName(name) && !bound.has(name));
}
