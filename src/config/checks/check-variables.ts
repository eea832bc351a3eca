import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { isFree, placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import type { Texts } from '../texts.ts';
import { textsWithin } from '../texts-within.ts';
import type { Node, Path, ScalarNode } from '../tree.ts';
import { foreignVariable, partsOf, piecesOf } from '../variables.ts';

/** `${…}` that is none of the known forms, or stands where nothing is filled in. */
export function checkVariables(root: Node, texts: Texts): readonly Problem[] {
  const places = new Map<string, Place['is']>();
  for (const { node, path, is } of placesOf(root)) if (hasVariable(node)) places.set(nameOf(path), is);
  return textsWithin(root).flatMap(({ node, path }) => {
    if (!hasVariable(node) || isWithinFree(path)) return [];
    const is = places.get(nameOf(path));
    if (is === 'expression') return [];
    if (path[0] === 'vars') return inVars(texts, node);
    return malformed(texts, node, is !== undefined);
  });
}

function malformed(texts: Texts, node: ScalarNode, isText: boolean): readonly Problem[] {
  const value = String(node.value);
  const parts = isText ? partsOf(value).filter(({ hole }) => !hole) : [{ text: value, offset: 0 }];
  const shell = isText ? undefined : foreignVariable(value);
  if (shell !== undefined) return [shellLike(texts, node, value, shell)];
  return parts.flatMap((part) =>
    piecesOf(part.text).flatMap((piece) => {
      if (piece.type !== 'malformed') return [];
      const shown = piece.text.length > 60 ? `${piece.text.slice(0, 60)}…` : piece.text;
      const message = `${shown} is no variable`;
      const path = isText ? pathOf(piece.text) : undefined;
      const remedy = path === undefined ? formsOf(piece.text) : `write {{ ${path} }} for what a record holds`;
      return [problem(texts, node, part.offset + piece.offset, piece.length, message, remedy)];
    }),
  );
}

/** `${plan.code}`, as other languages fill in a field. */
function pathOf(piece: string): string | undefined {
  const path = /^\$\{\s*([a-z_]\w*(?:\.[a-z_]\w*)+)\s*\}$/.exec(piece)?.[1];
  return path === undefined || /^(?:env|process|vars|secrets)\./.test(path) ? undefined : path;
}

/** `${ NAME }` and `${env.NAME}` say what is meant. */
function formsOf(piece: string): string {
  const inside = /^\$\{\s*(?:[a-z]+[.:])?([A-Za-z_][\w-]*)\s*\}?$/.exec(piece)?.[1];
  // The default of a shell: `${NAME-x}`, `${NAME:x}`, `${NAME:?x}`, `${NAME|x}`.
  const [, name, other] = /^\$\{\s*([A-Z_][A-Z0-9_]*)\s*(?::[?=+]?|[-?=|]+)([^{}]*)\}?$/.exec(piece) ?? [];
  if (name !== undefined && !/^[A-Z0-9_-]+$/.test(other!.trim()))
    return `write \${${name}:-${other!.trim()}} for a default, or \${${name}} alone`;
  const meant = inside === undefined ? '' : `\${${inside.replaceAll('-', '_')}}: `;
  return `write ${meant}\${NAME}, \${NAME:-default} or \${file:PATH}; $\${ is a literal \${`;
}

/** Right, and hardly ever meant. */
function shellLike(texts: Texts, node: ScalarNode, value: string, name: string): Problem {
  const remedy = `write \${${name}} to fill it in`;
  return {
    ...problem(texts, node, 0, value.length, `${value} is literal text`, remedy),
    severity: 'warning',
  };
}

/** `$vars` must be known without an environment, as mapping tests run without one. */
function inVars(texts: Texts, node: ScalarNode): readonly Problem[] {
  const value = String(node.value);
  return piecesOf(value).flatMap((piece) => {
    if (piece.type === 'literal') return [];
    const seen = value.slice(piece.offset, piece.offset + piece.length);
    const remedy = 'write the value here, or ${NAME} where it is used; $${ is a literal ${';
    return [
      problem(
        texts,
        node,
        piece.offset,
        piece.length,
        `vars holds constants: ${seen} is not filled in here`,
        remedy,
      ),
    ];
  });
}

function isWithinFree(path: Path): boolean {
  return path.some((name, at) => typeof name === 'string' && isFree(path.slice(0, at), name));
}

function hasVariable({ value }: ScalarNode): boolean {
  return typeof value === 'string' && (value.includes('$') || foreignVariable(value) !== undefined);
}

function nameOf(path: Path): string {
  return JSON.stringify(path.map(String));
}

function problem(
  texts: Texts,
  node: ScalarNode,
  offset: number,
  length: number,
  message: string,
  remedy: string,
): Problem {
  return {
    code: 'bad-value',
    severity: 'error',
    message,
    remedy,
    at: spanInside(texts, node, offset, length),
  };
}
