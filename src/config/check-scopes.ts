import type { Catalog } from '../catalog/load.ts';
import type { Resource } from '../catalog/resource.ts';
import type { Problem } from '../model/problem.ts';
import { problemAt } from './problem-at.ts';
import { ghlOperationOf, ghlResourceOf, targetConnection } from './target-of.ts';
import { child, entriesOf, entryAt, itemsOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** Scopes that the syncs need, and the connection's OAuth does not ask for. */
export function checkScopes(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name, value }) => {
    const scopes = entryAt(value, 'auth', 'scopes');
    if (textOf(child(value, 'type')) !== 'ghl' || !scopes) return [];
    const given = itemsOf(scopes.value).map(textOf);
    if (given.some((scope) => scope?.includes('${'))) return [];
    const missing = neededScopes(root, name, catalog).filter((scope) => !given.includes(scope));
    if (missing.length === 0) return [];
    const message = `the syncs to "${name}" need ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}`;
    return [problemAt('missing-scope', scopes.key, message, 'add to scopes, then log in again')];
  });
}

/** The least scopes that the syncs to a ghl connection need, in alphabetical order. */
export function neededScopes(root: Node, connection: string, catalog: Catalog): readonly string[] {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => targetConnection(value) === connection);
  const needed = syncs.flatMap(({ value }) => {
    const resource = ghlResourceOf(root, value);
    const action = ghlOperationOf(root, value, catalog);
    const operations = resource ? operationsOf(resource, value) : [];
    return [...(action?.scopes ?? []), ...operations.flatMap((id) => catalog.operation(id)?.scopes ?? [])];
  });
  return [...new Set(needed)].sort();
}

/** The operations that a sync may run, by id. */
function operationsOf(resource: Resource, sync: Node): readonly string[] {
  const departs = ['onDelete', 'onLeave'].some((name) => textOf(child(sync, name)) === 'delete');
  const fields = entriesOf(child(sync, 'fields')).map(({ name }) => name);
  const references = Object.entries(resource.references ?? {}).filter(([field]) => fields.includes(field));
  return [
    resource.create.operation,
    resource.update.operation,
    ...[resource.read?.operation, resource.identity?.find, resource.siblings?.list.operation].filter(
      (id) => id !== undefined,
    ),
    ...(departs ? [resource.delete.operation] : []),
    ...(fields.includes('customFields') ? ['get-custom-fields'] : []),
    ...references.map(([, { operation }]) => operation),
  ];
}
