import jsonata from 'jsonata';
import type { Node } from './syntax-tree.ts';

/** `compound`: it needs brackets where something is said of it. */
interface Words {
  readonly text: string;
  readonly compound: boolean;
}

/**
 * A simple expression in words for people: `$lowercase(email)` → `email, in small letters`. `condition`: what holds when it
 * counts as true. Nothing where it is not simple: then it is read best as it stands.
 */
export function inWords(source: string, as: 'value' | 'condition'): string | undefined {
  const tree = treeOf(source);
  return tree && (as === 'value' ? valueWords(tree) : conditionWords(tree))?.text;
}

function treeOf(source: string): Node | undefined {
  try {
    return jsonata(source).ast() as Node;
  } catch {
    return undefined;
  }
}

function valueWords(node: Node): Words | undefined {
  switch (node.type) {
    case 'path':
      return plain(pathWords(node));
    case 'string':
    case 'number':
    case 'value':
      return plain(JSON.stringify(node.value));
    case 'variable':
      return plain(variableWords(node));
    case 'block':
      return node.expressions?.length === 1 ? valueWords(node.expressions[0]!) : undefined;
    case 'condition':
      return choiceWords(node);
    case 'function':
      return functionWords(node);
    case 'binary':
      return node.value === '&' ? joinedWords(node) : conditionWords(node);
    default:
      return undefined;
  }
}

function plain(text: string | undefined): Words | undefined {
  return text === undefined ? undefined : { text, compound: false };
}

/** Names with dots between them; anything that picks or filters is not simple. */
function pathWords({ steps = [], group, keepSingletonArray }: Node): string | undefined {
  if (group || keepSingletonArray) return undefined;
  const names = steps.map((step) => {
    const bare = !step.stages && !step.predicate && !step.group && !step.focus && !step.index;
    return bare && step.type === 'name' ? String(step.value) : undefined;
  });
  const [first, ...rest] = steps;
  if (first?.type === 'variable' && rest.length > 0 && names.slice(1).every((name) => name !== undefined)) {
    const path = names.slice(1).join('.');
    if (first.value === 'before') return `${path} before`;
    if (first.value === 'record') return `${path} of the whole record`;
    return first.value === 'vars' ? `the constant ${path}` : undefined;
  }
  return names.length > 0 && names.every((name) => name !== undefined) ? names.join('.') : undefined;
}

function variableWords({ value }: Node): string | undefined {
  if (value === 'event') return 'the event';
  return typeof value === 'string' && /^[A-Za-z]\w*$/.test(value) ? value : undefined;
}

/** `a ? a : b` is `a, else b`. */
function choiceWords({ condition, then, else: otherwise }: Node): Words | undefined {
  const value = then && valueWords(then);
  const rest = otherwise && valueWords(otherwise);
  const when = condition && conditionWords(condition);
  if (!value || !when || (otherwise && !rest)) return undefined;
  const same = [`${value.text} is set`, `${value.text} is there`].includes(when.text);
  const first = same ? value.text : `${bracketed(value)} where ${when.text}`;
  return { text: rest ? `${first}, else ${rest.text}` : first, compound: true };
}

/** What a function makes of its one argument. */
const MAKES: Readonly<Record<string, string>> = {
  lowercase: 'in small letters',
  uppercase: 'in capitals',
  trim: 'without blanks around it',
  e164: 'as an international phone number',
  zoned: 'as a time with its offset',
  date: 'as a date',
  num: 'as a number',
  number: 'as a number',
  yes: 'as yes or no',
  slug: 'as a slug',
  string: 'as text',
  sum: 'added up',
  count: 'counted',
};

function functionWords(node: Node): Words | undefined {
  const name = node.procedure?.type === 'variable' ? String(node.procedure.value) : '';
  const [first, ...rest] = node.arguments ?? [];
  if (name === 'exists' || name === 'not') return conditionWords(node);
  const value = first && valueWords(first);
  if (!value) return undefined;
  if (name === 'table') return tableWords(value, rest);
  if (name === 'join') return joinWords(value, rest);
  if (name === 'zoned' && rest.length === 1) return zonedWords(value, rest[0]!);
  const makes = rest.length === 0 && Object.hasOwn(MAKES, name) ? MAKES[name] : undefined;
  return makes === undefined ? undefined : { text: `${bracketed(value)}, ${makes}`, compound: true };
}

function tableWords(table: Words, [key, otherwise]: readonly Node[]): Words | undefined {
  const value = key && valueWords(key);
  const rest = otherwise && valueWords(otherwise);
  if (!value || (otherwise && !rest)) return undefined;
  const found = `what table ${table.text} says of ${bracketed(value)}`;
  return { text: rest ? `${found}, else ${rest.text}` : found, compound: true };
}

/** `$zoned(time, zone)`, and `$zoned(time, { "zone": zone, "after": start })`. */
function zonedWords(time: Words, settings: Node): Words | undefined {
  const pairs = Array.isArray(settings.lhs) ? settings.lhs : [];
  const said = new Map(pairs.map(([name, value]) => [String(name.value), valueWords(value)]));
  if (settings.type !== 'unary') said.set('zone', valueWords(settings));
  const [zone, after] = [said.get('zone'), said.get('after')];
  const known = (zone ? 1 : 0) + (after ? 1 : 0);
  if (known === 0 || known < said.size) return undefined;
  const where = zone ? ` of ${zone.text}` : '';
  const later = after ? `, on the next day where it would not be after ${after.text}` : '';
  return { text: `${bracketed(time)}, as a time${where} with its offset${later}`, compound: true };
}

