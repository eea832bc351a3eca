import type { Problem, Span } from '../model/problem.ts';
import { isFree, placesOf } from './places.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import { textAt } from './texts.ts';
import type { Texts } from './texts.ts';
import type { Entry, Node, Path, ScalarNode } from './tree.ts';
import { partsOf, piecesOf } from './variables.ts';
import type { Piece } from './variables.ts';

/** Where values come from when something runs. */
export interface Surroundings {
  readonly vars: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Contents by the path as written in `${file:PATH}`, or why a file can't be read. */
  readonly files: ReadonlyMap<string, { readonly text: string } | { readonly message: string }>;
  /** `keep` leaves what is unset as it stands: for commands that need no environment. */
  readonly unset: 'report' | 'keep';
}

export interface Filling {
  readonly root: Node;
  readonly problems: readonly Problem[];
  /** What was filled in, by where: some of it is secret. */
  readonly filled: readonly { readonly path: Path; readonly name: string; readonly value: string }[];
}

interface Work {
  readonly texts: Texts;
  readonly around: Surroundings;
  readonly expressions: ReadonlySet<string>;
  readonly plain: ReadonlySet<string>;
  readonly problems: Map<string, Problem>;
  readonly filled: { path: Path; name: string; value: string }[];
}

/** Replaces `${NAME}` in parsed scalars: once, never inside an expression, a hole, `vars` or `x-*`. */
export function fillVariables(root: Node, texts: Texts, around: Surroundings): Filling {
  const places = placesOf(root);
  const work: Work = {
    texts,
    around,
    expressions: new Set(places.filter(({ is }) => is === 'expression').map(({ path }) => keyOf(path))),
    plain: new Set(places.filter(({ is }) => is !== 'expression').map(({ path }) => keyOf(path))),
    problems: new Map(),
    filled: [],
  };
  const filled = fill(work, root, []);
  return { root: filled, problems: [...work.problems.values()], filled: work.filled };
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}

function fill(work: Work, node: Node, path: Path): Node {
  switch (node.kind) {
    case 'map':
      return {
        ...node,
        entries: new Map([...node.entries].map(([name, entry]) => [name, fillEntry(work, entry, path)])),
      };
    case 'list':
      return { ...node, items: node.items.map((item, index) => fill(work, item, [...path, index])) };
    case 'scalar':
      return fillScalar(work, node, path);
  }
}

function fillEntry(work: Work, entry: Entry, path: Path): Entry {
  if (isFree(path, entry.name) || (path.length === 0 && entry.name === 'vars')) return entry;
  return { ...entry, value: fill(work, entry.value, [...path, entry.name]) };
}

function fillScalar(work: Work, node: ScalarNode, path: Path): ScalarNode {
  if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
  const key = keyOf(path);
  if (work.expressions.has(key)) return node;
  const value = work.plain.has(key) ? fillText(work, node, path) : fillWhole(work, node, path, node.value, 0);
  return { ...node, value, raw: node.value };
}

/** A text's literal parts are filled, its holes left. What was filled in must not become a hole. */
function fillText(work: Work, node: ScalarNode, path: Path): string {
  return partsOf(String(node.value))
    .map((part) => {
      if (part.hole) return part.text;
      const filled = fillWhole(work, node, path, part.text, part.offset);
      return filled.includes('{{') ? `{{ ${JSON.stringify(filled)} }}` : filled;
    })
    .join('');
}

function fillWhole(work: Work, node: ScalarNode, path: Path, text: string, offset: number): string {
  return piecesOf(text)
    .map((piece) => (piece.type === 'literal' ? piece.text : valueOfPiece(work, node, path, piece, offset)))
    .join('');
}

function valueOfPiece(
  work: Work,
  node: ScalarNode,
  path: Path,
  piece: Exclude<Piece, { type: 'literal' }>,
  offset: number,
): string {
  const written = String(node.value).slice(offset + piece.offset, offset + piece.offset + piece.length);
  const at = (): Span => spanInside(work.texts, node, offset + piece.offset, piece.length);
  if (piece.type === 'malformed') return written; // told by check-variables
  const name = piece.type === 'file' ? `file:${piece.path}` : piece.name;
  const value =
    piece.type === 'file' ? fileText(work, piece.path, at) : variableText(work, piece.name, piece.fallback);
  if (value !== undefined) {
    work.filled.push({ path, name, value });
    return value;
  }
  if (piece.type === 'variable' && work.around.unset === 'report' && !work.problems.has(name)) {
    const remedy = `set it in the environment or in .env, or write \${${name}:-default}`;
    work.problems.set(name, {
      code: 'unset-variable',
      severity: 'error',
      message: `${name} is not set`,
      remedy,
      at: at(),
    });
  }
  return written;
}

function variableText(work: Work, name: string, fallback: string | undefined): string | undefined {
  const constant = work.around.vars[name];
  const found = constant === undefined || constant === null ? work.around.env[name] : plainText(constant);
  return found === undefined || (found === '' && fallback !== undefined) ? fallback : found;
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fileText(work: Work, path: string, at: () => Span): string | undefined {
  const file = work.around.files.get(path);
  if (file && 'text' in file) return file.text;
  if (file && work.around.unset === 'report') {
    const message = `the file "${path}" can't be read: ${file.message}`;
    const remedy = 'correct the path: it is relative to the config';
    work.problems.set(`file:${path}`, {
      code: 'file-unreadable',
      severity: 'error',
      message,
      remedy,
      at: at(),
    });
  }
  return undefined;
}

/** A part of a scalar's value → its place in the file. */
export function spanInside(texts: Texts, node: ScalarNode, offset: number, length: number): Span {
  const offsets = scalarOffsets(textAt(texts, node), node);
  const last = offsets.length - 1;
  const start = offsets[Math.min(offset, last)] ?? node.at.start;
  const end = length > 0 ? (offsets[Math.min(offset + length - 1, last)] ?? start) + 1 : start + 1;
  return { file: node.at.file, start, end: Math.max(start + 1, end) };
}
