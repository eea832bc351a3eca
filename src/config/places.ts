import { child, entriesOf, itemsOf, textOf } from './tree.ts';
import type { Entry, Node, Path, ScalarNode } from './tree.ts';

/** A scalar that holds an expression or a text: LANGUAGE's table, walked over a file. */
export interface Place {
  /** `tag`: a text that may yield several values. */
  readonly is: 'expression' | 'text' | 'tag';
  readonly path: Path;
  readonly node: ScalarNode;
  /** Variables that it may use, besides `$vars`; nothing where that can't be known. */
  readonly variables: readonly string[] | undefined;
}

type Variables = readonly string[] | undefined;

const ANSWER = ['status', 'headers'];

const known = new WeakMap<Node, readonly Place[]>();

/** Every expression and text of a file, in its order by block; several checks ask, and one walk answers. */
export function placesOf(root: Node): readonly Place[] {
  const places = known.get(root) ?? walk(root);
  known.set(root, places);
  return places;
}

function walk(root: Node): readonly Place[] {
  return [
    ...entriesOf(child(root, 'connections')).flatMap((entry) => connectionPlaces(entry)),
    ...entriesOf(child(root, 'sources')).flatMap((entry) => sourcePlaces(entry)),
    ...entriesOf(child(root, 'syncs')).flatMap((entry) => syncPlaces(root, entry)),
  ];
}

const OPEN = new Set(['query', 'headers', 'form', 'multipart', 'json', 'customFields', 'value']);

/** True for an `x-*` key that is free; in maps whose names are data, such as headers, it is like any other. */
export function isFree(path: Path, name: string): boolean {
  if (!name.startsWith('x-')) return false;
  const credentials = path[0] === 'connections' && path[3] === 'fields';
  const data = path[0] === 'tables' && path.length > 1;
  return !credentials && !data && !path.some((part) => OPEN.has(String(part)));
}

function connectionPlaces({ name, value }: Entry): readonly Place[] {
  const path = ['connections', name];
  return [
    ...expressions(value, path, ['fails'], ANSWER),
    ...expressions(child(value, 'webhook'), [...path, 'webhook'], ['event', 'id'], []),
    ...entriesOf(child(value, 'resources')).flatMap((resource) =>
      entriesOf(resource.value).flatMap((call) => {
        const callPath = [...path, 'resources', resource.name, call.name];
        return [
          ...requestPlaces(call.value, callPath, []),
          ...expressions(call.value, callPath, ['id', 'records'], ANSWER),
        ];
      }),
    ),
  ];
}

function sourcePlaces({ name, value }: Entry): readonly Place[] {
  const path = ['sources', name];
  const window = child(value, 'poll', 'window') ? ['from', 'to'] : [];
  const poll = child(value, 'poll');
  return [
    ...expressions(value, path, ['key', 'updatedAt', 'deleted'], ['event']),
    ...letPlaces(child(value, 'let'), [...path, 'let']),
    ...expressions(child(value, 'webhook'), [...path, 'webhook'], ['record'], ['event']),
    ...requestPlaces(child(value, 'fetch'), [...path, 'fetch'], []),
    ...expressions(child(value, 'fetch'), [...path, 'fetch'], ['record'], ANSWER),
    ...requestPlaces(child(poll, 'request'), [...path, 'poll', 'request'], ['since', ...window]),
    ...expressions(poll, [...path, 'poll'], ['records'], ANSWER),
    ...expressions(child(poll, 'next'), [...path, 'poll', 'next'], ['value'], ANSWER),
  ];
}

/** Each sees the names above it. */
function letPlaces(node: Node | undefined, path: Path): readonly Place[] {
  const entries = entriesOf(node);
  return entries.flatMap(({ name, value }, index) => {
    const above = entries.slice(0, index).map((entry) => entry.name);
    return scalar('expression', value, [...path, name], ['event', ...above]);
  });
}

