import type { Json } from '../../model/json.ts';
import { checkArguments } from './check-arguments.ts';
import { checkHyphen } from './check-hyphen.ts';
import { checkJoinedConditions } from './check-joined-conditions.ts';
import { checkOperands } from './check-operands.ts';
import { handedTo, typeOfCall } from './function-types.ts';
import { blameCase, inferAnd, inferCondition, inferEquals, inferOr } from './infer-logic.ts';
import { elementOf, filtered, inferPath } from './infer-path.ts';
import { blame, pathText } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { meantFunction } from '../mistakes/meant-function.ts';
import { ANY, constantOf, either, mayBe, orNothing, typeOf } from './static-type.ts';
import type { StaticType } from './static-type.ts';
import { isFunctionName } from '../uses.ts';
import { childrenOf } from '../syntax-tree.ts';
import type { Node } from '../syntax-tree.ts';
import { typeOfConstant } from './type-of-value.ts';

/** What a node of the tree yields, as far as it can be known; what it gets wrong is found on the way. */
export function infer(node: Node, scope: InferScope): StaticType {
  const type = plain(node, scope);
  return node.type === 'path' || node.predicate === undefined ? type : filtered(type, node, scope);
}

function plain(node: Node, scope: InferScope): StaticType {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return typeOfConstant(node.value as Json);
    case 'path':
      return inferPath(node, scope);
    case 'variable':
      return variable(String(node.value), scope);
    case 'binary':
      return binary(node, scope);
    case 'unary':
      return unary(node, scope);
    case 'condition':
      return inferCondition(node, scope);
    case 'block':
      return block(node, scope);
    case 'function':
      return call(node, scope);
    case 'lambda':
      // A call that ends a function is put off, in a function of its own that the tree alone knows.
      return node.thunk ? scope.infer(node.body!, scope) : typeOf('function');
    case 'apply':
      return apply(node, scope);
    case 'partial':
      return typeOf('function');
    default:
      return ANY;
  }
}

function variable(name: string, scope: InferScope): StaticType {
  if (name === '') return scope.input;
  if (name === '$') return scope.root;
  return scope.variables.get(name) ?? (isFunctionName(name) ? typeOf('function') : ANY);
}

function binary(node: Node, scope: InferScope): StaticType {
  const operator = String(node.value);
  if (checkJoinedConditions(node, scope)) return typeOf('boolean');
  if (operator === 'and') return inferAnd(node, scope);
  if (operator === 'or') return inferOr(node, scope);
  if (operator === '=' || operator === '!=') return inferEquals(node, scope);
  const before = scope.findings.length;
  const left = scope.infer(node.lhs as Node, scope);
  const right = scope.infer(node.rhs!, scope);
  checkHyphen(node, scope, before);
  const lacks = mayBe(left, 'nothing') || mayBe(right, 'nothing');
  // What is wrong with a side was told: `a + b + c` is one mistake.
  if (!scope.findings.slice(before).some(({ type }) => type !== 'missing-is-not-unequal'))
    checkOperands(node, left, right, scope);
  if (operator === '&') return joinedText(left, right);
  if (operator === 'in') {
    blameCase(node, scope);
    severalInOne(node, left, scope);
    return typeOf('boolean');
  }
  if (operator === '..') return { ...typeOf('list'), item: typeOf('number') };
  const type = typeOf('<><=>='.includes(operator) ? 'boolean' : 'number');
  return lacks ? orNothing(type) : type;
}

/** `status in "Won, Lost"`: one text, with a comma in it. */
function severalInOne({ rhs }: Node, left: StaticType, scope: InferScope): void {
  if (rhs?.type !== 'string' || !mayBe(left, 'string')) return;
  const words = String(rhs.value).split(/\s*[,;|]\s*/);
  if (words.length < 2 || words.includes('')) return;
  const list = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  const message = `${JSON.stringify(rhs.value)} is one text, and no list`;
  blame(rhs, scope, { of: 'value', message, remedy: `write ${list}` });
}

function joinedText(left: StaticType, right: StaticType): StaticType {
  const both = [constantOf(left), constantOf(right)];
  return both.every((each) => typeof each === 'string') ? typeOfConstant(both.join('')) : typeOf('string');
}

/** In brackets, a list that is no list in brackets itself stands for its items: `[1..3]` are three numbers. */
function itemOf(node: Node, type: StaticType): StaticType {
  if (!mayBe(type, 'list') || (node.type === 'unary' && node.value === '[')) return type;
  return type.item ?? ANY;
}

