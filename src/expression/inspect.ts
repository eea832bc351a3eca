import { infer } from './types/infer.ts';
import type { Finding, InferScope, Misuse } from './types/infer-scope.ts';
import { readSource } from './read-source.ts';
import { ANY, isKnown, kindsOf, mayBe, onlyList, typeOf } from './types/static-type.ts';
import type { StaticType } from './types/static-type.ts';
import type { Node } from './syntax-tree.ts';
import { splitText } from './text.ts';
import type { Token } from './tokens.ts';
import { placeOf } from './uses.ts';

/** What an expression sees: its record, and names that are bound. */
export interface World {
  readonly record: StaticType;
  readonly variables: ReadonlyMap<string, StaticType>;
}

export interface Inspection {
  readonly type: StaticType;
  /** In the order of the source; offsets count in it. */
  readonly findings: readonly Finding[];
  /** Names of the record that are read. */
  readonly names: InferScope['names'];
  /** Why comparisons in it hold for no record, in words. */
  readonly unequal: readonly string[];
  /** Texts that the expression may yield as they are written. */
  readonly yields: readonly Yielded[];
}

/** A text, with the characters that write it. */
export interface Yielded {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

const NOT_KNOWN: Inspection = { type: ANY, findings: [], names: [], unequal: [], yields: [] };

/** Looks at a source that compiles, without running it. */
export function inspectExpression(source: string, world: World, shift = 0): Inspection {
  const { tree, tokens } = parsed(source);
  const names: InferScope['names'] = [];
  const findings: Finding[] = [];
  const { record, variables } = world;
  const scope = { input: record, root: record, variables, present: new Set<string>(), inner: false, source };
  const unequal: string[] = [];
  const type = infer(tree, { ...scope, tokens, findings, names, unequal, infer });
  const move = <T extends { readonly offset: number }>(one: T): T =>
    shift === 0 ? one : { ...one, offset: one.offset + shift };
  const yields = yieldedBy(tree).flatMap((each) => {
    const place = placeOf(each, tokens);
    return place ? [move({ text: String(each.value), ...place })] : [];
  });
  return { type, findings: unique(findings).map(move), names: names.map(move), unequal, yields };
}

/** The same of a text with holes: it is what its one hole is, or text. */
export function inspectText(source: string, world: World): Inspection {
  const parts = splitText(source);
  if ('message' in parts) return NOT_KNOWN;
  const holes = parts.flatMap((part) =>
    part.kind === 'hole' ? [{ ...inspectExpression(part.source, world, part.offset), part }] : [],
  );
  const rest = parts.some((part) => part.kind === 'literal' && part.text.trim() !== '');
  const [only] = holes;
  const isLonger = rest || holes.length > 1;
  const type = holes.length === 1 && only && !rest ? only.type : typeOf('string');
  return {
    type: holes.length === 0 ? { ...typeOf('string'), values: [source] } : type,
    findings: [
      ...holes.flatMap(({ findings }) => findings),
      ...(isLonger ? holes.filter(isClean).flatMap(listInText) : []),
    ],
    names: holes.flatMap(({ names }) => names),
    unequal: holes.flatMap(({ unequal }) => unequal),
    yields: isLonger ? [] : holes.flatMap(({ yields }) => yields),
  };
}

/** The texts at the ends of its branches. */
function yieldedBy(node: Node): readonly Node[] {
  if (node.type === 'string') return [node];
  if (node.type === 'condition')
    return [node.then, node.else].flatMap((each) => (each ? yieldedBy(each) : []));
  const last = node.type === 'block' ? node.expressions?.at(-1) : undefined;
  if (node.type === 'unary' && node.value === '[') return (node.expressions ?? []).flatMap(yieldedBy);
  return last ? yieldedBy(last) : [];
}

/** What a hole gets wrong was told; what it yields is its effect. */
function isClean({ findings }: Inspection): boolean {
  return findings.length === 0;
}

/** Of a list in longer text nobody knows how it is to be written. */
function listInText({
  type,
  part,
}: Inspection & { readonly part: { readonly source: string; readonly offset: number } }): Finding[] {
  const source = part.source.trim();
  const offset = part.offset + part.source.indexOf(source);
  if (!isKnown(type)) return [];
  if (kindsOf(type).every((kind) => kind === 'object'))
    return [{ type: 'misuse', of: 'type', ...objectInText(source, type), offset, length: source.length }];
  if (!mayBe(type, 'list')) return [];
  const message = `this ${onlyList(type) ? 'is' : 'may be'} a list, in the middle of a text`;
  return [
    {
      type: 'misuse',
      of: 'list',
      message,
      remedy: `join it: {{ $join(${source.length > 40 ? '…' : source}, ", ") }}`,
      offset,
      length: source.length,
    },
  ];
}

function objectInText(source: string, { fields }: StaticType): Pick<Misuse, 'message' | 'remedy'> {
  const [name = '…'] = fields?.keys() ?? [];
  const message = 'this is an object, in the middle of a text';
  return { message, remedy: `name one of its fields: {{ ${source.length > 40 ? '…' : source}.${name} }}` };
}

/** Throws where it is none: what is wrong was told, and the rest would be told by its effect. */
function parsed(source: string): { readonly tree: Node; readonly tokens: readonly Token[] } {
  const read = readSource(source);
  if (!read.ok) throw new Error(read.message);
  return read;
}

/** `a ?? b` has `a` twice in its tree. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const byPlace = new Map(findings.map((each) => [`${each.offset} ${each.type}`, each]));
  return [...byPlace.values()].sort((a, b) => a.offset - b.offset);
}
