import jsonata from 'jsonata';
import type { Node } from './syntax-tree.ts';

/**
 * A source's tree, to look at: what runs needs a parse of its own. Throws what JSONata throws.
 *
 * JSONata sets up its whole grammar at each parse (40 µs), and each node of its tree keeps that one alive (20 KB): the
 * tree of a mere path, the commonest source, is made here, and others are copied off their grammar.
 */
export function parseSource(source: string): Node {
  return pathTree(source) ?? plain(jsonata(source).ast() as Node);
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
/** Names that are values, operators or functions of JSONata. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** `name` or `path.to.name`, without blanks. */
function pathTree(source: string): Node | undefined {
  const steps: Node[] = [];
  for (let at = 0; at <= source.length; at++) {
    NAME.lastIndex = at;
    const value = NAME.exec(source)?.[0];
    if (value === undefined || WORDS.has(value)) return undefined;
    at += value.length;
    if (at < source.length && source[at] !== '.') return undefined;
    steps.push({ value, type: 'name', position: at });
  }
  return { type: 'path', steps };
}

/** The same tree without prototypes. What is no node of the tree, such as a regular expression, stays as it is. */
function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, of] of Object.entries(value)) copy[name] = plain(of);
  return copy as T;
}
