import type { Json } from '../model/json.ts';
import type { Span } from '../model/problem.ts';

/** The parsed file, with aliases and merges resolved, and a place in the file for every key and value. */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly at: Span;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** One `key: value` of a map. */
export interface Entry {
  readonly name: string;
  readonly key: Span;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly at: Span;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Span;
  readonly value: string | number | boolean | null;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** As written, for plain scalars: `007`, where the value is 7. */
  readonly source: string;
  /** The text before its `${NAME}` were filled in. */
  readonly raw?: string;
}

/** Names and indexes from the root. */
export type Path = readonly (string | number)[];

/** The entries of a map that mean something: `x-*` keys are free. Nothing where the node is no map. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  if (node?.kind !== 'map') return [];
  return [...node.entries.values()].filter((entry) => !entry.name.startsWith('x-'));
}

/** The elements of a list; a single value counts as a list of one. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The value at names below a node, or nothing. */
export function child(node: Node | undefined, ...names: Path): Node | undefined {
  let found = node;
  for (const name of names) {
    if (found?.kind === 'map') found = found.entries.get(String(name))?.value;
    else if (found?.kind === 'list') found = found.items[Number(name)];
    else return undefined;
  }
  return found;
}

/** The entry (key and value) at names below a node, or nothing. */
export function entryAt(node: Node | undefined, ...names: Path): Entry | undefined {
  const parent = child(node, ...names.slice(0, -1));
  return parent?.kind === 'map' ? parent.entries.get(String(names.at(-1))) : undefined;
}

/** The text of a scalar that holds one. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The plain JSON value of a node. */
export function valueOf(node: Node): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries([...node.entries.values()].map(({ name, value }) => [name, valueOf(value)]));
  }
}

/** Where the thing at a path is named: its key, or its value where it is an element of a list or the root. */
export function nameSpan(root: Node, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const entry = entryAt(root, ...path.slice(0, length));
    if (entry) return entry.key;
    if (length === path.length) {
      const item = child(root, ...path);
      if (item) return startOf(item.at);
    }
  }
  return startOf(root.at);
}

/** The first character of a place: for problems of a whole map or list. */
export function startOf(at: Span): Span {
  return { ...at, end: Math.min(at.start + 1, at.end) };
}

/** All texts and numbers at and below a node, as text. */
export function looseStrings(node: Node | undefined): readonly string[] {
  if (node?.kind === 'map') return [...node.entries.values()].flatMap(({ value }) => looseStrings(value));
  if (node?.kind === 'list') return node.items.flatMap(looseStrings);
  if (node === undefined || node.value === null) return [];
  return [typeof node.value === 'string' ? node.value : node.source];
}
