/**
 * A node of the tree that `jsonata(…).ast()` gives (its own type declaration leaves most of this out). Mutable:
 * the tree is ours once the source is parsed, and some nodes are replaced before the first run.
 */
export interface Node {
  type: string;
  value?: unknown;
  /** Where the node's token ends in the source: JSONata keeps no start. */
  position?: number;
  lhs?: Node | Pair[];
  rhs?: Node;
  expression?: Node;
  condition?: Node;
  then?: Node;
  else?: Node;
  procedure?: Node;
  body?: Node;
  pattern?: Node;
  update?: Node;
  delete?: Node;
  expr?: Node;
  steps?: Node[];
  stages?: Node[];
  predicate?: Node[];
  expressions?: Node[];
  arguments?: Node[];
  group?: { lhs: Pair[] };
  terms?: { expression: Node }[];
  /** Names that `@$name` and `#$name` bind at this step. */
  focus?: string;
  index?: string;
  /** `packages.name[]` is always a list. */
  keepSingletonArray?: boolean;
  signature?: { validate?: unknown };
  thunk?: boolean;
}
export type Pair = [Node, Node];

/** In the order of evaluation, as far as it matters for names: what is bound comes before what uses it. */
const SINGLE = [
  'rhs',
  'expression',
  'condition',
  'then',
  'else',
  'procedure',
  'body',
  'pattern',
  'update',
  'delete',
  'expr',
] as const;
const LISTS = ['steps', 'arguments', 'expressions', 'stages', 'predicate'] as const;

/** Nothing is below these but what is behind them in brackets. */
const LEAVES: ReadonlySet<string> = new Set(['name', 'string', 'number', 'value', 'variable']);

/** The nodes right below this one. Parameters of a lambda and the name that `:=` binds are nodes too. */
export function childrenOf(node: Node): Node[] {
  if (LEAVES.has(node.type) && !node.stages && !node.predicate && !node.group) return [];
  const children: Node[] = [];
  // Written out and not by `replaceChildren`: a check asks this of every node, several times.
  if (Array.isArray(node.lhs)) children.push(...node.lhs.flat());
  else if (node.lhs !== undefined) children.push(node.lhs);
  for (const slot of LISTS) if (node[slot] !== undefined) children.push(...node[slot]);
  for (const slot of SINGLE) if (node[slot] !== undefined) children.push(node[slot]);
  if (node.group !== undefined) children.push(...node.group.lhs.flat());
  if (node.terms !== undefined) children.push(...node.terms.map(({ expression }) => expression));
  return children;
}

/** Puts `replace(child)` in the place of each node right below this one. */
export function replaceChildren(node: Node, replace: (child: Node) => Node): void {
  const inPairs = (pairs: Pair[]): Pair[] => pairs.map(([key, value]) => [replace(key), replace(value)]);
  if (Array.isArray(node.lhs)) node.lhs = inPairs(node.lhs);
  else if (node.lhs !== undefined) node.lhs = replace(node.lhs);
  for (const slot of LISTS) {
    const list = node[slot];
    if (list !== undefined) node[slot] = list.map(replace);
  }
  for (const slot of SINGLE) {
    const child = node[slot];
    if (child !== undefined) node[slot] = replace(child);
  }
  if (node.group !== undefined) node.group.lhs = inPairs(node.group.lhs);
  for (const term of node.terms ?? []) term.expression = replace(term.expression);
}

/** Calls `visit` for this node and everything below it. */
export function visitAll(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) visitAll(child, visit);
}
