import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Pair, Range, Scalar } from 'yaml';
import type { Problem, ProblemCode, Span } from '../model/problem.ts';
import { bracesRemedy } from './quote-remedy.ts';
import type { Entry, Node, ScalarNode } from './tree.ts';

/** What aliases may add up to, in values: a file of a few lines can otherwise stand for billions. */
const MAX_ALIASED = 100_000;
const MAX_DEPTH = 64;
/** More of them help nobody, and a hostile file could have thousands. */
const MAX_PROBLEMS = 100;

interface Building {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[];
  /** The newest value of each anchor so far, with the number of values in it. */
  readonly anchors: Map<string, { readonly node: Node; readonly size: number }>;
  readonly open: Set<string>;
  size: number;
  aliased: number;
}

/** The parser's document → our tree: aliases and `<<` merges resolved, duplicates and odd keys found. */
export function buildTree(
  file: string,
  document: Document.Parsed,
  text: string,
): { root?: Node; problems: readonly Problem[] } {
  const building: Building = {
    file,
    text,
    problems: [],
    anchors: new Map(),
    open: new Set(),
    size: 0,
    aliased: 0,
  };
  const root = build(building, document.contents, { file, start: 0, end: 1 }, 0);
  // What the rest of the aliases stand for is not there: whatever would be said of it is wrong.
  if (building.aliased > MAX_ALIASED) return { problems: building.problems };
  return { root, problems: building.problems };
}

function build(to: Building, source: unknown, around: Span, depth: number): Node {
  to.size++;
  if (depth > MAX_DEPTH) {
    report(to, 'yaml', around, `values are nested deeper than ${MAX_DEPTH} levels`, 'flatten them');
    return nothing(around);
  }
  if (isAlias(source)) return buildAlias(to, source.source, spanOf(to, source.range) ?? around);
  const anchor = isMap(source) || isSeq(source) || isScalar(source) ? source.anchor : undefined;
  if (anchor === undefined) return buildPlain(to, source, around, depth);
  const before = to.size + to.aliased;
  to.open.add(anchor);
  const node = buildPlain(to, source, around, depth);
  to.open.delete(anchor);
  to.anchors.set(anchor, { node, size: to.size + to.aliased - before + 1 });
  return node;
}

function buildPlain(to: Building, source: unknown, around: Span, depth: number): Node {
  if (isMap(source))
    return buildMap(to, source.items, trimmed(to, spanOf(to, source.range) ?? around), depth);
  if (isSeq(source)) {
    const at = trimmed(to, spanOf(to, source.range) ?? around);
    return { kind: 'list', at, items: source.items.map((item) => build(to, item, at, depth + 1)) };
  }
  return isScalar(source) ? buildScalar(to, source, around) : nothing(around);
}

function buildAlias(to: Building, name: string, at: Span): Node {
  const anchor = to.anchors.get(name);
  if (anchor && (to.aliased += anchor.size) <= MAX_ALIASED) return anchor.node;
  if (anchor) {
    if (to.aliased - anchor.size <= MAX_ALIASED) {
      report(
        to,
        'yaml',
        at,
        `the aliases stand for more than ${MAX_ALIASED} values`,
        'write fewer aliases of aliases',
      );
    }
  } else if (to.open.has(name)) {
    report(to, 'yaml', at, `*${name} stands inside the value that it names`, `take *${name} out of &${name}`);
  } else {
    const quoted = `put an expression that begins with * in single quotes`;
    const remedy = /^\w+$/.test(name) ? `define &${name} above, or ${quoted}` : `${quoted}: '*${name}'`;
    report(to, 'yaml', at, `unknown alias *${name}`, remedy);
  }
  return nothing(at);
}

function buildMap(to: Building, pairs: readonly Pair[], at: Span, depth: number): Node {
  const entries = new Map<string, Entry>();
  const own = new Set<string>();
  for (const pair of pairs) {
    const name = keyOf(to, pair.key);
    if (name === undefined) {
      reportKey(to, pair.key, at);
      return nothing(at);
    }
    const key = spanOf(to, (pair.key as Scalar).range) ?? at;
    const value = build(to, pair.value, key, depth + 1);
    if (name === '<<') {
      mergeInto(entries, merged(to, value));
    } else if (own.has(name)) {
      const first = entries.get(name)!;
      reportDuplicate(to, name, first.key, key);
      entries.set(name, { ...first, value: both(first.value, value) });
    } else {
      own.add(name);
      entries.set(name, { name, key, value });
    }
  }
  return { kind: 'map', at, entries };
}

/**
 * What a name that stands twice may have been meant to hold: nothing of it is then missing elsewhere. Two that have
 * names in common are two things, and the first is kept.
 */