function unary(node: Node, scope: InferScope): StaticType {
  if (node.value === '[') {
    const items = (node.expressions ?? []).map((each) => itemOf(each, scope.infer(each, scope)));
    return { ...typeOf('list'), item: items.length === 0 ? ANY : items.reduce(either) };
  }
  if (node.value === '{') {
    for (const [key, value] of node.lhs as [Node, Node][]) {
      scope.infer(key, scope);
      scope.infer(value, scope);
    }
    return typeOf('object');
  }
  const operand = scope.infer(node.expression!, scope);
  const constant = constantOf(operand);
  if (typeof constant === 'number') return typeOfConstant(-constant);
  return mayBe(operand, 'nothing') ? typeOf('number', 'nothing') : typeOf('number');
}

/** Later expressions see the names that earlier ones bind. */
function block(node: Node, scope: InferScope): StaticType {
  const variables = new Map(scope.variables);
  const inner = { ...scope, variables };
  let last: StaticType = typeOf('nothing');
  for (const expression of node.expressions ?? []) {
    if (expression.type !== 'bind') {
      last = scope.infer(expression, inner);
      continue;
    }
    last = scope.infer(expression.rhs!, inner);
    variables.set(String((expression.lhs as Node).value), last);
  }
  return last;
}

function call(node: Node, scope: InferScope): StaticType {
  const { procedure } = node;
  const nodes = node.arguments ?? [];
  const name = functionNamed(procedure, scope);
  const given = argumentsOf(name, nodes, [], scope);
  if (procedure === undefined || name === undefined) return ANY;
  checkArguments(name, procedure, nodes, given, scope);
  // Called in a path, `names.$uppercase()`, it takes what stands before it.
  return typeOfCall(name, given.length === 0 ? [scope.input] : given);
}

/** The name of a function that the expression does not bind itself; nothing for any other node. */
function functionNamed(node: Node | undefined, { variables }: InferScope): string | undefined {
  const name = node?.type === 'variable' ? String(node.value) : '';
  return name === '' || variables.has(name) ? undefined : name;
}

/** What a function of that name is given, behind what it was given already. */
function argumentsOf(
  name: string | undefined,
  nodes: readonly Node[],
  before: readonly StaticType[],
  scope: InferScope,
): readonly StaticType[] {
  const given = [...before];
  for (const node of nodes) given.push(argument(node, handedTo(name, given[0]), scope));
  return given;
}

/** What a function is given may be missing: some are there to ask for just that. */
function argument(node: Node, handed: readonly StaticType[], scope: InferScope): StaticType {
  if (node.type !== 'lambda') return scope.infer(node, scope);
  const parameters = (node.arguments ?? []).map(
    (each, at) => [String(each.value), handed[at] ?? ANY] as const,
  );
  const variables = new Map([...scope.variables, ...parameters]);
  const yields = scope.infer(node.body!, { ...scope, variables, inner: true });
  return { ...typeOf('function'), yields };
}

function apply(node: Node, scope: InferScope): StaticType {
  const first = scope.infer(node.lhs as Node, scope);
  const right = node.rhs!;
  // `$trim ~> $uppercase` makes one function of two.
  if (onlyFunction(first)) return typeOf('function');
  const handed = functionNamed(right, scope);
  if (handed !== undefined) {
    checkArguments(handed, right, [node.lhs as Node], [first], scope);
    return typeOfCall(handed, [first]);
  }
  if (right.type === 'transform') return transform(right, first, scope);
  passedToName(right, scope);
  if (right.type !== 'function') {
    for (const each of childrenOf(right)) scope.infer(each, { ...scope, inner: true });
    return ANY;
  }
  const nodes = right.arguments ?? [];
  const { procedure } = right;
  const name = functionNamed(procedure, scope);
  const given = argumentsOf(name, nodes, [first], scope);
  if (procedure === undefined || name === undefined) return ANY;
  checkArguments(name, procedure, [node.lhs as Node, ...nodes], given, scope);
  return typeOfCall(name, given);
}

/** `venue ~> |rooms|{"seats": seats + 1}|`: the pattern begins inside what stands before, the rest inside each that it finds. */
function transform(
  { pattern, update, delete: without }: Node,
  before: StaticType,
  scope: InferScope,
): StaticType {
  const found = scope.infer(pattern!, { ...scope, input: before, inner: true });
  const input = elementOf(found);
  for (const each of [update, without]) if (each) scope.infer(each, { ...scope, input, inner: true });
  return ANY;
}

/** `city ~> trim`: a name of the record is no function. */
function passedToName(right: Node, scope: InferScope): void {
  const name = pathText(right);
  if (name === undefined || !/^\w+$/.test(name)) return;
  const meant = meantFunction(name);
  if (!isFunctionName(meant.slice(1))) return;
  const message = `\`~>\` hands a value to a function, and ${name} is the name of a field`;
  blame(right, scope, { of: 'type', message, remedy: `write ~> ${meant}` });
}

function onlyFunction({ kinds }: StaticType): boolean {
  return kinds.size === 1 && kinds.has('function');
}
