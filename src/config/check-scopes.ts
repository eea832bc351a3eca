import type { Catalog } from '../catalog/load.ts';
import type { Problem } from '../model/problem.ts';
import { neededOperations } from './needed-operations.ts';
import type { NeededOperation } from './needed-operations.ts';
import { problemAt } from './problem-at.ts';
import { targetConnection } from './target-of.ts';
import { child, entriesOf, entryAt, itemsOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** Scopes that the syncs need, and the connection's OAuth does not ask for. */
export function checkScopes(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name, value }) => {
    const scopes = entryAt(value, 'auth', 'scopes');
    if (textOf(child(value, 'type')) !== 'ghl' || scopes?.value.kind !== 'list') return [];
    const given = itemsOf(scopes.value).map(textOf);
    if (given.some((scope) => scope?.includes('${'))) return [];
    const missing = neededScopes(root, name, catalog).filter((scope) => !given.includes(scope));
    if (missing.length === 0) return [];
    const message = `the syncs to "${name}" need ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}`;
    const remedy = `add ${missing.length === 1 ? 'it' : 'them'} to scopes, then log in again`;
    return [problemAt('missing-scope', scopes.key, message, remedy)];
  });
}

/** The least scopes that the syncs to a ghl connection need, in alphabetical order. */
export function neededScopes(root: Node, connection: string, catalog: Catalog): readonly string[] {
  return scopesOf(root, connection, catalog, ({ optional }) => !optional);
}

/** What is done without where the token may not, and better with. */
export function helpfulScopes(root: Node, connection: string, catalog: Catalog): readonly string[] {
  const needed = neededScopes(root, connection, catalog);
  return scopesOf(root, connection, catalog, () => true).filter((scope) => !needed.includes(scope));
}

function scopesOf(
  root: Node,
  connection: string,
  catalog: Catalog,
  counts: (needed: NeededOperation) => boolean,
): readonly string[] {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => targetConnection(value) === connection);
  const operations = syncs.flatMap(({ value }) => neededOperations(root, value, catalog)).filter(counts);
  return [...new Set(operations.flatMap(({ operation }) => operation.scopes))].sort();
}