function joinWords(value: Words, [separator]: readonly Node[]): Words | undefined {
  const between = separator && valueWords(separator);
  if (separator && !between) return undefined;
  return {
    text: `${bracketed(value)}, joined${between ? ` with ${between.text} between` : ''}`,
    compound: true,
  };
}

/** `a & " " & b` is `a " " b`: one after the other. */
function joinedWords(node: Node): Words | undefined {
  const { lhs, rhs } = node;
  if (!lhs || Array.isArray(lhs) || !rhs) return undefined;
  const left =
    lhs.type === 'binary' && lhs.value === '&' ? joinedWords(lhs)?.text : bracketed(valueWords(lhs));
  const right = bracketed(valueWords(rhs));
  return left === undefined || right === undefined ? undefined : { text: `${left} ${right}`, compound: true };
}

const COMPARES: Readonly<Record<string, string>> = {
  '=': 'is',
  // What is missing is neither equal nor unequal to anything.
  '!=': 'is something other than',
  'not =': 'is not',
  '>': 'is more than',
  '>=': 'is at least',
  '<': 'is less than',
  '<=': 'is at most',
};

function conditionWords(node: Node): Words | undefined {
  if (isBefore(node)) return plain('the record was there before');
  if (node.type === 'block' && node.expressions?.length === 1) return conditionWords(node.expressions[0]!);
  if (node.type === 'function') return functionCondition(node);
  if (node.type === 'binary') return binaryCondition(node);
  if (node.type === 'value' && typeof node.value === 'boolean') return plain(node.value ? 'always' : 'never');
  const value = node.type === 'path' || node.type === 'variable' ? valueWords(node) : undefined;
  return value && plain(`${value.text} is set`);
}

function functionCondition({ procedure, arguments: given = [] }: Node): Words | undefined {
  const [first] = given;
  if (!first || given.length !== 1) return undefined;
  const name = procedure?.value;
  if (name === 'exists') return plain(suffixed(valueWords(first), ' is there'));
  if (name === 'not') return plain(negated(first));
  return name === 'yes' || name === 'boolean' ? plain(suffixed(valueWords(first), ' is set')) : undefined;
}

/** `$before`, `$exists($before)`: whether there is an earlier state at all. */
function isBefore({ type, value, procedure, arguments: [first, ...more] = [] }: Node): boolean {
  if (type === 'variable') return value === 'before';
  return procedure?.value === 'exists' && first !== undefined && more.length === 0 && isBefore(first);
}

function negated(node: Node): string | undefined {
  if (isBefore(node)) return 'the record was not there before';
  if (node.type === 'binary' && node.value === '=') return binaryCondition({ ...node, value: 'not =' })?.text;
  const isPlain = node.type === 'path' || node.type === 'variable';
  if (isPlain) return suffixed(valueWords(node), ' is not set');
  if (node.type === 'function' && node.procedure?.value === 'exists' && node.arguments?.length === 1)
    return suffixed(valueWords(node.arguments[0]!), ' is not there');
  const words = conditionWords(node);
  return words && `not (${words.text})`;
}

function binaryCondition({ value, lhs, rhs }: Node): Words | undefined {
  if (!lhs || Array.isArray(lhs) || !rhs) return undefined;
  if (value === 'and' || value === 'or') {
    const sides = [lhs, rhs].map((side) => {
      const words = conditionWords(side);
      return words && (isMixed(side, value) ? `(${words.text})` : words.text);
    });
    if (sides.includes(undefined)) return undefined;
    return { text: sides.join(` ${value} `), compound: true };
  }
  const left = bracketed(valueWords(lhs));
  if (value === 'in') return plain(left && oneOf(left, rhs));
  const verb = COMPARES[String(value)];
  const right = bracketed(valueWords(rhs));
  if (left === undefined || right === undefined || verb === undefined) return undefined;
  return { text: `${left} ${verb} ${right}`, compound: true };
}

/** `and` inside of `or`, or the other way round. */
function isMixed(side: Node, value: unknown): boolean {
  const inner = side.type === 'block' && side.expressions?.length === 1 ? side.expressions[0]! : side;
  return inner.type === 'binary' && (inner.value === 'and' || inner.value === 'or') && inner.value !== value;
}

function oneOf(left: string, list: Node): string | undefined {
  if (list.type !== 'unary' || list.value !== '[') return suffixed(valueWords(list), '', `${left} is in `);
  const items = (list.expressions ?? []).map((item) => valueWords(item)?.text);
  return items.includes(undefined) ? undefined : `${left} is one of ${items.join(', ')}`;
}

function bracketed(words: Words | undefined): string | undefined {
  return words && (words.compound ? `(${words.text})` : words.text);
}

function suffixed(words: Words | undefined, suffix: string, prefix = ''): string | undefined {
  const text = bracketed(words);
  return text === undefined ? undefined : `${prefix}${text}${suffix}`;
}
