import type { Catalog } from '../../catalog/load.ts';
import { GHL_SCOPES } from '../../catalog/ghl/scopes.ts';
import type { Problem } from '../../model/problem.ts';
import { nearest } from '../nearest.ts';
import { neededOperations } from '../needed-operations.ts';
import type { NeededOperation } from '../needed-operations.ts';
import { problemAt } from '../problem-at.ts';
import { targetConnection } from '../target-of.ts';
import { child, entriesOf, entryAt, itemsOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Scopes that the syncs need, and the connection's OAuth does not ask for; and those that HighLevel has not. */
export function checkScopes(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name, value }) => {
    const scopes = entryAt(value, 'auth', 'scopes');
    if (textOf(child(value, 'type')) !== 'ghl' || scopes?.value.kind !== 'list') return [];
    const given = itemsOf(scopes.value).flatMap((item) => wordsOf(item));
    if (given.some((scope) => scope.includes('${'))) return [];
    const missing = neededScopes(root, name, catalog).filter((scope) => !given.includes(scope));
    const strangers = itemsOf(scopes.value).flatMap((item) => strangerAt(item, missing));
    // A misspelt scope is unknown, and the right one missing: one mistake.
    const told = new Set(strangers.map(({ meant }) => meant));
    const rest = missing.filter((scope) => !told.has(scope));
    return [...strangers.map(({ problem }) => problem), ...lacking(name, scopes, rest)];
  });
}

/** `[contacts.readonly contacts.write]`: a comma was forgotten. */
function wordsOf(item: Node): readonly string[] {
  return (textOf(item) ?? '').split(/\s+/).filter((word) => word !== '');
}

function lacking(name: string, scopes: Entry, missing: readonly string[]): readonly Problem[] {
  if (missing.length === 0) return [];
  const message = `the syncs to "${name}" need ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}`;
  const remedy = `add ${missing.length === 1 ? 'it' : 'them'} to scopes, then log in again`;
  return [problemAt('missing-scope', scopes.key, message, remedy)];
}

interface Stranger {
  readonly problem: Problem;
  /** The scope that it was probably to be. */
  readonly meant: string | undefined;
}

/** A warning, as HighLevel may have made it since, unless the syncs need what was meant. */
function strangerAt(item: Node, missing: readonly string[]): readonly Stranger[] {
  const scope = textOf(item);
  if (scope === undefined || scope === '' || GHL_SCOPES.includes(scope)) return [];
  const words = wordsOf(item);
  if (words.length > 1 && words.every((word) => GHL_SCOPES.includes(word))) {
    const message = `"${scope}" is one scope to YAML`;
    const several = `part them by commas: [${words.join(', ')}]`;
    return [{ problem: problemAt('missing-scope', item.at, message, several), meant: undefined }];
  }
  const needed = nearest(scope, missing);
  const meant = needed ?? nearest(scope, GHL_SCOPES);
  const remedy =
    meant === undefined
      ? 'take it out, or ask HighLevel: one that it has is named like contacts.readonly'
      : `did you mean "${meant}"?`;
  const problem = problemAt('missing-scope', item.at, `HighLevel has no scope "${scope}"`, remedy);
  return [{ problem: needed === undefined ? { ...problem, severity: 'warning' } : problem, meant }];
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
