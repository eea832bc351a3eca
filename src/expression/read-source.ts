import { banRemedy } from './built-ins.ts';
import { checkSpelling } from './mistakes/check-spelling.ts';
import { countMistake } from './mistakes/count-mistake.ts';
import { explainSyntax, tooDeep } from './mistakes/explain-syntax.ts';
import { MAX_DEPTH } from './run/limits.ts';
import { mistake, type Mistake } from './mistakes/mistake.ts';
import { parseSource, parseTogether } from './parse-source.ts';
import { preparePatterns } from './run/prepare-patterns.ts';
import { childrenOf, type Node } from './syntax-tree.ts';
import { scan, type Token } from './tokens.ts';
import { usesOf, type Reference, type Uses } from './uses.ts';

/** What can be known of a source by itself, whichever config it stands in. */
export type SourceReading =
  | {
      readonly ok: true;
      readonly tokens: readonly Token[];
      /** To look at; what runs has one of its own. */
      readonly tree: Node;
      readonly uses: Uses;
      readonly constant?: string | number | boolean | null;
    }
  | ({ readonly ok: false } & Mistake);

/** Sources that are kept, more than one config has, and the characters of the longest: a few MB in all. */
const MOST = 2_000;
const LONGEST = 500;

const known = new Map<string, SourceReading>();

/** Parses JSONata, the same text once: it is the dearest part of a check, and many configs hold the same texts. */
export function readSource(source: string): SourceReading {
  const before = known.get(source);
  if (before) return before;
  const reading = read(source);
  if (source.length > LONGEST) return reading;
  if (known.size >= MOST) known.clear();
  known.set(source, reading);
  return reading;
}

let ahead: ReadonlyMap<string, Node> = new Map();

/** Parses what will be read next; for less than each by itself. */
export function readAhead(sources: readonly string[]): void {
  ahead = parseTogether([...new Set(sources)].filter((source) => !known.has(source)));
}

/** What is nested deeper than the stack reaches is told, whichever walk meets its end. */
function read(source: string): SourceReading {
  try {
    return readThrough(source);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return { ok: false, ...tooDeep(source) };
  }
}

function readThrough(source: string): SourceReading {
  const { tokens } = scan(source);
  const tree = parse(source, tokens);
  if ('message' in tree) return { ok: false, ...tree };
  if (tokens.length >= MAX_DEPTH && isDeeper(tree, MAX_DEPTH)) return { ok: false, ...tooDeep(source) };
  const wrongPattern = preparePatterns(tree, tokens);
  if (wrongPattern !== undefined) return { ok: false, ...wrongPattern };
  const { uses, banned } = usesOf(tree, tokens);
  const wrongCall = bannedMistake(banned) ?? countMistake(uses.functions, tokens);
  if (wrongCall !== undefined) return { ok: false, ...wrongCall };
  const constant = constantOf(tree);
  return { ok: true, tokens, tree, uses, ...(constant === undefined ? {} : { constant }) };
}

/** Whether a run would go deeper than that many levels, for some record at least (measured: each node is one, but a filter itself). */
function isDeeper(node: Node, levels: number): boolean {
  const left = node.type === 'filter' ? levels : levels - 1;
  return levels === 0 || childrenOf(node).some((child) => isDeeper(child, left));
}

function parse(source: string, tokens: readonly Token[]): Node | Mistake {
  const misspelt = checkSpelling(source, tokens);
  if (misspelt !== undefined) return misspelt;
  try {
    return ahead.get(source) ?? parseSource(source);
  } catch (thrown) {
    return explainSyntax(thrown, source, tokens);
  }
}

function bannedMistake([first]: readonly Reference[]): Mistake | undefined {
  return first === undefined
    ? undefined
    : mistake(first, `\`$${first.name}\` is not there`, banRemedy(first.name));
}

function constantOf({ type, value, ...rest }: Node): string | number | boolean | null | undefined {
  if (!['string', 'number', 'value'].includes(type) || 'predicate' in rest || 'group' in rest)
    return undefined;
  return value as string | number | boolean | null;
}
