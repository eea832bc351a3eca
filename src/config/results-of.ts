import type { Language } from '../expression/language.ts';
import { compilePlace } from './checks/check-expressions.ts';
import { placesOf } from './places.ts';
import type { Node } from './tree.ts';

/** The syncs whose results a call asks for, each once. */
export function resultsOf(language: Language, root: Node, sync: string): readonly string[] {
  const own = placesOf(root).filter(({ path }) => path[0] === 'syncs' && path[1] === sync);
  const names = own.flatMap(({ is, node }) => {
    const compiled = compilePlace(language, is, String(node.value));
    return compiled.ok ? compiled.uses.results.map(({ name }) => name) : [];
  });
  return [...new Set(names)];
}
