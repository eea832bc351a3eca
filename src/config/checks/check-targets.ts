import type { Resource } from '../../catalog/resource.ts';
import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, entryAt } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** What a sync's resource has not: tags. */
export function checkTargets(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap(({ value }) => {
    const resource = ghlResourceOf(root, value);
    return resource ? tagProblems(value, resource) : [];
  });
}

function tagProblems(sync: Node, resource: Resource): Problem[] {
  if (resource.tags) return [];
  const farewells = ['onDelete', 'onLeave'].flatMap((name) => entryAt(child(sync, name), 'tag') ?? []);
  return [entryAt(sync, 'tags') ?? [], farewells].flat().map((entry) => forbidden(entry, resource));
}

function forbidden({ key, name }: Entry, resource: Resource): Problem {
  return problemAt('bad-value', key, `${withArticle(resource.name)} has no ${name}`, 'remove it');
}
