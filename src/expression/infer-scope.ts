import type { Node } from './syntax-tree.ts';
import type { StaticType } from './static-type.ts';
import type { Token } from './tokens.ts';

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
);

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
  readonly tokens: readonly Token[];
  readonly findings: Finding[];
  /** Names of the record that are read, for those who guess from how others are spelt. */
  readonly names: { readonly name: string; readonly offset: number; readonly length: number }[];
  infer(node: Node, scope: InferScope): StaticType;
}

/** A path of plain names as its dotted text; nothing for anything else. */
export function pathText(node: Node | undefined): string | undefined {
  const steps = node?.type === 'path' ? node.steps : undefined;
  if (!steps?.every(({ type, stages }) => type === 'name' && stages === undefined)) return undefined;
  return steps.map(({ value }) => String(value)).join('.');
}
