import type { Catalog } from '../../catalog/load.ts';
import { LIST_NAMES } from '../../model/lock.ts';
import type { ListName } from '../../model/lock.ts';
import { neededScopes } from '../checks/check-scopes.ts';
import { targetConnection } from '../target-of.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { ID_FIELDS } from './id-fields.ts';

/** What the syncs of a ghl connection want of its location. */
export interface LocationNeeds {
  /** The least scopes, in alphabetical order. */
  readonly scopes: readonly string[];
  /** Lists that hold what their mappings name. */
  readonly lists: readonly ListName[];
}

export function locationNeeds(root: Node, connection: string, catalog: Catalog): LocationNeeds {
  const syncs = entriesOf(child(root, 'syncs')).filter(({ value }) => targetConnection(value) === connection);
  const fields = syncs.flatMap(({ value }) =>
    ['fields', 'with'].flatMap((block) => entriesOf(child(value, block)).map(({ name }) => name)),
  );
  const lists = new Set<string>(
    fields.map((name) => (name === 'customFields' ? 'customFields' : (ID_FIELDS[name] ?? ''))),
  );
  if (lists.has('stages')) lists.add('pipelines');
  return {
    scopes: neededScopes(root, connection, catalog),
    lists: LIST_NAMES.filter((name) => lists.has(name)),
  };
}
