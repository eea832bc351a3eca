import { visitAll } from '../syntax-tree.ts';
import type { Node } from '../syntax-tree.ts';
import type { StaticType } from './static-type.ts';
import type { Token } from '../tokens.ts';
import { placeOf } from '../uses.ts';

/** Something that an expression gets wrong though it is JSONata, with the characters to blame. */
export type Finding = {
  readonly offset: number;
  readonly length: number;
} & (
  | {
      /** A name that the record, or the object before it, never has. */
      readonly type: 'unknown-name';
      readonly name: string;
      /** The names that are known there. */
      readonly known: readonly string[];
      /** What was read before it: `packages`; nothing for a name of the record itself. */
      readonly of?: string;
    }
  | {
      /** A comparison that is false, not true, where the left side is missing. */
      readonly type: 'missing-is-not-unequal';
      readonly name: string;
      readonly text: string;
    }
  | {
      /** A value that an operator, a function or a step can do nothing with: it fails or yields nothing. */
      readonly type: 'misuse';
      readonly of: 'type' | 'list' | 'value' | 'truth' | 'count';
      readonly message: string;
      readonly remedy: string;
    }
);

/** Why something can't work, for `blame`. */
export type Misuse = Omit<Extract<Finding, { readonly type: 'misuse' }>, 'type' | 'offset' | 'length'>;

/** Where an expression is looked at: what it sees, and what is found. */
export interface InferScope {
  /** `$`, what names start from. */
  readonly input: StaticType;
  /** `$$`. */
  readonly root: StaticType;
  readonly variables: ReadonlyMap<string, StaticType>;
  /** Paths, as written, that a condition around has found to be there. */
  readonly present: ReadonlySet<string>;
  /** True within a list's filter or a function's body: what is missing there is seldom meant. */
  readonly inner: boolean;
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly findings: Finding[];
  /** Names of the record that are read, for those who guess from how others are spelt. */
  readonly names: { readonly name: string; readonly offset: number; readonly length: number }[];
  /** Why comparisons hold for no record, in words. */
  readonly unequal: string[];
  infer(node: Node, scope: InferScope): StaticType;
}

/** Notes a misuse at a node, or at its operator alone; nothing where it stands nowhere. */
export function blame(node: Node, scope: InferScope, misuse: Misuse, what?: 'operator'): void {
  const place = what ? placeOf(node, scope.tokens) : spanOf(node, scope);
  if (place) scope.findings.push({ type: 'misuse', ...misuse, ...place });
}

/** From the first to the last character of a node with everything below it. */
export function spanOf(
  node: Node,
  { tokens }: Pick<InferScope, 'tokens'>,
): { readonly offset: number; readonly length: number } | undefined {
  let start = Infinity;
  let end = -1;
  visitAll(node, (each) => {
    const place = placeOf(each, tokens);
    if (!place) return;
    start = Math.min(start, place.offset);
    end = Math.max(end, place.offset + place.length);
  });
  return end === -1 ? undefined : { offset: start, length: end - start };
}

/** A node as it is written, where that is short. */
export function written(node: Node, scope: InferScope): string | undefined {
  const path = pathText(node);
  if (path !== undefined) return path;
  const place = ['string', 'number', 'value', 'variable'].includes(node.type)
    ? placeOf(node, scope.tokens)
    : undefined;
  return place && place.length <= 40
    ? scope.source.slice(place.offset, place.offset + place.length)
    : undefined;
}

/** A path of plain names as its dotted text; nothing for anything else. */
export function pathText(node: Node | undefined): string | undefined {
  const steps = node?.type === 'path' ? node.steps : undefined;
  if (!steps?.every(({ type, stages }) => type === 'name' && stages === undefined)) return undefined;
  return steps.map(({ value }) => String(value)).join('.');
}
