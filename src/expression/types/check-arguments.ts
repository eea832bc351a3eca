import { FORMS } from '../built-in-forms.ts';
import { builtIns } from '../built-ins.ts';
import { checkExists } from './check-exists.ts';
import { checkSettings } from './check-settings.ts';
import { checkLateBracket } from './check-late-bracket.ts';
import { blame, written } from './infer-scope.ts';
import type { InferScope } from './infer-scope.ts';
import { constantOf, inWords, isKnown, itemOf, mayBe, onlyList, typeOf } from './static-type.ts';
import type { Kind, StaticType } from './static-type.ts';
import type { Node } from '../syntax-tree.ts';

/** What a parameter takes: of a list, what its elements must be. */
interface Parameter {
  readonly kinds: readonly Kind[];
  readonly elements?: Kind;
  readonly optional: boolean;
  /** Taken from what stands before the call where the arguments are too few: `name.$substring(1)`. */
  readonly fromContext: boolean;
}

const LETTERS: Readonly<Record<string, readonly Kind[]>> = {
  s: ['string'],
  n: ['number'],
  b: ['boolean'],
  o: ['object'],
  f: ['function'],
};

/** One value that is no list: JSONata knows no signature of ours. */
const OWN: readonly string[] = ['num', 'yes', 'e164', 'zoned', 'date', 'slug'];

/** Arguments that a function refuses on every record: a number for text, texts for a sum. */
export function checkArguments(
  name: string,
  procedure: Node,
  nodes: readonly Node[],
  types: readonly StaticType[],
  scope: InferScope,
): void {
  const last = parametersOf(name)[nodes.length - 1];
  const takesTruth =
    !last || (last.elements === undefined && (last.kinds.length === 0 || last.kinds.includes('boolean')));
  if (checkLateBracket(name, nodes, takesTruth, scope)) return;
  if (name === 'exists') checkExists(procedure, nodes[0], types[0], scope);
  checkSettings(name, nodes, types, scope);
  if (OWN.includes(name)) {
    const [first] = types;
    if (nodes[0] && first && isKnown(first) && mayBe(first, 'list')) list(name, nodes[0], first, scope);
    return;
  }
  const all = parametersOf(name);
  const isShort = takesContext(all, types);
  if (isShort && seesRecord(scope) && takesNoRecord(all)) {
    blameCount(name, procedure, types.length, all, scope);
    return;
  }
  const parameters = isShort ? all.slice(1) : all;
  for (const [at, type] of types.entries()) {
    const parameter = parameters[at];
    const node = nodes[at];
    if (parameter && node) checkArgument(name, parameter, node, type, scope);
  }
}

/** True where the first parameter is what stands before the call: too few are given, or they begin with the second. */
function takesContext([first, second, ...more]: readonly Parameter[], types: readonly StaticType[]): boolean {
  if (!first?.fromContext) return false;
  const needed = [first, second, ...more].filter((each) => each && !each.optional).length;
  if (types.length < needed) return true;
  const [given] = types;
  if (!second || !given || types.length > more.length + 1) return false;
  const fits = ({ kinds }: Parameter): boolean => kinds.some((kind) => mayBe(given, kind));
  return isKnown(given) && !mayBe(given, 'list') && !fits(first) && fits(second);
}

/** Without a sample the record and what a path has come to are the same to us: nothing is known of either. */
function seesRecord({ inner, input, root }: InferScope): boolean {
  return !inner && input === root;
}

/** Of a function that takes a text or a number from what stands before it, and not an object. */
function takesNoRecord([first]: readonly Parameter[]): boolean {
  return first !== undefined && first.kinds.length > 0 && !first.kinds.includes('object');
}

/** Nothing but the record stands before the call. */
function blameCount(
  name: string,
  procedure: Node,
  given: number,
  parameters: readonly Parameter[],
  scope: InferScope,
): void {
  const least = parameters.filter(({ optional }) => !optional).length;
  const wanted = least === parameters.length ? String(least) : `${least} to ${parameters.length}`;
  blame(procedure, scope, {
    of: 'count',
    message: `\`$${name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${given === 0 ? 'none' : given}`,
    remedy: `write \`${FORMS[name] ?? `$${name}(…)`}\``,
  });
}

const known = new Map<string, readonly Parameter[]>();

/** Of a function of JSONata's, once; none of others. */
function parametersOf(name: string): readonly Parameter[] {
  const parameters = known.get(name) ?? readSignature(name);
  known.set(name, parameters);
  return parameters;
}

