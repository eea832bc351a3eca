import type { Catalog } from '../catalog/load.ts';
import type { Operation } from '../catalog/operation.ts';
import type { Problem } from '../model/problem.ts';
import { didYouMean } from './nearest.ts';
import { problemAt } from './problem-at.ts';
import { child, entriesOf, entryAt, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** Actions: the operation must be there, and take the parameters of `with`. */
export function checkCalls(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const call = child(sync.value, 'call');
    const [connection = '', ...rest] = (textOf(call) ?? '').split('.');
    if (!call || textOf(child(root, 'connections', connection, 'type')) !== 'ghl') return [];
    const id = rest.at(-1) ?? '';
    const operation = catalog.operation(id, rest.length === 2 ? rest[0] : undefined);
    if (!operation) return [unknownOperation(call, id, catalog)];
    return [...parameterProblems(sync, operation), ...missingParameters(sync, operation)];
  });
}

function unknownOperation(call: Node, id: string, catalog: Catalog): Problem {
  const remedy = didYouMean(id, catalog.ids, 'see the API for its operation ids');
  return problemAt('unknown-operation', call.at, `unknown operation "${id}"`, remedy);
}

function parameterProblems(sync: Entry, operation: Operation): Problem[] {
  const known = namesOf(operation);
  return entriesOf(child(sync.value, 'with'))
    .filter(({ name }) => !known.includes(name))
    .map(({ name, key }) => {
      const remedy = didYouMean(name, known, 'remove it');
      return problemAt('unknown-field', key, `unknown parameter "${name}" of ${operation.id}`, remedy);
    });
}

/** What the runner fills in itself: the location, and the parent's id. */
function missingParameters(sync: Entry, operation: Operation): Problem[] {
  const given = new Set(entriesOf(child(sync.value, 'with')).map(({ name }) => name));
  const filled = ['locationId', 'location_id', ...(entryAt(sync.value, 'parent') ? ['contactId'] : [])];
  const missing = requiredBy(operation).filter((name) => !given.has(name) && !filled.includes(name));
  if (missing.length === 0) return [];
  const parent = missing.includes('contactId') ? '; "parent:" fills contactId' : '';
  const message = `${operation.id} wants ${missing.map((name) => `"${name}"`).join(', ')}`;
  return [problemAt('missing-field', sync.key, message, `add it under "with:"${parent}`)];
}

function namesOf({ parameters, body }: Operation): string[] {
  return [...parameters.map(({ name }) => name), ...Object.keys(body?.schema.properties ?? {})];
}

function requiredBy({ parameters, body }: Operation): string[] {
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return [...required, ...(body?.schema.required ?? [])];
}
