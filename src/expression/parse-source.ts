import jsonata from 'jsonata';
import type { Node } from './syntax-tree.ts';

/**
 * A source's tree, to look at: what runs needs a parse of its own. Throws what JSONata throws.
 *
 * JSONata sets up its whole grammar at each parse (40 µs), and each node of its tree keeps that one alive (20 KB): the
 * tree of a mere path, the commonest source, is made here, and others are copied off their grammar.
 */
export function parseSource(source: string): Node {
  return pathTree(source) ?? plain(jsonata(source).ast() as Node, 0);
}

/** What could reach into a neighbour, or means something else between brackets: it is parsed alone. (JSONata takes no pattern after one.) */
const ALONE = /^\s*\/|[;%]|\/\*/;

/**
 * The trees of many sources at the price of one parse: they are the elements of one list, `[(…),(…)]`. Of those that are no
 * mere path, and only where each is found where it was put; where one is wrong, or nested too deeply, of none.
 */
export function parseTogether(sources: readonly string[]): ReadonlyMap<string, Node> {
  const chosen = sources.filter((source) => !ALONE.test(source) && !pathTree(source));
  try {
    const list = jsonata(`[${chosen.map((source) => `(${source})`).join(',')}]`).ast() as Node;
    return treesOf(chosen, list.expressions ?? []);
  } catch {
    return new Map(); // whose fault it is shows when each is parsed
  }
}

function treesOf(sources: readonly string[], elements: readonly Node[]): ReadonlyMap<string, Node> {
  const trees = new Map<string, Node>();
  let start = '[('.length;
  for (const [at, source] of sources.entries()) {
    const { type, position, expressions } = elements[at] ?? {};
    if (type !== 'block' || position !== start || expressions?.length !== 1) return new Map();
    trees.set(source, plain(expressions[0]!, start));
    start += source.length + '),('.length;
  }
  return elements.length === sources.length ? trees : new Map();
}

/** Names that are values, operators or functions of JSONata. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** `name` or `path.to.name`, with no more around it than what JSONata takes for blanks. */
const PATH = /^[ \t\r\n\v]*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)[ \t\r\n\v]*$/;

function pathTree(source: string): Node | undefined {
  const path = PATH.exec(source)?.[1];
  const names = path?.split('.');
  if (path === undefined || !names || names.some((name) => WORDS.has(name))) return undefined;
  const steps: Node[] = [];
  let position = source.indexOf(path) - 1;
  for (const value of names) steps.push({ value, type: 'name', position: (position += 1 + value.length) });
  return { type: 'path', steps };
}

/** The same tree without prototypes, of a source that starts at `start`. What is no node, such as a regular expression, stays as it is. */
function plain<T>(value: T, start: number): T {
  if (Array.isArray(value)) return value.map((each: unknown) => plain(each, start)) as T;
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const of = (value as Record<string, unknown>)[name];
    copy[name] = name === 'position' && typeof of === 'number' ? of - start : plain(of, start);
  }
  return copy as T;
}
