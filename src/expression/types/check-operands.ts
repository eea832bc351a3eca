import { isComparison } from './check-joined-conditions.ts';
import { blame, pathText, written } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { constantOf, inWords, isKnown, mayBe, onlyList } from './static-type.ts';
import type { StaticType } from './static-type.ts';
import type { Node } from '../syntax-tree.ts';

/** Operators on values that they can do nothing with: `"a" + b` fails on every record. */
export function checkOperands(node: Node, left: StaticType, right: StaticType, scope: InferScope): void {
  const operator = String(node.value);
  const sides = [
    { node: node.lhs as Node, type: left },
    { node: node.rhs!, type: right },
  ] as const;
  if ('+-*/%'.includes(operator)) arithmetic(node, operator, sides, scope);
  if ('<><=>='.includes(operator)) comparison(node, operator, sides, scope);
  if (operator === '&') for (const side of sides) joining(side, scope);
}

interface Side {
  readonly node: Node;
  readonly type: StaticType;
}

function arithmetic(node: Node, operator: string, sides: readonly [Side, Side], scope: InferScope): void {
  const wrong = sides.find(({ type }) => isKnown(type) && !mayBe(type, 'number'));
  if (!wrong) return;
  const name = written(wrong.node, scope);
  const seen = `${name === undefined ? 'this' : name} is ${inWords(wrong.type)}`;
  const isText = mayBe(wrong.type, 'string');
  const joins = operator === '+' && isText;
  const number = numberOf(wrong, scope);
  const message = joins ? `\`+\` adds numbers, and ${seen}` : `\`${operator}\` works on numbers, and ${seen}`;
  const isLiteral = constantOf(wrong.type) !== undefined;
  const remedy = joins
    ? `texts are joined with \`&\`${isLiteral || number === undefined ? '' : `; a number of it is ${number}`}`
    : (number ?? 'name a number');
  blame(node, scope, { of: 'type', message, remedy: joins ? remedy : `write ${remedy}` }, 'operator');
}

/** `"5"` is 5, `price` is `$num(price)`. */
function numberOf({ node, type }: Side, scope: InferScope): string | undefined {
  const constant = constantOf(type);
  if (typeof constant === 'string')
    return constant.trim() !== '' && Number.isFinite(Number(constant)) ? constant.trim() : undefined;
  return mayBe(type, 'string') ? `$num(${written(node, scope) ?? '…'})` : undefined;
}

function comparison(node: Node, operator: string, sides: readonly [Side, Side], scope: InferScope): void {
  const [left, right] = sides;
  if (!isKnown(left.type) || !isKnown(right.type)) return;
  const fits = (['number', 'string'] as const).some(
    (kind) => mayBe(left.type, kind) && mayBe(right.type, kind),
  );
  if (fits) return;
  const [mine, other] = sides.map(
    (side) => `${written(side.node, scope) ?? 'this'} is ${inWords(side.type)}`,
  );
  const text = sides.find(({ type }) => mayBe(type, 'string'));
  const number = text && numberOf(text, scope);
  const message = `\`${operator}\` compares two numbers or two texts: ${mine ?? ''}, and ${other ?? ''}`;
  const remedy =
    chained(node, scope) ??
    (number === undefined ? 'compare values of one type' : `write ${number} for a number`);
  blame(node, scope, { of: 'type', message, remedy }, 'operator');
}

/** `5 < guests < 100`: what stands between two limits is compared twice. */
function chained({ lhs, rhs, value }: Node, scope: InferScope): string | undefined {
  const first = lhs as Node;
  if (!isComparison(first)) return undefined;
  const [left, middle, right] = [first.lhs as Node, first.rhs!, rhs!].map(
    (each) => written(each, scope) ?? '…',
  );
  const again = pathText(first.rhs) === undefined ? left : middle;
  return `write ${left!} ${String(first.value)} ${middle!} and ${again!} ${String(value)} ${right!}`;
}

/** A list is not joined, but written as JSON. */
function joining({ node, type }: Side, scope: InferScope): void {
  if (!isKnown(type) || !(mayBe(type, 'list') || mayBe(type, 'object'))) return;
  if (mayBe(type, 'object') && !mayBe(type, 'list')) return;
  const name = written(node, scope) ?? '…';
  blame(node, scope, {
    of: 'list',
    message: `${name} ${onlyList(type) ? 'is' : 'may be'} a list, and \`&\` joins single values`,
    remedy: `write $join(${name}, ", "), or take one of it`,
  });
}
