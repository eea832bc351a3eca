import type { Resource } from '../../catalog/resource.ts';
import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import type { ResourceFields } from './check-fields.ts';
import { ghlResourceOf } from '../target-of.ts';
import { didYouMean } from '../nearest.ts';
import { problemAt } from '../problem-at.ts';
import { child, entriesOf, entryAt, itemsOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** What a child is found by: `mark` needs a text to carry it, `match` fields that the sync maps. */
export function checkFinding(root: Node, fields: ResourceFields): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const resource = ghlResourceOf(root, value);
    if (!resource) return [];
    return [...markProblems(value, resource), ...matchProblems(value, resource, fields)];
  });
}

function markProblems(sync: Node, resource: Resource): Problem[] {
  const mark = entryAt(sync, 'mark');
  if (!mark || resource.markField !== undefined || valueIs(mark, false)) return [];
  const message = resource.identity
    ? `${withArticle(resource.name)} is found by its own identity: it takes no mark`
    : `${withArticle(resource.name)} has no text that a mark could be found in`;
  return [problemAt('bad-value', mark.key, message, 'remove it')];
}

function valueIs({ value }: Entry, wanted: boolean): boolean {
  return value.kind === 'scalar' && value.value === wanted;
}

function matchProblems(sync: Node, resource: Resource, fields: ResourceFields): Problem[] {
  const match = entryAt(sync, 'match');
  if (!match) return [];
  if (!resource.siblings) {
    const message = `${withArticle(resource.name)} is found by its own identity, not among others`;
    return [problemAt('bad-value', match.key, message, 'remove it')];
  }
  const known = fields(resource.name) ?? [];
  const unknown = itemsOf(match.value).filter((item) => !known.includes(textOf(item) ?? ''));
  if (unknown.length > 0) return unknown.map((item) => unknownField(item, resource, known));
  const mapped = entriesOf(child(sync, 'fields')).map(({ name }) => name);
  if (itemsOf(match.value).some((item) => mapped.includes(textOf(item) ?? ''))) return [];
  const named = itemsOf(match.value).map((item) => `"${textOf(item) ?? ''}"`);
  const message =
    named.length === 1
      ? `${named[0]!} is not mapped: there is nothing to find it by`
      : `none of ${named.join(', ')} is mapped: there is nothing to find it by`;
  return [problemAt('bad-value', match.key, message, 'name fields that stand under "fields:"')];
}

function unknownField(item: Node, resource: Resource, known: readonly string[]): Problem {
  const name = textOf(item) ?? '';
  const message = `unknown field "${name}" of ${withArticle(resource.name)}`;
  return problemAt('unknown-field', item.at, message, didYouMean(name, known, 'remove it'));
}