function syncPlaces(root: Node, { name, value }: Entry): readonly Place[] {
  const path = ['syncs', name];
  const sees = syncVariables(root, value);
  return [
    ...expressions(value, path, ['when', 'key', 'each'], sees),
    ...expressions(child(value, 'parent'), [...path, 'parent'], ['key'], sees),
    ...fieldPlaces(child(value, 'fields'), [...path, 'fields'], sees),
    ...fieldPlaces(child(value, 'with'), [...path, 'with'], sees),
    ...tagPlaces(child(value, 'tags'), [...path, 'tags'], sees),
    ...scalar('tag', child(value, 'onDelete', 'tag'), [...path, 'onDelete', 'tag'], sees),
    ...scalar('tag', child(value, 'onLeave', 'tag'), [...path, 'onLeave', 'tag'], sees),
  ];
}

/** The names of the source's `let`, and what else a sync's expressions see. */
function syncVariables(root: Node, sync: Node): Variables {
  const source = textOf(child(sync, 'from'));
  const found = source === undefined ? undefined : child(root, 'sources', source);
  if (!found) return undefined;
  const lets = child(found, 'let');
  if (lets && lets.kind !== 'map') return undefined; // told by the schema
  const names = entriesOf(lets).map((entry) => entry.name);
  if (!names.every((name) => /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name))) return undefined; // told by the schema
  const before = child(sync, 'call') ? ['before'] : [];
  const record = child(sync, 'each') ? ['record'] : [];
  return [...names, 'event', ...before, ...record];
}

function fieldPlaces(fields: Node | undefined, path: Path, sees: Variables): readonly Place[] {
  return entriesOf(fields).flatMap(({ name, value }) => {
    const here = [...path, name];
    if (name === 'customFields' && path.at(-1) === 'fields') return customPlaces(value, here, sees);
    return fieldPlace(value, here, sees);
  });
}

function customPlaces(node: Node, path: Path, sees: Variables): readonly Place[] {
  const entries = node.kind === 'map' ? [...node.entries.values()] : [];
  return entries.flatMap(({ name, value }) => fieldPlace(value, [...path, name], sees));
}

function fieldPlace(value: Node, path: Path, sees: Variables): readonly Place[] {
  if (value.kind !== 'map') return scalar('expression', value, path, sees);
  return [
    ...scalar('text', child(value, 'text'), [...path, 'text'], sees),
    ...scalar('expression', child(value, 'expr'), [...path, 'expr'], sees),
  ];
}

function tagPlaces(tags: Node | undefined, path: Path, sees: Variables): readonly Place[] {
  const rules = tags?.kind === 'list' ? tags.items : [];
  return rules.flatMap((rule, index) => {
    const here = [...path, index];
    return [
      ...scalar('tag', rule, here, sees),
      ...expressions(rule, here, ['when'], sees),
      ...tagTexts(child(rule, 'add'), [...here, 'add'], sees),
      ...tagTexts(child(rule, 'remove'), [...here, 'remove'], sees),
    ];
  });
}

function tagTexts(node: Node | undefined, path: Path, sees: Variables): readonly Place[] {
  const inList = node?.kind === 'list';
  return itemsOf(node).flatMap((item, index) => scalar('tag', item, inList ? [...path, index] : path, sees));
}

function requestPlaces(request: Node | undefined, path: Path, sees: Variables): readonly Place[] {
  return [
    ...scalar('text', child(request, 'path'), [...path, 'path'], sees),
    ...['query', 'headers', 'form', 'multipart', 'json'].flatMap((part) =>
      texts(child(request, part), [...path, part], sees),
    ),
  ];
}

/** All strings below a node are texts: `x-…` is a header here, nothing free. */
function texts(node: Node | undefined, path: Path, sees: Variables): readonly Place[] {
  if (node?.kind === 'map') {
    return [...node.entries.values()].flatMap(({ name, value }) => texts(value, [...path, name], sees));
  }
  if (node?.kind === 'list') return node.items.flatMap((item, index) => texts(item, [...path, index], sees));
  return scalar('text', node, path, sees);
}

function expressions(
  node: Node | undefined,
  path: Path,
  names: readonly string[],
  sees: Variables,
): readonly Place[] {
  return names.flatMap((name) => scalar('expression', child(node, name), [...path, name], sees));
}

function scalar(is: Place['is'], node: Node | undefined, path: Path, variables: Variables): readonly Place[] {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? [{ is, path, node, variables }] : [];
}
