import { blame, pathText } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import {
  ANY,
  asSingle,
  either,
  inWords,
  isKnown,
  itemOf,
  mayBe,
  NOTHING,
  orNothing,
  present,
  typeOf,
} from './static-type.ts';
import type { StaticType } from './static-type.ts';
import type { Node } from '../syntax-tree.ts';
import { placeOf } from '../uses.ts';

/** The type of a path: each step is taken from every element of what is before it. */
export function inferPath(node: Node, scope: InferScope): StaticType {
  let before = scope.input;
  let of = '';
  for (const [index, step] of (node.steps ?? []).entries()) {
    // `@$x` and `#$i` bind names for the rest of the path: what follows is left alone.
    if (step.focus !== undefined || step.index !== undefined) return ANY;
    before = index === 0 && step.type !== 'name' ? firstStep(step, scope) : stepFrom(before, step, of, scope);
    if (step.type === 'variable' && /^\w/.test(String(step.value))) of = `$${String(step.value)}`;
    if (step.type === 'name') of = of === '' ? String(step.value) : `${of}.${String(step.value)}`;
  }
  if (node.group !== undefined) return ANY;
  if (node.keepSingletonArray) return { ...typeOf('list', 'nothing'), item: elementOf(before) };
  return scope.present.has(pathText(node) ?? '') ? present(before) : before;
}

function firstStep(step: Node, scope: InferScope): StaticType {
  return filtered(scope.infer(step, scope), step, scope);
}

function stepFrom(before: StaticType, step: Node, of: string, scope: InferScope): StaticType {
  if (step.type === 'sort') return filtered(before, step, scope);
  // Of what nothing is known, nobody knows whether it is a list: nor of what is made of it.
  if (before === ANY)
    return step.type === 'name' ? oneStep(before, step, of, scope) : ofUnknown(step, of, scope);
  const isList = mayBe(before, 'list');
  const single = isSingle(before) ? oneStep(asSingle(before), step, of, scope) : undefined;
  const many = isList ? oneStep(itemOf(before), step, of, scope) : undefined;
  if (!many) return single ?? NOTHING;
  const spread = orNothing(either(many, { ...typeOf('list'), item: withoutList(many) }));
  return single ? either(spread, single) : spread;
}

/** Looked into for what is wrong inside; a function is one, whatever it is taken from. */
function ofUnknown(step: Node, of: string, scope: InferScope): StaticType {
  const type = oneStep(ANY, step, of, scope);
  return type.kinds.size === 1 && type.kinds.has('function') ? type : ANY;
}

function isSingle(type: StaticType): boolean {
  return [...type.kinds].some((kind) => kind !== 'list');
}

/** Of a list, what is in it; one value by itself is one of those. */
export function elementOf(type: StaticType): StaticType {
  return mayBe(type, 'list') ? either(asSingle(type), itemOf(type)) : type;
}

/** Lists of lists are flattened on the way. */
function withoutList(type: StaticType): StaticType {
  return mayBe(type, 'list') ? itemOf(type) : type;
}

function oneStep(input: StaticType, step: Node, of: string, scope: InferScope): StaticType {
  if (step.type !== 'name') {
    if (step.type === 'wildcard' || step.type === 'descendant' || step.type === 'parent') return ANY;
    return filtered(scope.infer(step, { ...scope, input, inner: true }), step, scope);
  }
  return filtered(fieldOf(input, step, of, scope), step, scope);
}

function fieldOf(input: StaticType, step: Node, of: string, scope: InferScope): StaticType {
  const name = String(step.value);
  const place = placeOf(step, scope.tokens);
  if (place && of === '' && input === scope.root) scope.names.push({ name, ...place });
  if (!mayBe(input, 'object')) {
    if (place && isKnown(input) && !mayBe(input, 'list') && of !== '') noFields(input, step, of, scope);
    return NOTHING;
  }
  if (!input.fields) return ANY;
  const field = input.fields.get(name);
  if (field) return mayBe(input, 'nothing') ? orNothing(field) : field;
  if (place) {
    const known = [...input.fields.keys()];
    scope.findings.push({ type: 'unknown-name', name, known, ...(of === '' ? {} : { of }), ...place });
  }
  return NOTHING;
}

/** `venue.city.length`: JSONata yields nothing, and says nothing. */
function noFields(input: StaticType, step: Node, of: string, scope: InferScope): void {
  const name = String(step.value);
  const isLength = ['length', 'size', 'len'].includes(name);
  blame(step, scope, {
    of: 'type',
    message: `${of} is ${inWords(input)}: it has no "${name}"`,
    remedy: isLength ? `write $length(${of})` : `write ${of} alone`,
  });
}

/** `venue["city"]`: a text in brackets is a condition that is always true. */
function nameInBrackets(step: Node, expr: Node, scope: InferScope): void {
  const before = step.type === 'name' ? String(step.value) : '…';
  blame(expr, scope, {
    of: 'truth',
    message: `brackets hold a place or a condition, and the text "${String(expr.value)}" is always true`,
    remedy: /^\d+$/.test(String(expr.value))
      ? `for an element of a list write ${before}[${String(expr.value)}]`
      : `write ${before}.${String(expr.value)}`,
  });
}

/** `[0]` takes one element, `[price > 5]` those that fit; both may find none. */
export function filtered(type: StaticType, step: Node, scope: InferScope): StaticType {
  let result = type;
  for (const { type: kind, expr } of step.stages ?? step.predicate ?? []) {
    if (kind !== 'filter' || expr === undefined) return ANY;
    const element = elementOf(result);
    if (expr.type === 'string' && expr.value !== '') nameInBrackets(step, expr, scope);
    const isIndex = expr.type === 'number' || (expr.type === 'unary' && expr.value === '-');
    if (!isIndex) scope.infer(expr, { ...scope, input: element, inner: true });
    result = isIndex ? orNothing(element) : orNothing(either(result, element));
  }
  return result;
}
