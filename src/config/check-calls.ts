import type { Catalog } from '../catalog/load.ts';
import type { Operation } from '../catalog/operation.ts';
import { parameterFor, sameName } from '../catalog/resource.ts';
import type { Problem } from '../model/problem.ts';
import { didYouMean, nearest } from './nearest.ts';
import { parametersOf, requiredParameters } from './operation-parameters.ts';
import { problemAt } from './problem-at.ts';
import { child, entriesOf, entryAt, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** Actions: the operation must be there, and take the parameters of `with`. */
export function checkCalls(root: Node, catalog: Catalog): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const call = child(sync.value, 'call');
    const [connection = '', ...rest] = (textOf(call) ?? '').split('.');
    if (!call || child(sync.value, 'to')) return [];
    if (textOf(child(root, 'connections', connection, 'type')) !== 'ghl') return [];
    const id = rest.at(-1) ?? '';
    const part = rest.length === 2 ? rest[0] : undefined;
    const operation = catalog.operation(id, part);
    if (!operation) return [unknownOperation(call, id, part, catalog)];
    return parameterProblems(root, sync, operation);
  });
}

function unknownOperation(call: Node, id: string, part: string | undefined, catalog: Catalog): Problem {
  const having = catalog.parts.filter((each) => catalog.operation(id, each));
  if (having.length === 0) {
    const remedy = didYouMean(id, catalog.ids, 'see the API for its operation ids');
    return problemAt('unknown-operation', call.at, `unknown operation "${id}"`, remedy);
  }
  const written = (textOf(call) ?? '').split('.')[0] ?? '';
  const choices = having.map((each) => `${written}.${each}.${id}`).join(' or ');
  const message =
    part === undefined ? `several parts of HighLevel have "${id}"` : `"${part}" of HighLevel has no "${id}"`;
  return problemAt('unknown-operation', call.at, message, `write ${choices}`);
}

function parameterProblems(root: Node, sync: Entry, operation: Operation): Problem[] {
  const known = parametersOf(operation);
  const strangers = entriesOf(child(sync.value, 'with')).filter(({ name }) => !known.includes(name));
  const missing = missingParameters(root, sync, operation);
  const meant = strangers.map(
    ({ name }) => nearest(name, missing) ?? (missing.length === 1 ? missing[0] : undefined),
  );
  const unknown = strangers.map(({ name, key }, index) => {
    const guess = meant[index];
    const remedy = guess === undefined ? didYouMean(name, known, 'remove it') : `did you mean "${guess}"?`;
    return problemAt('unknown-field', key, `unknown parameter "${name}" of ${operation.id}`, remedy);
  });
  // A misspelt name is unknown, and the right one missing: one mistake.
  const lacking = missing.filter((name) => !meant.includes(name));
  return [...unknown, ...(lacking.length === 0 ? [] : [lacks(sync, operation, lacking)])];
}

function lacks({ key }: Entry, { id }: Operation, names: readonly string[]): Problem {
  const parent = names.includes('contactId') ? '; "parent:" fills contactId' : '';
  const message = `${id} wants ${names.map((name) => `"${name}"`).join(', ')}`;
  return problemAt('missing-field', key, message, `add it under "with:"${parent}`);
}

/** Without what the runner fills in itself: the location, and the parent's id. */
function missingParameters(root: Node, sync: Entry, operation: Operation): readonly string[] {
  const given = new Set(entriesOf(child(sync.value, 'with')).map(({ name }) => name));
  const parent = entryAt(sync.value, 'parent')?.value;
  const parentSync = child(root, 'syncs', textOf(child(parent, 'sync') ?? parent) ?? '');
  const written = textOf(child(parentSync, 'to'))?.split('.').at(-1);
  // A parent of another kind was told.
  const parents = parent ? ['contactId', parameterFor(written ?? 'contact')] : [];
  return requiredParameters(operation).filter(
    (name) =>
      !given.has(name) &&
      !['locationId', 'location_id'].includes(name) &&
      !parents.some((parameter) => sameName(name, parameter)),
  );
}
