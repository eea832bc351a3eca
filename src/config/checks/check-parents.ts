import { parameterFor, sameName } from '../../catalog/resource.ts';
import type { Catalog } from '../../catalog/load.ts';
import type { Resource } from '../../catalog/resource.ts';
import type { Problem } from '../../model/problem.ts';
import { withArticle } from '../article.ts';
import { syncsInCycle } from './check-cycles.ts';
import { parametersOf } from '../operation-parameters.ts';
import { problemAt } from '../problem-at.ts';
import { ghlOperationOf, ghlResourceOf, httpTargetOf } from '../target-of.ts';
import { child, entriesOf, entryAt, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** A sync's parent: there where the resource wants one, of the right kind, and found without doubt. */
export function checkParents(root: Node, catalog: Catalog): readonly Problem[] {
  const circling = syncsInCycle(root);
  return entriesOf(child(root, 'syncs'))
    .filter(({ name }) => !circling.has(name))
    .flatMap((sync) => {
      const resource = ghlResourceOf(root, sync.value);
      const parent = entryAt(sync.value, 'parent');
      if (resource?.parent && !parent) return [missing(sync, resource)];
      if (resource && !resource.parent && parent) return [forbidden(parent, resource)];
      return parent ? parentProblems(root, sync, parent, catalog) : [];
    });
}

function missing({ name, key }: Entry, resource: Resource): Problem {
  const message = `sync "${name}" writes ${withArticle(resource.name)} and names no parent`;
  const remedy = `add "parent:" with the sync of its ${resource.parent?.resource ?? 'parent'}`;
  return problemAt('missing-property', key, message, remedy);
}

function forbidden({ key }: Entry, resource: Resource): Problem {
  return problemAt('bad-value', key, `${withArticle(resource.name)} has no parent`, 'remove it');
}

function parentProblems(root: Node, sync: Entry, parent: Entry, catalog: Catalog): readonly Problem[] {
  const named = child(parent.value, 'sync') ?? parent.value;
  const parentSync = child(root, 'syncs', textOf(named) ?? '');
  const call = textOf(child(parentSync, 'call'));
  if (call !== undefined) {
    const message = `"${textOf(named)}" calls ${call}: it makes nothing that could be a parent`;
    return [problemAt('bad-value', named.at, message, 'name a sync that has "to:"')];
  }
  const made = parentSync && (ghlResourceOf(root, parentSync) ?? httpTargetOf(root, parentSync));
  if (!made) return []; // told where references are checked
  const wrong = kindProblem(root, sync, named, parentSync, made.name, catalog);
  return wrong ? [wrong] : sourceProblems(root, sync, parent, parentSync);
}

function kindProblem(
  root: Node,
  sync: Entry,
  named: Node,
  parentSync: Node,
  made: string,
  catalog: Catalog,
): Problem | undefined {
  const to = textOf(child(parentSync, 'to')) ?? '';
  const resource = ghlResourceOf(root, sync.value);
  const wanted = resource?.parent?.resource;
  const own = textOf(child(sync.value, 'to'))?.split('.')[0] ?? '';
  if (wanted !== undefined && to !== `${own}.${wanted}`) {
    const message = `the parent of ${withArticle(resource!.name)} is ${withArticle(wanted)}, and "${textOf(named)}" writes ${to}`;
    return problemAt('bad-value', named.at, message, `name the sync that writes ${own}.${wanted}`);
  }
  const operation = ghlOperationOf(root, sync.value, catalog);
  const takes =
    !operation || parametersOf(operation).some((parameter) => sameName(parameter, parameterFor(made)));
  if (takes) return undefined;
  const message = `${operation.id} takes no id of ${withArticle(made)}, which is what "${textOf(named)}" writes`;
  return problemAt('bad-value', named.at, message, 'name another sync, or remove the line');
}

/** Without a key, the parent is what the parent's sync makes of the very same record. */
function sourceProblems(root: Node, sync: Entry, parent: Entry, parentSync: Node): readonly Problem[] {
  const own = textOf(child(sync.value, 'from')) ?? '';
  const theirs = textOf(child(parentSync, 'from')) ?? '';
  const known = [own, theirs].every((name) => child(root, 'sources', name));
  if (own === theirs || !known || child(parent.value, 'key')) return [];
  const name = textOf(child(parent.value, 'sync') ?? parent.value) ?? '';
  const message = `sync "${sync.name}" reads ${own}, and its parent "${name}" reads ${theirs}: nothing says which of them is a record's`;
  const remedy = `write parent: { sync: ${name}, key: … }, with the field of ${own} that holds the key of "${name}"`;
  return [problemAt('missing-property', parent.key, message, remedy)];
}
