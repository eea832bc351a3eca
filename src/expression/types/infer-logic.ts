import type { Json } from '../../model/json.ts';
import { contradictionIn } from './contradiction.ts';
import { blame, pathText, spanOf, written } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { constantOf, either, inWords, isKnown, mayBe, onlyList, typeOf } from './static-type.ts';
import type { StaticType } from './static-type.ts';
import type { Node } from '../syntax-tree.ts';
import { typeOfConstant } from './type-of-value.ts';
import { placeOf } from '../uses.ts';

const BOOLEAN = typeOf('boolean');
const FALSE = typeOfConstant(false);

/** `and`: the right side may rely on what the left side has found to be there. */
export function inferAnd(node: Node, scope: InferScope): StaticType {
  blameWords(node, scope);
  const left = scope.infer(node.lhs as Node, scope);
  const right = scope.infer(node.rhs!, { ...scope, present: presentAfter(node.lhs as Node, scope) });
  const contradiction = contradictionIn(node);
  if (contradiction !== undefined) scope.unequal.push(contradiction);
  if (truthOf(left) === false || truthOf(right) === false || contradiction !== undefined) return FALSE;
  return truthOf(left) === true && truthOf(right) === true ? typeOfConstant(true) : BOOLEAN;
}

export function inferOr(node: Node, scope: InferScope): StaticType {
  if (blameChoice(node, scope)) return BOOLEAN;
  blameWords(node, scope);
  const left = truthOf(scope.infer(node.lhs as Node, scope));
  const right = truthOf(scope.infer(node.rhs!, scope));
  if (left === true || right === true) return typeOfConstant(true);
  return left === false && right === false ? FALSE : BOOLEAN;
}

export function inferCondition(node: Node, scope: InferScope): StaticType {
  const condition = scope.infer(node.condition!, scope);
  const present = presentAfter(node.condition!, scope);
  const then = scope.infer(node.then!, { ...scope, present });
  const otherwise = node.else ? scope.infer(node.else, scope) : typeOf('nothing');
  const truth = truthOf(condition);
  if (truth === undefined) return either(then, otherwise);
  return truth ? then : otherwise;
}

/** `=` and `!=` are both false where a side is missing. */
export function inferEquals(node: Node, scope: InferScope): StaticType {
  const left = scope.infer(node.lhs as Node, scope);
  const right = scope.infer(node.rhs!, scope);
  blameCase(node, scope);
  if (node.value === '!=') {
    warnOfMissing(node, left, right, scope);
    return BOOLEAN;
  }
  const [mine, other] = [constantOf(left), constantOf(right)];
  if (mine !== undefined && other !== undefined)
    return typeOfConstant(JSON.stringify(mine) === JSON.stringify(other));
  for (const [one, its, other] of [
    [node.lhs as Node, left, right],
    [node.rhs!, right, left],
  ] as const)
    listForOne(one, its, other, scope);
  listOfChoices(node, left, scope);
  const shared = [...left.kinds].some((kind) => kind !== 'nothing' && right.kinds.has(kind));
  if (!shared) noteKinds(node, left, right, scope);
  return shared ? BOOLEAN : FALSE;
}

/** `status = ["Won", "Booked"]`, where a status is one text: false for every record. */
function listOfChoices(node: Node, left: StaticType, scope: InferScope): void {
  const list = node.rhs!;
  if (list.type !== 'unary' || list.value !== '[' || !isKnown(left) || mayBe(left, 'list')) return;
  const name = written(node.lhs as Node, scope) ?? '…';
  blame(list, scope, {
    of: 'type',
    message: `${name} is ${inWords(left)}, and equals no list`,
    remedy: `write ${name} in [ … ] for one of these`,
  });
}

/** "booking_id is a number, and "7" is text". */
function noteKinds(node: Node, left: StaticType, right: StaticType, scope: InferScope): void {
  const sides = [
    [node.lhs as Node, left],
    [node.rhs!, right],
  ] as const;
  const words = sides.map(([side, type]) => `${written(side, scope) ?? 'this'} is ${inWords(type)}`);
  if (isKnown(left) && isKnown(right)) scope.unequal.push(words.join(', and '));
}

/** `$lowercase(status) = "Pending"` is false for every record. */
export function blameCase(node: Node, scope: InferScope): void {
  const sides = [node.lhs as Node, node.rhs!];
  const call = sides.find(({ type, procedure }) => type === 'function' && procedure?.type === 'variable');
  const name = String(call?.procedure?.value);
  if (name !== 'lowercase' && name !== 'uppercase') return;
  const change = (text: string): string => (name === 'lowercase' ? text.toLowerCase() : text.toUpperCase());
  const texts = sides.flatMap((side) =>
    side.type === 'unary' && side.value === '[' ? (side.expressions ?? []) : [side],
  );
  const wrong = texts.find(({ type, value }) => type === 'string' && change(String(value)) !== value);
  if (wrong === undefined) return;
  const written = JSON.stringify(wrong.value);
  blame(wrong, scope, {
    of: 'value',
    message: `$${name}(…) never yields ${written}`,
    remedy: `write ${JSON.stringify(change(String(wrong.value)))}`,
  });
}

