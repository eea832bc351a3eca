import { parameterFor, sameName } from '../../catalog/resource.ts';
import type { Problem } from '../../model/problem.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { httpTargetOf } from '../target-of.ts';
import type { HttpTarget } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';
import type { Documents } from './documents.ts';
import { fieldsOf, mappedOperation } from './http-target.ts';

/** Mapped fields that the API's own document does not know of the resource's create or update, and those that a create wants. */
export function checkHttpFields(root: Node, documents: Documents): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const target = httpTargetOf(root, sync.value);
    if (!target || !documents.has(target.connection)) return [];
    return [
      ...createProblems(root, sync, target, documents),
      ...updateProblems(sync.value, target, documents),
    ];
  });
}

function createProblems(
  root: Node,
  sync: Entry,
  { connection, name, node }: HttpTarget,
  documents: Documents,
): readonly Problem[] {
  const fields = fieldsOf(mappedOperation(documents, connection, node, 'create'));
  if (!fields) return [];
  const mapped = entriesOf(child(sync.value, 'fields'));
  const known = Object.keys(fields.properties);
  const unknown = fields.open ? [] : mapped.filter((field) => !known.includes(field.name));
  const parent = parentParameter(root, sync.value);
  const wanting = [...new Set([...fields.required, ...putRequired(documents, connection, node)])].filter(
    (wanted) =>
      !mapped.some((field) => field.name === wanted) && !(parent !== undefined && sameName(wanted, parent)),
  );
  // Misspelt, or called something else, and told as that.
  const meant = (name: string): string | undefined =>
    nearest(name, wanting) ?? (unknown.length === 1 && wanting.length === 1 ? wanting[0] : undefined);
  const problems = unknown.map((field) => {
    const message = `unknown field "${field.name}" of ${connection}.${name}`;
    const only = nearest(field.name, known) === undefined ? meant(field.name) : undefined;
    const remedy =
      only === undefined
        ? didYouMean(field.name, known, 'remove it')
        : `"${only}" is missing here: if this is it, write ${only}`;
    return problemAt('unknown-field', field.key, message, remedy);
  });
  const missing = wanting.filter((wanted) => !unknown.some((field) => meant(field.name) === wanted));
  if (missing.length === 0) return problems;
  const names = missing.map((one) => `"${one}"`).join(' and ');
  const message = `sync "${sync.name}" writes a ${name}, which needs ${names}`;
  const example = missing.map((one) => `${one}: …`).join(', ');
  return [...problems, problemAt('missing-field', sync.key, message, `add under "fields:" ${example}`)];
}

/** A PUT is the whole thing: it wants what it wants each time. The id stands in its path. */
function putRequired(documents: Documents, connection: string, resource: Node): readonly string[] {
  const update = mappedOperation(documents, connection, resource, 'update');
  return update?.method === 'PUT' ? (fieldsOf(update)?.required ?? []).filter((name) => name !== 'id') : [];
}

/** What its parent's id is called. */
export function parentParameter(root: Node, sync: Node): string | undefined {
  const parent = child(sync, 'parent');
  const named = textOf(child(parent, 'sync') ?? parent);
  const to = named === undefined ? undefined : textOf(child(root, 'syncs', named, 'to'));
  return to === undefined ? undefined : parameterFor(to);
}

/** An update bears what changed, or all of it: either way a field that it refuses spoils it. */
function updateProblems(
  sync: Node,
  { connection, name, node }: HttpTarget,
  documents: Documents,
): readonly Problem[] {
  const fields = fieldsOf(mappedOperation(documents, connection, node, 'update'));
  const create = fieldsOf(mappedOperation(documents, connection, node, 'create'));
  if (!fields || fields.open) return [];
  return (
    entriesOf(child(sync, 'fields'))
      .filter((field) => fields.properties[field.name] === undefined)
      // Unknown to both: told once.
      .filter((field) => create === undefined || create.open || create.properties[field.name] !== undefined)
      .filter(({ value }) => textOf(child(value, 'on')) !== 'create')
      .map((field) => {
        const message = `the update of ${connection}.${name} takes no "${field.name}"`;
        const remedy = `write ${field.name}: { expr: …, on: create }, or take it out`;
        return problemAt('unknown-field', field.key, message, remedy);
      })
  );
}
