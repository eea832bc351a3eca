import { BANNED, BUILT_INS } from './built-ins.ts';
import { OWN_FUNCTIONS } from './functions/own-functions.ts';
import { childrenOf, type Node } from './syntax-tree.ts';
import type { Token } from './tokens.ts';

/** Something that a source names, with the characters that name it: `$sum` includes its `$`, a text its quotes. */
export interface Reference {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** A called `$name`. */
export interface Call extends Reference {
  /** How many arguments the call gives, the left side of `~>` included. */
  readonly arguments: number;
  /** True for JSONata's functions and the language's. */
  readonly known: boolean;
}

/** What a source refers to, in the order of the source. Names are without `$`. */
export interface Uses {
  /** Free names that nothing in the source binds and that are no functions, whether or not they are called. */
  readonly variables: readonly Reference[];
  /** Calls of names that the source does not bind itself. Calls of known functions are not among `variables`. */
  readonly functions: readonly Call[];
  /** First arguments of `$table` that are literal. */
  readonly tables: readonly Reference[];
  /** First arguments of `$result`: the sync's name, `''` where it is not literal. */
  readonly results: readonly Reference[];
}

export const NO_USES: Uses = { variables: [], functions: [], tables: [], results: [] };

/** True for the `$name` of a function that is there. */
export function isFunctionName(name: string): boolean {
  return Object.hasOwn(BUILT_INS, name) || Object.hasOwn(OWN_FUNCTIONS, name);
}

/** Names that are bound where a node stands. `later` are those that its block binds further down. */
interface Scope {
  readonly names: Set<string>;
  readonly later: Set<string>;
  readonly outer?: Scope;
}

/** Without one of these a source binds no name. */
const BINDERS: ReadonlySet<string> = new Set([':=', '@', '#', 'function', 'λ']);

interface Walk {
  readonly binds: boolean;
  readonly variables: Reference[];
  readonly functions: Call[];
  readonly tables: Reference[];
  readonly results: Reference[];
  readonly tokens: readonly Token[];
}

/** Finds what a tree refers to; `banned` are references to functions that are not there. */
export function usesOf(tree: Node, tokens: readonly Token[]): { uses: Uses; banned: readonly Reference[] } {
  // Most sources have no name that starts with `$`.
  if (!tokens.some(({ kind }) => kind === 'variable')) return { uses: NO_USES, banned: [] };
  const binds = tokens.some(({ text }) => BINDERS.has(text));
  const walk: Walk = { binds, variables: [], functions: [], tables: [], results: [], tokens };
  visit(tree, scopeOf(binds ? [tree] : []), walk);
  const variables = inOrder(walk.variables);
  const uses: Uses = {
    variables: variables.filter(({ name }) => !isFunctionName(name) && !BANNED.has(name)),
    functions: inOrder(walk.functions),
    tables: inOrder(walk.tables),
    results: inOrder(walk.results),
  };
  return { uses, banned: variables.filter(({ name }) => BANNED.has(name)) };
}

/** By offset, each place once: `a ?? b` has `a` twice in its tree. */
function inOrder<R extends Reference>(references: readonly R[]): readonly R[] {
  if (references.length < 2) return references;
  const byOffset = new Map<number, R>();
  // the first to be found wins: `a ~> $f(b)` is found with its left side before it is found without
  for (const reference of references)
    if (!byOffset.has(reference.offset)) byOffset.set(reference.offset, reference);
  return [...byOffset.values()].sort((a, b) => a.offset - b.offset);
}

function visit(node: Node, scope: Scope, walk: Walk): void {
  switch (node.type) {
    case 'variable':
      refer(node, scope, walk);
      break;
    case 'bind':
      visitBind(node, scope, walk);
      return;
    case 'lambda':
      visitLambda(node, scope, walk);
      return;
    case 'function':
    case 'partial':
      call(node, node.arguments ?? [], scope, walk);
      break;
    case 'apply':
      if (node.rhs?.type === 'function')
        call(node.rhs, [node.lhs as Node, ...(node.rhs.arguments ?? [])], scope, walk);
      break;
    default:
  }
  const inner = walk.binds && node.type === 'block' ? scopeOf(node.expressions ?? [], scope) : scope;
  for (const child of childrenOf(node)) visit(child, inner, walk);
}

function visitBind(node: Node, scope: Scope, walk: Walk): void {
  const name = nameOf(node.lhs as Node);
  // a function may call itself; anything else sees what the name meant before
  if (node.rhs?.type === 'lambda') scope.names.add(name);
  if (node.rhs !== undefined) visit(node.rhs, scope, walk);
  scope.names.add(name);
}

function visitLambda(node: Node, scope: Scope, walk: Walk): void {
  if (node.body === undefined) return;
  const inner = scopeOf([node.body], scope);
  for (const parameter of node.arguments ?? []) inner.names.add(nameOf(parameter));
  // by the time of the call, the blocks around have bound the rest of their names
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.outer)
    for (const name of outer.later) inner.names.add(name);
  visit(node.body, inner, walk);
}

/** The scope of expressions that share a frame, with all the names that they bind outside of blocks of their own. */
function scopeOf(expressions: readonly Node[], outer?: Scope): Scope {
  const names = new Set<string>();
  const later = new Set<string>();
  const collect = (node: Node): void => {
    if (node.type === 'bind') later.add(nameOf(node.lhs as Node));
    // `@$x` and `#$i` hold for the rest of their path; taking them for the whole frame misses nothing that matters
    if (node.focus !== undefined) names.add(node.focus);
    if (node.index !== undefined) names.add(node.index);
    if (node.type === 'index') names.add(nameOf(node));
    // behind a block in brackets `#$i` may stand, for the path that it is a step of
    if (node.type === 'block') node.stages?.forEach(collect);
    if (node.type === 'block' || node.type === 'lambda') return;
    childrenOf(node).forEach(collect);
  };
  expressions.forEach(collect);
  return { names, later, ...(outer === undefined ? {} : { outer }) };
}

function refer(node: Node, scope: Scope, walk: Walk): void {
  const name = nameOf(node);
  const place = placeOf(node, walk.tokens);
  // `$` and `$$` are the record; what `??` puts into the tree stands nowhere
  if (name === '' || name === '$' || isBound(name, scope) || place === undefined) return;
  walk.variables.push({ name, ...place });
}

function call(node: Node, values: readonly Node[], scope: Scope, walk: Walk): void {
  const { procedure } = node;
  if (procedure?.type !== 'variable') return;
  const name = nameOf(procedure);
  const place = placeOf(procedure, walk.tokens);
  if (isBound(name, scope) || place === undefined) return;
  walk.functions.push({ name, ...place, arguments: values.length, known: isFunctionName(name) });

  const [first] = values;
  const literal = first?.type === 'string' ? placeOf(first, walk.tokens) : undefined;
  if (name === 'table' && literal !== undefined)
    walk.tables.push({ name: nameOf(first as Node), ...literal });
  if (name === 'result')
    walk.results.push(literal ? { name: nameOf(first as Node), ...literal } : { name: '', ...place });
}

function isBound(name: string, scope: Scope): boolean {
  return scope.names.has(name) || (scope.outer !== undefined && isBound(name, scope.outer));
}

function nameOf(node: Node): string {
  return typeof node.value === 'string' ? node.value : '';
}

/** A node's token in the source: the tree has only its end. */
export function placeOf(
  node: Node,
  tokens: readonly Token[],
): { offset: number; length: number } | undefined {
  const token = tokens.find(({ end }) => end === node.position);
  return token === undefined ? undefined : { offset: token.start, length: token.end - token.start };
}
