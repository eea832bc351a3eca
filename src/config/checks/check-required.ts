import type { Catalog } from '../../catalog/load.ts';
import type { Resource } from '../../catalog/resource.ts';
import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import { nearest } from '../nearest.ts';
import { otherFieldFor } from '../other-words.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Fields that a create of the resource wants, and no line maps. */
export function checkRequired(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const resource = ghlResourceOf(root, sync.value);
    const missing = resource ? missingFields(sync, resource, catalog) : [];
    if (!resource || missing.length === 0) return [];
    const names = missing.map((name) => `"${name}"`).join(' and ');
    const example = missing.map((name) => `${name}: …`).join(', ');
    const message = `sync "${sync.name}" writes ${withArticle(resource.name)}, which needs ${names}`;
    return [problemAt('missing-field', sync.key, message, `add under "fields:" ${example}`)];
  });
}

function missingFields(sync: Entry, resource: Resource, catalog: Catalog): readonly string[] {
  const fields = child(sync.value, 'fields');
  if (fields && fields.kind !== 'map') return []; // told by the schema
  const schema = catalog.operation(resource.create.operation)?.body?.schema;
  const mapped = entriesOf(fields).map(({ name }) => name);
  const filled = ['locationId', resource.parent?.parameter, ...Object.keys(resource.createDefaults ?? {})];
  const strangers = mapped.filter((name) => schema?.properties?.[name] === undefined);
  const missing = (schema?.required ?? []).filter((name) => !mapped.includes(name) && !filled.includes(name));
  // Misspelt, or called something else, and told as that.
  if (missing.length === 1 && strangers.length === 1) return [];
  const meant = strangers.map((stranger) => nearest(stranger, missing) ?? otherFieldFor(stranger, missing));
  return missing.filter((name) => !meant.includes(name));
}
