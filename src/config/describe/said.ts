import { inWords } from '../../expression/words.ts';
import { child, textOf, valueOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { partsOf, piecesOf } from '../variables.ts';
import type { Piece } from '../variables.ts';

/** An expression or text of the config. */
export interface Said {
  /** As written. */
  readonly expression: string;
  /** In words, where it is simple enough. */
  readonly words: string | null;
}

export function saidOf(node: Node | undefined, as: 'value' | 'condition' = 'value'): Said | null {
  if (node?.kind !== 'scalar') return null;
  const expression = String(node.value);
  return { expression, words: inWords(expression, as) ?? null };
}

/** A text: one that is a single hole is what stands in it. */
export function saidText(node: Node | undefined, vars: Node | undefined): Said | null {
  const text = textOf(node);
  if (text === undefined) return null;
  const parts = partsOf(text.trim());
  const [only] = parts;
  const inner = only?.hole === true && parts.length === 1 ? only.text.slice(2, -2).trim() : undefined;
  const words =
    inner === undefined ? (variableWords(text, vars) ?? JSON.stringify(text)) : inWords(inner, 'value');
  return { expression: text, words: words ?? null };
}

/** A field, with the file's `vars`: a short one is an expression or a literal; else `value`, `text` or `expr` says which. */
export function saidField(node: Node, vars: Node | undefined): Said | null {
  if (node.kind === 'scalar')
    return typeof node.value === 'string' ? saidOf(node) : literal(String(node.value));
  const value = child(node, 'value');
  if (value) return saidValue(value, vars);
  return saidText(child(node, 'text'), vars) ?? saidOf(child(node, 'expr'));
}

function saidValue(value: Node, vars: Node | undefined): Said {
  if (value.kind !== 'scalar') return saidWhole(value);
  if (value.value === null) return { expression: 'null', words: 'nothing: it is emptied' };
  const text = textOf(value);
  return text === undefined
    ? literal(String(value.value))
    : { expression: text, words: variableWords(text, vars) ?? JSON.stringify(text) };
}

/** More than this is looked up where it is written. */
const LONGEST_VALUE = 80;

/** A list or an object: itself where it is short, and its variables stay as they stand. */
function saidWhole(value: Node): Said {
  const text = JSON.stringify(valueOf(value));
  return text.length > LONGEST_VALUE ? { expression: 'a fixed value', words: null } : literal(text);
}

function literal(text: string): Said {
  return { expression: text, words: text };
}

/** `GHL_CALENDAR_ID of the environment`, for a text that is nothing but that. */
function variableWords(text: string, vars: Node | undefined): string | undefined {
  const [piece, ...others] = piecesOf(text.trim());
  return piece && others.length === 0 ? originWords(piece, vars) : undefined;
}

/** Where a piece of a text comes from; nothing for one that stands there itself. */
export function originWords(piece: Piece, vars: Node | undefined): string | undefined {
  if (piece.type === 'file') return `the file ${piece.path}`;
  if (piece.type !== 'variable') return undefined;
  return child(vars, piece.name) ? `vars.${piece.name} of the config` : `${piece.name} of the environment`;
}
