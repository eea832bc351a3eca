import type { Resource } from '../../catalog/resource.ts';
import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import { ghlResourceOf } from '../target-of.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** `on: empty` needs a target that can be read, and a field that reading shows. */
export function checkEmpty(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const parameters = emptiesUnder(child(value, 'with')).map(({ on }) =>
      problemAt('bad-value', on.at, 'a call has no target that could hold something', 'take "on" out'),
    );
    const resource = ghlResourceOf(root, value);
    if (!resource) return parameters;
    const fields = emptiesUnder(child(value, 'fields'));
    return [...parameters, ...fields.flatMap(({ name, on }) => fieldProblems(resource, name, on))];
  });
}

interface Empty {
  /** Of the field; nothing for a custom field. */
  readonly name: string | undefined;
  readonly on: Node;
}

function emptiesUnder(fields: Node | undefined): Empty[] {
  const custom = child(fields, 'customFields');
  const own = entriesOf(fields).filter(({ value }) => value !== custom);
  return [
    ...own.flatMap((entry) => emptyIn(entry, entry.name)),
    ...entriesOf(custom).flatMap((entry) => emptyIn(entry, undefined)),
  ];
}

function emptyIn({ value }: Entry, name: string | undefined): Empty[] {
  const on = child(value, 'on');
  return on && textOf(on) === 'empty' ? [{ name, on }] : [];
}

function fieldProblems(
  { name: resource, read, hidden = [] }: Resource,
  name: string | undefined,
  on: Node,
): Problem[] {
  const remedy = 'write "on: create", or take "on" out';
  if (!read) {
    const message = `${withArticle(resource)} can't be read: nobody knows whether the field is empty`;
    return [problemAt('bad-value', on.at, message, remedy)];
  }
  if (name === undefined || !hidden.includes(name)) return [];
  const message = `reading ${withArticle(resource)} does not show ${name}: nobody knows whether it is empty`;
  return [problemAt('bad-value', on.at, message, remedy)];
}