function both(first: Node, second: Node): Node {
  if (first.kind !== 'map' || second.kind !== 'map') return first;
  if ([...second.entries.keys()].some((name) => first.entries.has(name))) return first;
  return { ...first, entries: new Map([...second.entries, ...first.entries]) };
}

/** What a map says itself wins over what it merges in, wherever it stands. */
function mergeInto(entries: Map<string, Entry>, others: readonly Entry[]): void {
  for (const entry of others) if (!entries.has(entry.name)) entries.set(entry.name, entry);
}

function merged(to: Building, value: Node): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value];
  return maps.flatMap((map) => {
    if (map.kind === 'map') return [...map.entries.values()];
    if (to.problems.at(-1)?.at?.start === map.at.start) return []; // an alias of nothing, told
    report(to, 'yaml', map.at, '"<<" takes a map, or a list of maps', 'name an anchor of a map: "<<: *name"');
    return [];
  });
}

/** A key's text; nothing where it is a map, a list or missing. */
function keyOf(to: Building, key: unknown): string | undefined {
  if (isAlias(key)) {
    const named = to.anchors.get(key.source)?.node;
    return named?.kind === 'scalar' ? String(named.value) : undefined;
  }
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function reportKey(to: Building, key: unknown, at: Span): void {
  const written = to.text.slice(at.start, at.end).split('\n')[0]!;
  if (isMap(key) && written.startsWith('{')) {
    report(to, 'yaml', at, `YAML reads ${written} as a map`, bracesRemedy(written));
    return;
  }
  report(
    to,
    'yaml',
    { ...at, end: at.start + 1 },
    'a name must be text',
    'put an expression in single quotes',
  );
}

function reportDuplicate(to: Building, name: string, first: Span, second: Span): void {
  if (to.problems.length >= MAX_PROBLEMS) return;
  const line = to.text.slice(0, first.start).split('\n').length;
  report(
    to,
    'duplicate-key',
    second,
    `"${name}" stands here twice`,
    `keep one of the two: the other is in line ${line}`,
  );
}

const STYLES: Readonly<Record<string, ScalarNode['style']>> = {
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function buildScalar(to: Building, source: Scalar, around: Span): ScalarNode {
  const found = spanOf(to, source.range) ?? around;
  const style = STYLES[source.type ?? ''] ?? 'plain';
  // What stands nowhere (`phone:`) is reported at its key.
  const at = found.start === found.end ? around : found;
  const value = source.value;
  if (source.anchor !== undefined && found.start === found.end) {
    return nothing(reportAnchor(to, source.anchor, found));
  }
  // An expression that YAML took for a tag was told before: nothing that is left of it counts.
  if (source.tag !== undefined && !source.tag.startsWith('tag:yaml.org'))
    return nothing({ ...found, start: Math.max(0, to.text.lastIndexOf('!', found.start)) });
  if (typeof value === 'number' && !Number.isFinite(value)) {
    report(
      to,
      'bad-value',
      at,
      `${source.source ?? 'this'} is no number that JSON knows`,
      'write a number, or quote it',
    );
    return nothing(at);
  }
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    typeof value === 'string'
  ) {
    return { kind: 'scalar', at, value, style, source: source.source ?? '' };
  }
  report(to, 'yaml', at, 'this is neither text, number, boolean nor null', 'take its tag away');
  return nothing(at);
}

/** `email: &email`: an anchor of nothing. */
function reportAnchor(to: Building, name: string, around: Span): Span {
  const start = to.text.lastIndexOf(`&${name}`, around.start);
  const at = { ...around, start, end: start + name.length + 1 };
  report(
    to,
    'yaml',
    at,
    `YAML takes &${name} for the name of a value, and there is none`,
    `put an expression in single quotes: '${name}'`,
  );
  return at;
}

function nothing(at: Span): ScalarNode {
  return { kind: 'scalar', at, value: null, style: 'plain', source: '' };
}

function spanOf(to: Building, range: Range | null | undefined): Span | undefined {
  return range ? { file: to.file, start: range[0], end: range[1] } : undefined;
}

/** Block maps and lists claim the empty lines and comments below them: their last value's end is meant. */
function trimmed(to: Building, at: Span): Span {
  const end = at.start + to.text.slice(at.start, at.end).trimEnd().length;
  return end === at.end ? at : { file: at.file, start: at.start, end };
}

function report(to: Building, code: ProblemCode, at: Span, message: string, remedy: string): void {
  if (to.problems.length >= MAX_PROBLEMS) return;
  to.problems.push({ code, severity: 'error', message, remedy, at });
}
