import type { Problem } from '../../model/problem.ts';
import { placesOf } from '../places.ts';
import { warningAt } from '../problem-at.ts';
import { targetConnection } from '../target-of.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Sources, tables and connections that nothing uses. A config that has no syncs yet is a beginning, and left alone. */
export function checkUnused(root: Node): readonly Problem[] {
  const syncs = entriesOf(child(root, 'syncs')).map(({ value }) => value);
  if (syncs.length === 0) return [];
  const sources = entriesOf(child(root, 'sources'));
  const read = syncs.map((sync) => textOf(child(sync, 'from')));
  const reached = [
    ...sources.map(({ value }) => textOf(child(value, 'connection'))),
    ...syncs.map(targetConnection),
  ];
  return [
    ...unused(sources, read, 'source', 'no sync reads it', 'add a sync with "from:", or remove it'),
    ...unused(
      entriesOf(child(root, 'connections')),
      reached,
      'connection',
      'no source and no sync names it',
      'use it, or remove it',
    ),
    ...unusedTables(root),
  ];
}

function unused(
  entries: readonly Entry[],
  names: readonly (string | undefined)[],
  what: string,
  why: string,
  remedy: string,
): readonly Problem[] {
  if (names.some((name) => name?.includes('${'))) return [];
  return entries
    .filter(({ name }) => !names.includes(name))
    .map(({ name, key }) => warningAt('unused', key, `${what} "${name}" is not used: ${why}`, remedy));
}

function unusedTables(root: Node): readonly Problem[] {
  const expressions = placesOf(root).map(({ node }) => String(node.value));
  const calls = expressions.flatMap((each) => [...each.matchAll(/\$table\s*\(\s*("[^"]*"|'[^']*')?/g)]);
  // A name that is worked out could be any of them.
  const computed =
    calls.some((call) => call[1] === undefined) ||
    expressions.some((each) => /\$table\b(?!\s*\()/.test(each));
  const named = calls.map((call) => call[1]?.slice(1, -1));
  // `hire[type]` was told where it stands.
  const isTakenFor = ({ name }: Entry) =>
    expressions.some(
      (each) => each.split(/[^\w]+/).includes(name) && new RegExp(`\\b${name}\\s*[[.,]`).test(each),
    );
  return computed
    ? []
    : unused(
        entriesOf(child(root, 'tables')).filter((table) => !isTakenFor(table)),
        named,
        'table',
        'no expression looks into it',
        'call $table, or remove it',
      );
}
