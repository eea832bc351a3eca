import { operationNamed } from '../../catalog/api-document.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { Operation } from '../../catalog/operation.ts';
import { parameterFor, sameName } from '../../catalog/resource.ts';
import type { Problem } from '../../model/problem.ts';
import { httpCallOf } from '../api/http-target.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { parametersOf, requiredParameters, takesOthers } from '../operation-parameters.ts';
import { problemAt } from '../problem-at.ts';
import type { Apis } from '../target-of.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Actions: the operation must be there, and take the parameters of `with`. */
export function checkCalls(root: Node, apis: Apis): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    if (!child(sync.value, 'call') || child(sync.value, 'to')) return [];
    const found = ghlCall(root, sync.value, apis.catalog) ?? httpCall(root, sync.value, apis);
    if (!found) return [];
    return 'problem' in found ? [found.problem] : parameterProblems(root, sync, found.operation);
  });
}

/** Nothing where it is no call, or what keeps it from being one was told. */
type Called = { readonly operation: Operation } | { readonly problem: Problem } | undefined;

function ghlCall(root: Node, sync: Node, catalog: Catalog): Called {
  const call = child(sync, 'call')!;
  const [connection = '', ...rest] = (textOf(call) ?? '').split('.');
  if (textOf(child(root, 'connections', connection, 'type')) !== 'ghl') return undefined;
  const id = rest.at(-1) ?? '';
  const part = rest.length === 2 ? rest[0] : undefined;
  const operation = catalog.operation(id, part);
  return operation ? { operation } : { problem: unknownOfGhl(call, id, part, catalog) };
}

function unknownOfGhl(call: Node, id: string, part: string | undefined, catalog: Catalog): Problem {
  const having = catalog.parts.filter((each) => catalog.operation(id, each));
  if (having.length === 0) return unknownOperation(call, id, catalog.ids);
  const written = (textOf(call) ?? '').split('.')[0] ?? '';
  const choices = having.map((each) => `${written}.${each}.${id}`).join(' or ');
  const message =
    part === undefined ? `several parts of HighLevel have "${id}"` : `"${part}" of HighLevel has no "${id}"`;
  return problemAt('unknown-operation', call.at, message, `write ${choices}`);
}

function unknownOperation(call: Node, id: string, known: readonly string[]): Problem {
  const near = nearest(id, known);
  const all =
    known.length > 12
      ? `there are ${known.length} of them: an editor that knows the schema (boothsync schema) completes those of HighLevel`
      : didYouMean(id, known, 'see the API for its operation ids');
  const remedy = near === undefined ? all : `did you mean "${near}"?`;
  return problemAt('unknown-operation', call.at, `unknown operation "${id}"`, remedy);
}

function httpCall(root: Node, sync: Node, { documents }: Apis): Called {
  const call = httpCallOf(root, sync);
  if (!call) return undefined;
  const { connection, id, node } = call;
  if (!entryAt(root, 'connections', connection, 'openapi')) {
    const message = `a call of ${connection} needs the API's own document`;
    const remedy = `add "openapi: ./their-api.yaml" to connections.${connection}`;
    return { problem: problemAt('missing-property', node.at, message, remedy) };
  }
  const document = documents.get(connection);
  if (!document) return undefined;
  const operation = operationNamed(document, id);
  if (operation) return { operation };
  const ids = document.operations.map((one) => one.id);
  if (!ids.includes(id)) {
    // Those that the document doesn't name are called by their path here: nobody can write that.
    const named = ids.filter((one) => !one.includes(' '));
    return { problem: unknownOperation(node, id, named) };
  }
  const message = `several operations of ${connection} are called "${id}"`;
  const remedy = 'give each its own operationId in the document';
  return { problem: problemAt('unknown-operation', node.at, message, remedy) };
}

function parameterProblems(root: Node, sync: Entry, operation: Operation): readonly Problem[] {
  const known = parametersOf(operation);
  const given = entriesOf(child(sync.value, 'with'));
  const missing = missingParameters(root, sync, operation);
  // Where others are taken too, only one that is nearly what is missing is known to be wrong.
  const strangers = given.filter(
    ({ name }) => !known.includes(name) && (!takesOthers(operation) || nearest(name, missing) !== undefined),
  );
  const meant = strangers.map(
    ({ name }) => nearest(name, missing) ?? (missing.length === 1 ? missing[0] : undefined),
  );
  const unknown = strangers.map(({ name, key }, index) => {
    const guess = meant[index];
    const remedy = guess === undefined ? didYouMean(name, known, 'remove it') : `did you mean "${guess}"?`;
    return problemAt('unknown-field', key, `unknown parameter "${name}" of ${operation.id}`, remedy);
  });
  // A misspelt name is unknown, and the right one missing: one mistake.
  const block = child(sync.value, 'with');
  // A block that is no map was told by the schema.
  if (block && block.kind !== 'map') return unknown;
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
  const isGhl = httpCallOf(root, sync.value) === undefined;
  const parent = entryAt(sync.value, 'parent')?.value;
  const parentSync = child(root, 'syncs', textOf(child(parent, 'sync') ?? parent) ?? '');
  const written = textOf(child(parentSync, 'to'))?.split('.').at(-1);
  // A parent of another kind was told.
  const parents = parent ? [...(isGhl ? ['contactId'] : []), parameterFor(written ?? 'contact')] : [];
  return requiredParameters(operation).filter(
    (name) =>
      !given.has(name) &&
      !(isGhl && ['locationId', 'location_id'].includes(name)) &&
      !parents.some((parameter) => sameName(name, parameter)),
  );
}
