import type { Resource } from '../catalog/resource.ts';
import type { Problem } from '../model/problem.ts';
import { syncsInCycle } from './check-cycles.ts';
import { problemAt } from './problem-at.ts';
import { ghlResourceOf } from './target-of.ts';
import { child, entriesOf, entryAt, textOf } from './tree.ts';
import type { Entry, Node } from './tree.ts';

/** What a sync's resource wants and has not: a parent of the right kind, tags. */
export function checkTargets(root: Node): readonly Problem[] {
  const circling = syncsInCycle(root);
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const resource = ghlResourceOf(root, sync.value);
    if (!resource) return [];
    const parents = circling.has(sync.name) ? [] : parentProblems(root, sync, resource);
    return [...parents, ...tagProblems(sync.value, resource)];
  });
}

function parentProblems(root: Node, sync: Entry, resource: Resource): Problem[] {
  const parent = entryAt(sync.value, 'parent');
  const wanted = resource.parent?.resource;
  if (!wanted) return parent ? [forbidden(parent, resource, 'parent')] : [];
  if (!parent) {
    const message = `sync "${sync.name}" writes a ${resource.name} and names no parent`;
    return [problemAt('missing-property', sync.key, message, `add "parent:" with the sync of its ${wanted}`)];
  }
  const named = child(parent.value, 'sync') ?? parent.value;
  const parentSync = child(root, 'syncs', textOf(named) ?? '');
  if (!parentSync) return []; // told where references are checked
  const to = textOf(child(parentSync, 'to'));
  const own = textOf(child(sync.value, 'to'))?.split('.')[0] ?? '';
  if (to === undefined || to === `${own}.${wanted}`) return sourceProblems(sync, parent, parentSync);
  const message = `the parent of a ${resource.name} is a ${wanted}, and "${textOf(named)}" writes ${to}`;
  return [problemAt('bad-value', named.at, message, `name the sync that writes ${own}.${wanted}`)];
}

/** Without a key, the parent is what the parent's sync makes of the very same record. */
function sourceProblems(sync: Entry, parent: Entry, parentSync: Node): Problem[] {
  const own = textOf(child(sync.value, 'from'));
  const theirs = textOf(child(parentSync, 'from'));
  if (own === theirs || child(parent.value, 'key')) return [];
  const message = `sync "${sync.name}" reads ${own ?? 'nothing'}, its parent ${theirs ?? 'nothing'}`;
  return [
    problemAt('missing-property', parent.key, message, 'say which parent with "parent: { sync, key }"'),
  ];
}

function tagProblems(sync: Node, resource: Resource): Problem[] {
  if (resource.tags) return [];
  const farewells = ['onDelete', 'onLeave'].flatMap((name) => entryAt(child(sync, name), 'tag') ?? []);
  return [entryAt(sync, 'tags') ?? [], farewells]
    .flat()
    .map((entry) => forbidden(entry, resource, entry.name));
}

function forbidden(entry: Entry, resource: Resource, what: string): Problem {
  return problemAt('bad-value', entry.key, `a ${resource.name} has no ${what}`, 'remove it');
}
