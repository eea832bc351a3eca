import type { Problem } from '../model/problem.ts';
import { didYouMean } from './nearest.ts';
import { problemAt } from './problem-at.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** The fields of each resource of a ghl connection, by the resource's name. */
export type ResourceFields = ReadonlyMap<string, readonly string[]>;

/** Properties of a sync that are easily put under `fields`. */
const BESIDE = ['tags', 'onDelete', 'onLeave', 'when', 'key', 'parent'];

/** Names under `fields` that the target has not. */
export function checkFields(root: Node, fields: ResourceFields): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const [connection = '', resource = ''] = (textOf(child(value, 'to')) ?? '').split('.');
    const known = fields.get(resource);
    if (!known || textOf(child(root, 'connections', connection, 'type')) !== 'ghl') return [];
    return entriesOf(child(value, 'fields'))
      .filter(({ name }) => name !== 'customFields' && !known.includes(name))
      .map((entry) => unknownField(entry, `${connection}.${resource}`, known));
  });
}

function unknownField({ name, key }: Entry, target: string, known: readonly string[]): Problem {
  const remedy = BESIDE.includes(name)
    ? `it stands beside fields, not under it`
    : didYouMean(name, [...known, 'customFields'], 'remove it');
  return problemAt('unknown-field', key, `unknown field "${name}" of ${target}`, remedy);
}
