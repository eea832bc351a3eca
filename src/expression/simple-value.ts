import { isObject } from '../model/json.ts';
import type { LanguageSettings } from './language-settings.ts';
import { OWN_FUNCTIONS } from './own-functions.ts';
import { readSource } from './read-source.ts';
import type { Node, Pair } from './syntax-tree.ts';

/** What a source yields on a record; `undefined` is nothing, `UNSURE` what only a run can tell. */
export type SimpleValue = (record: unknown) => unknown;

export const UNSURE = Symbol('unsure');

export interface SimpleWorld {
  readonly settings: LanguageSettings;
  /** Whether null and "" are values. */
  readonly keepEmpty: boolean;
  /** Sources by the names that they are bound to. */
  readonly lets: ReadonlyMap<string, string>;
  /** Hears what a function has to drop. */
  warn(message: string): void;
}

/**
 * The value of a source that is made of names, texts, `&`, choices and the functions that mappings are full of: the same that
 * JSONata yields, which only runs asynchronously. Nothing for a source that holds anything else.
 */
export function simpleValue(source: string, world: SimpleWorld): SimpleValue | undefined {
  const read = readSource(source);
  return read.ok ? valueOf(read.tree, world) : undefined;
}

function valueOf(node: Node, world: SimpleWorld): SimpleValue | undefined {
  if (node.predicate || node.group || node.keepSingletonArray) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value ?? undefined;
    case 'path':
      return ofPath(node, world);
    case 'variable':
      return ofLet(String(node.value), world);
    case 'block':
      return node.expressions?.length === 1 ? valueOf(node.expressions[0]!, world) : undefined;
    case 'binary':
      return ofBinary(node, world);
    case 'condition':
      return ofCondition(node, world);
    case 'function':
      return ofCall(node, world);
    case 'unary':
      return node.value === '{' ? ofObject(node.lhs as Pair[], world) : undefined;
    default:
      return undefined;
  }
}

function ofPath({ steps = [] }: Node, { keepEmpty }: SimpleWorld): SimpleValue | undefined {
  const areNames = steps.every(
    ({ type, stages, focus, index }) =>
      type === 'name' && stages === undefined && focus === undefined && index === undefined,
  );
  if (!areNames) return undefined;
  return (record) => {
    let value = record;
    for (const { value: name } of steps) {
      if (Array.isArray(value)) return UNSURE;
      if (!isObject(value) || !Object.hasOwn(value, String(name))) return undefined;
      value = value[String(name)];
    }
    if (isObject(value) || Array.isArray(value)) return UNSURE;
    return !keepEmpty && (value === null || value === '') ? undefined : value;
  };
}

function ofLet(name: string, world: SimpleWorld): SimpleValue | undefined {
  const source = world.lets.get(name);
  if (source === undefined) return undefined;
  // A name sees only those above it.
  const names = [...world.lets.keys()];
  const above = new Map([...world.lets].slice(0, names.indexOf(name)));
  return simpleValue(source, { ...world, lets: above });
}

function ofBinary(node: Node, world: SimpleWorld): SimpleValue | undefined {
  const left = valueOf(node.lhs as Node, world);
  const right = valueOf(node.rhs!, world);
  if (!left || !right || (node.value !== '&' && node.value !== '=')) return undefined;
  return (record) => {
    const both = [left(record), right(record)];
    if (!both.every(isPlain)) return UNSURE;
    if (node.value === '&') return both.map((each) => String(each ?? '')).join('');
    return !both.includes(undefined) && both[0] === both[1];
  };
}

function isPlain(value: unknown): value is string | number | boolean | undefined {
  return value === undefined || ['string', 'number', 'boolean'].includes(typeof value);
}

function ofCondition(node: Node, world: SimpleWorld): SimpleValue | undefined {
  const condition = valueOf(node.condition!, world);
  const then = valueOf(node.then!, world);
  const otherwise = node.else ? valueOf(node.else, world) : () => undefined;
  if (!condition || !then || !otherwise) return undefined;
  return (record) => {
    const holds = condition(record);
    if (holds === UNSURE) return UNSURE;
    return holds ? then(record) : otherwise(record);
  };
}

const OF_TEXT: Readonly<Record<string, (text: string) => string>> = {
  lowercase: (text) => text.toLowerCase(),
  uppercase: (text) => text.toUpperCase(),
  trim: (text) => text.replace(/[ \t\n\r]+/gm, ' ').replace(/^ | $/g, ''),
};

function ofCall(node: Node, world: SimpleWorld): SimpleValue | undefined {
  const name = String(node.procedure?.value);
  const given = (node.arguments ?? []).map((each) => valueOf(each, world));
  if (node.procedure?.type !== 'variable' || world.lets.has(name) || given.includes(undefined))
    return undefined;
  const run = functionOf(name, world);
  if (!run) return undefined;
  return (record) => {
    const values = given.map((each) => each!(record));
    if (values.includes(UNSURE)) return UNSURE;
    return values[0] === undefined || values[0] === null ? undefined : run(values);
  };
}

function functionOf(
  name: string,
  { settings, warn }: SimpleWorld,
): ((values: readonly unknown[]) => unknown) | undefined {
  const ofText = Object.hasOwn(OF_TEXT, name) ? OF_TEXT[name] : undefined;
  if (ofText) return ([text]) => (typeof text === 'string' ? ofText(text) : UNSURE);
  const own = Object.hasOwn(OWN_FUNCTIONS, name) && name !== 'result' ? OWN_FUNCTIONS[name] : undefined;
  if (!own) return undefined;
  return (values) => {
    try {
      return own.call(values, settings, warn, () => undefined);
    } catch {
      return UNSURE; // a run will tell
    }
  };
}

/** Options of a function. */
function ofObject(pairs: readonly Pair[], world: SimpleWorld): SimpleValue | undefined {
  const parts = pairs.map(([key, value]) => [key, valueOf(value, world)] as const);
  if (parts.some(([key, value]) => key.type !== 'string' || !value)) return undefined;
  return (record) => {
    const entries = parts.map(([key, value]) => [String(key.value), value!(record)] as const);
    if (entries.some(([, value]) => value === UNSURE)) return UNSURE;
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  };
}
