import { parameterFor, sameName } from '../../catalog/resource.ts';
import { withArticle } from '../article.ts';
import type { Problem } from '../../model/problem.ts';
import { pathNamesOf } from '../compile/compile-resources.ts';
import { spanInside } from '../fill-variables.ts';
import { problemAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { ghlResourceOf, httpTargetOf } from '../target-of.ts';
import type { HttpTarget } from '../target-of.ts';
import { child, entriesOf, entryAt, itemsOf, looseStrings, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

/** Syncs that write a resource of a connection of type http: what it can't do, and ids that its paths can't have. */
export function checkHttpTargets(root: Node, texts: Texts): readonly Problem[] {
  return entriesOf(child(root, 'syncs')).flatMap((sync) => {
    const target = httpTargetOf(root, sync.value);
    if (!target) return [];
    return [
      ...createProblems(sync, target),
      ...tagProblems(sync.value, target),
      ...unreadable(sync.value, target),
      ...departureProblems(sync.value, target),
      ...fixedFields(sync.value, target),
      ...pathProblems(root, sync.value, target, texts),
      ...nobody(target),
    ];
  });
}

function createProblems(sync: Entry, { connection, name, node }: HttpTarget): Problem[] {
  if (child(node, 'create')) return [];
  const message = `resource "${name}" of ${connection} has no "create", and sync "${sync.name}" writes it`;
  return [problemAt('missing-property', sync.key, message, `add "create:" to the resource`)];
}

function tagProblems(sync: Node, { name }: HttpTarget): Problem[] {
  const farewells = ['onDelete', 'onLeave'].flatMap((each) => entryAt(child(sync, each), 'tag') ?? []);
  return [entryAt(sync, 'tags') ?? [], farewells]
    .flat()
    .map((entry) =>
      problemAt(
        'bad-value',
        entry.key,
        `${withArticle(name)} has no ${entry.name}`,
        'remove it, or map a field of the API that holds tags',
      ),
    );
}

/** Nothing here reads one: what only a look can tell is not to be had. */
function unreadable(sync: Node, { name }: HttpTarget): Problem[] {
  const empties = entriesOf(child(sync, 'fields')).flatMap(({ value }) => {
    const on = child(value, 'on');
    if (!on || textOf(on) !== 'empty') return [];
    const message = `${withArticle(name)} can't be read: nobody knows whether the field is empty`;
    return [problemAt('bad-value', on.at, message, 'write "on: create", or take "on" out')];
  });
  const mark = entryAt(sync, 'mark');
  if (!mark) return empties;
  const message = `${withArticle(name)} has no text that a mark could be found in`;
  return [...empties, problemAt('bad-value', mark.key, message, 'remove it')];
}

function departureProblems(sync: Node, { name, node }: HttpTarget): Problem[] {
  if (child(node, 'delete')) return [];
  return ['onDelete', 'onLeave'].flatMap((each) => {
    const at = child(sync, each);
    return at && textOf(at) === 'delete'
      ? [
          problemAt(
            'bad-value',
            at.at,
            `${withArticle(name)} has no "delete"`,
            'add it to the resource, or ignore the departure',
          ),
        ]
      : [];
  });
}

/** What changes later has nowhere to go. */
function fixedFields(sync: Node, { name, node }: HttpTarget): Problem[] {
  const fields = entryAt(sync, 'fields');
  if (child(node, 'update') || !fields || !child(node, 'create')) return [];
  const kept = entriesOf(fields.value).filter(({ value }) => textOf(child(value, 'on')) !== 'create');
  if (kept.length === 0) return [];
  const message = `${withArticle(name)} has no "update": what changes after its create is not written`;
  const problem = problemAt('bad-value', fields.key, message, 'add "update:" to the resource');
  return [{ ...problem, severity: 'warning' }];
}

/** A PUT or a DELETE whose request names nobody: neither `{id}` nor a mapped field. */
function nobody({ name, node }: HttpTarget): Problem[] {
  return ['update', 'delete'].flatMap((call) => {
    const request = child(node, call);
    const path = child(request, 'path');
    const text = textOf(path) ?? '';
    const method = textOf(child(request, 'method')) ?? '';
    const named =
      /\{|\$\{/.test(text) || (request && looseStrings(request).some((each) => /\{\{/.test(each)));
    if (!path || !['PUT', 'PATCH', 'DELETE'].includes(method) || named) return [];
    const better = text.replace(/\/:\w+$/, '').replace(/\/$/, '');
    const message = `nothing in this request says which ${name} is meant`;
    const problem = problemAt('bad-value', path.at, message, `write for example ${better}/{id}`);
    return [{ ...problem, severity: 'warning' }];
  });
}

/** `{memberId}`, where another sync writes members: the parent is wrong, not the path. */
function wrongParent(root: Node, parent: Node, hole: string, resource: string): Problem | undefined {
  const right = entriesOf(child(root, 'syncs')).find(({ value }) => {
    const made = textOf(child(value, 'to'))?.split('.').at(-1);
    return made !== undefined && sameName(hole, parameterFor(made));
  });
  if (hole === 'id' || !right) return undefined;
  const named = textOf(parent) ?? '';
  const to = textOf(child(root, 'syncs', named, 'to')) ?? '';
  const message = `${withArticle(resource)} wants {${hole}} of its parent, and "${named}" writes ${to}`;
  return problemAt('bad-value', parent.at, message, `name the sync that writes one: ${right.name}`);
}

/** `{id}` is there once it is created; any other name is the parent's. */
function pathProblems(root: Node, sync: Node, { name, node }: HttpTarget, texts: Texts): Problem[] {
  const parent = child(sync, 'parent');
  const parentSync = child(root, 'syncs', textOf(child(parent, 'sync') ?? parent) ?? '');
  // A parent that is not there, or writes nothing known, was told; nobody can say what its ids are called.
  const made = parentSync && (ghlResourceOf(root, parentSync) ?? httpTargetOf(root, parentSync));
  if (parent && !made) return [];
  const resource = textOf(child(parentSync, 'to'))?.split('.').at(-1);
  const parameter = resource === undefined ? undefined : parameterFor(resource);
  return ['create', 'find', 'update', 'delete'].flatMap((call) => {
    const path = itemsOf(child(node, call, 'path'))[0];
    const born = call === 'update' || call === 'delete';
    return pathNamesOf(textOf(path) ?? '').flatMap((hole) => {
      if ((hole === 'id' && born) || (parameter !== undefined && sameName(hole, parameter))) return [];
      const wrong = parent && wrongParent(root, child(parent, 'sync') ?? parent, hole, name);
      if (wrong) return [wrong];
      const message =
        hole === 'id'
          ? `there is no {id} yet when ${withArticle(name)} is to ${call}`
          : `nothing fills {${hole}} of ${withArticle(name)}`;
      const known = [...(born ? ['{id}'] : []), ...(parameter === undefined ? [] : [`{${parameter}}`])];
      const remedy = `a mapped field is {{ ${hole} }}${known.length === 0 ? '' : `; ids are ${known.join(', ')}`}`;
      const offset = String(textOf(path)).indexOf(`{${hole}}`);
      const at = path?.kind === 'scalar' ? spanInside(texts, path, offset, hole.length + 2) : path!.at;
      return [problemAt('bad-value', at, message, remedy)];
    });
  });
}