/** `<s-nn?:s>`: a text, a number, a number that may be left out. */
function readSignature(name: string): readonly Parameter[] {
  const signature = Object.hasOwn(builtIns, name) ? builtIns[name]!.signature : undefined;
  const definition = (signature as { readonly definition?: string } | undefined)?.definition ?? '';
  const inside = /^<(.*?)(?::[^:]*)?>$/.exec(definition)?.[1] ?? '';
  return [...inside.matchAll(/(\([a-z]+\)|[a-z])(?:<([^>]*)>)?([-?+]*)/g)].map(
    ([, letters = '', inner, marks = '']) => ({
      kinds: kindsIn(letters),
      ...(letters === 'a' && inner !== undefined && LETTERS[inner] ? { elements: LETTERS[inner][0]! } : {}),
      optional: marks.includes('?'),
      fromContext: marks.includes('-'),
    }),
  );
}

/** Nothing where anything is taken. */
function kindsIn(letters: string): readonly Kind[] {
  const each = Array.from(letters.replaceAll(/[()]/g, ''));
  return each.every((letter) => letter in LETTERS) ? each.flatMap((letter) => LETTERS[letter]!) : [];
}

function checkArgument(
  name: string,
  { kinds, elements }: Parameter,
  node: Node,
  type: StaticType,
  scope: InferScope,
): void {
  if (elements !== undefined) {
    checkElements(name, elements, node, type, scope);
    return;
  }
  if (kinds.length === 0 || !isKnown(type)) return;
  if (mayBe(type, 'list')) {
    // JSONata takes the parts of an object from a list of one, too.
    if (!kinds.includes('object')) list(name, node, type, scope);
    return;
  }
  if (kinds.some((kind) => mayBe(type, kind))) return;
  const seen = `${written(node, scope) ?? 'this'} is ${inWords(type)}`;
  const pattern = name === 'match' && kinds.includes('function') && constantOf(type);
  if (typeof pattern === 'string') {
    const message = `\`$match\` takes a pattern here, and ${seen}`;
    blame(node, scope, { of: 'type', message, remedy: `write /${pattern.replaceAll('/', '\\/')}/` });
    return;
  }
  const message = `\`$${name}\` takes ${inWords(typeOf(...kinds))} here, and ${seen}`;
  blame(node, scope, { of: 'type', message, remedy: conversion(kinds[0]!, node, type, scope) });
}

function checkElements(name: string, wanted: Kind, node: Node, type: StaticType, scope: InferScope): void {
  const element = mayBe(type, 'list') ? itemOf(type) : type;
  if (!isKnown(type) || !isKnown(element) || mayBe(element, wanted)) return;
  const path = written(node, scope) ?? 'this';
  const wrap = wanted === 'number' ? '$num' : '$string';
  const last = path.lastIndexOf('.');
  const mapped =
    last === -1 ? `$map(${path}, ${wrap})` : `${path.slice(0, last)}.${wrap}(${path.slice(last + 1)})`;
  const what = wanted === 'number' ? 'numbers' : 'texts';
  blame(node, scope, {
    of: 'type',
    message: `\`$${name}\` takes ${what}, and ${path} holds ${inWords(element)}`,
    remedy: path === 'this' ? `turn each into one with ${wrap}` : `write $${name}(${mapped})`,
  });
}

function list(name: string, node: Node, type: StaticType, scope: InferScope): void {
  const path = written(node, scope) ?? 'this';
  const last = path.lastIndexOf('.');
  const each =
    last === -1 ? `${path}.$${name}($)` : `${path.slice(0, last)}.$${name}(${path.slice(last + 1)})`;
  blame(node, scope, {
    of: 'list',
    message: `${path} ${onlyList(type) ? 'is' : 'may be'} a list, and \`$${name}\` takes one value`,
    remedy: path === 'this' ? 'take one of it: (…)[0]' : `take one: (${path})[0], or all of them: ${each}`,
  });
}

function conversion(wanted: Kind, node: Node, type: StaticType, scope: InferScope): string {
  // Other languages yield the first of the two that is there.
  if (wanted !== 'boolean' && node.type === 'binary' && node.value === 'or') {
    const [first, second] = [node.lhs as Node, node.rhs!].map((each) => written(each, scope) ?? '…');
    return `"or" gives true or false; for the first of the two that is there write ${first!} ? ${first!} : ${second!}`;
  }
  const text = written(node, scope) ?? '…';
  const constant = constantOf(type);
  if (wanted === 'number' && typeof constant === 'string' && /^-?\d+(?:\.\d+)?$/.test(constant))
    return `write ${constant}, without quotes`;
  if (wanted === 'number' && mayBe(type, 'string')) return `write $num(${text})`;
  if (wanted === 'string' && !mayBe(type, 'object') && !mayBe(type, 'function'))
    return `write $string(${text})`;
  if (mayBe(type, 'object')) return `name one of its fields: ${text}.…`;
  return `give it ${inWords(typeOf(wanted))}`;
}