/** `paid and "won" or "open"`, as Lua and shells choose: true for every record. True where that was told. */
function blameChoice({ lhs, rhs }: Node, scope: InferScope): boolean {
  const both = lhs as Node;
  const isChoice = both.type === 'binary' && both.value === 'and' && both.rhs?.type === 'string';
  if (!isChoice || rhs?.type !== 'string' || rhs.value === '') return false;
  // `status = "a" and "b" or "c"` compares, and lacks the rest of its comparisons.
  const texts = [both.rhs!, rhs].map(({ value }) => JSON.stringify(value));
  const place = spanOf(both.lhs as Node, scope);
  const condition =
    place && place.length <= 40 ? scope.source.slice(place.offset, place.offset + place.length) : '…';
  blame(both.rhs!, scope, {
    of: 'truth',
    message: `the text ${texts[0]!} alone is always true, and "and" and "or" choose nothing`,
    remedy: `write ${condition} ? ${texts.join(' : ')}`,
  });
  return true;
}

/** `status = "a" or "b"`: a text alone is always true. */
function blameWords(node: Node, scope: InferScope): void {
  const { rhs, value: operator } = node;
  const lhs = node.lhs as Node;
  if (rhs?.type !== 'string' || rhs.value === '') return;
  const path =
    lhs.type === 'binary' && ['=', '!='].includes(String(lhs.value)) ? pathText(lhs.lhs as Node) : undefined;
  const text = JSON.stringify(rhs.value);
  const first = lhs.rhs?.type === 'string' ? JSON.stringify(lhs.rhs.value) : '…';
  const either = operator === 'or' && lhs.value === '=' ? `, or ${path} in [${first}, ${text}]` : '';
  blame(rhs, scope, {
    of: 'truth',
    message: `the text ${text} alone is always true`,
    remedy:
      path === undefined
        ? 'compare it with something'
        : `write ${path} ${String(lhs.value)} ${text}${either}`,
  });
}

/** A list of several equals no single value. */
function listForOne(node: Node, type: StaticType, other: StaticType, scope: InferScope): void {
  const constant = constantOf(other);
  if (!isKnown(type) || !mayBe(type, 'list') || !['string', 'number', 'boolean'].includes(typeof constant))
    return;
  const name = written(node, scope) ?? 'this';
  blame(node, scope, {
    of: 'list',
    message: `${name} ${onlyList(type) ? 'is' : 'may be'} a list, and a list of several equals no single value`,
    remedy: `write ${JSON.stringify(constant)} in ${name === 'this' ? '…' : name}`,
  });
}

function warnOfMissing(node: Node, left: StaticType, right: StaticType, scope: InferScope): void {
  const path = node.lhs as Node;
  const name = pathText(path);
  // `x != ""` asks whether x is there, and is right.
  const constant = constantOf(right);
  if (name === undefined || scope.inner || scope.present.has(name) || constant === '') return;
  if (constant === undefined || constant === null || !mayBe(left, 'nothing')) return;
  const start = placeOf(path.steps![0]!, scope.tokens);
  const operator = placeOf(node, scope.tokens);
  if (!start || !operator) return;
  const place = { offset: start.offset, length: operator.offset + operator.length - start.offset };
  const text = `$not(${name} = ${JSON.stringify(constant)})`;
  scope.findings.push({ type: 'missing-is-not-unequal', name, text, ...place });
}

/** Paths that are there once this holds. */
function presentAfter(node: Node, scope: InferScope): ReadonlySet<string> {
  const found = new Set(scope.present);
  collect(node, found);
  return found;
}

function collect(node: Node, found: Set<string>): void {
  const path = pathText(node);
  if (path !== undefined) found.add(path);
  if (node.type === 'function' && node.procedure?.value === 'exists') collect(node.arguments![0]!, found);
  if (node.type === 'block' && node.expressions?.length === 1) collect(node.expressions[0]!, found);
  if (node.type !== 'binary') return;
  if (node.value === 'and') collect(node.rhs!, found);
  if (['and', '=', '!=', '<', '>', '<=', '>=', 'in'].includes(String(node.value)))
    collect(node.lhs as Node, found);
}

/** What a condition makes of a value: nothing, "", 0, null and empty collections are false. */
export function truthOf(type: StaticType): boolean | undefined {
  const constant = constantOf(type);
  if (constant !== undefined) return isTrue(constant);
  return [...type.kinds].every((kind) => kind === 'nothing' || kind === 'null') ? false : undefined;
}

function isTrue(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(isTrue);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
