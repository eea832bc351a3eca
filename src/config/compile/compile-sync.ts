import { digestOf } from '../../model/digest.ts';
import type { Expression } from '../../model/expression.ts';
import type { Departure, Sync, TagRule } from '../../model/sync.ts';
import { compileHttpCall } from '../api/compile-http-call.ts';
import type { Documents } from '../api/documents.ts';
import { compileFields } from './compile-fields.ts';
import { compileGuard } from './compile-guard.ts';
import {
  looseText,
  optionalExpression,
  readBoolean,
  readChoice,
  readDuration,
  readTemplate,
} from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { resultsOf } from '../results-of.ts';
import { ghlResourceOf } from '../target-of.ts';
import { child, entriesOf, itemsOf, textOf, valueOf } from '../tree.ts';
import type { Node } from '../tree.ts';

const QUIET_MS = 2000;
const PARENT_TIMEOUT_MS = 24 * 3_600_000;

/** A checked sync with its variables filled in; `root` is the whole file, which its digest depends on. */
export function compileSync(
  reader: Reader,
  name: string,
  node: Node,
  root: Node,
  documents: Documents,
): Sync {
  const { connection, resource, action } = compileTarget(reader, name, node, root, documents);
  const source = looseText(child(node, 'from'));
  const was = looseText(child(node, 'was')).trim();
  const each = optionalExpression(reader, child(node, 'each'));
  const when = optionalExpression(reader, child(node, 'when'));
  const key = optionalExpression(reader, child(node, 'key'));
  const tags = child(node, 'tags');
  return {
    name,
    source,
    ...(was === '' ? {} : { was }),
    enabled: readBoolean(reader, child(node, 'enabled'), true),
    report: readChoice(reader, child(node, 'mode'), ['apply', 'report'], 'apply') === 'report',
    connection,
    resource,
    ...(action ? { action } : {}),
    ...(each ? { each } : {}),
    ...(when ? { when } : {}),
    ...(key ? { key } : {}),
    fields: action
      ? compileFields(reader, child(node, 'with'))
      : compileFields(reader, child(node, 'fields'), ghlResourceOf(root, node)?.instants),
    tags: tags?.kind === 'list' ? tags.items.map((rule) => compileTagRule(reader, rule)) : [],
    onDelete: compileDeparture(reader, child(node, 'onDelete')),
    onLeave: compileDeparture(reader, child(node, 'onLeave')),
    quietMs: readDuration(reader, child(node, 'quiet'), QUIET_MS),
    ...compileParent(reader, child(node, 'parent')),
    onMissing: readChoice(reader, child(node, 'onMissing'), ['create', 'skip'], 'create'),
    guard: compileGuard(reader, child(node, 'guard')),
    mark: readBoolean(reader, child(node, 'mark'), false),
    match: itemsOf(child(node, 'match')).map((field) => looseText(field)),
    digest: mappingDigest(node, source, root),
  };
}

/** `to: <connection>.<resource>`, or `call: <connection>[.<part>].<operationId>`. */
function compileTarget(
  reader: Reader,
  name: string,
  node: Node,
  root: Node,
  documents: Documents,
): Pick<Sync, 'connection' | 'resource' | 'action'> {
  const call = child(node, 'call');
  const [connection = '', ...rest] = looseText(call ?? child(node, 'to')).split('.');
  if (!call) return { connection, resource: rest[0] ?? '' };
  const http = compileHttpCall(root, node, documents);
  const operation = http?.id ?? rest.at(-1) ?? '';
  const action = {
    operation,
    ...(http ? { http } : {}),
    ...(!http && rest.length === 2 ? { part: rest[0]! } : {}),
    oncePerKey: child(node, 'once') !== undefined,
    initial: readChoice(reader, child(node, 'initial'), ['skip', 'run'], 'skip'),
    repeatSafe: child(node, 'repeat') !== undefined,
    results: resultsOf(reader.language, root, name),
  };
  return { connection, resource: `call ${operation}`, action };
}

/** A bare text is the parent's sync. */
function compileParent(reader: Reader, node: Node | undefined): Pick<Sync, 'parent'> {
  if (!node) return {};
  const key = optionalExpression(reader, child(node, 'key'));
  const sync = looseText(child(node, 'sync') ?? node);
  const timeoutMs = readDuration(reader, child(node, 'timeout'), PARENT_TIMEOUT_MS);
  return { parent: { sync, ...(key ? { key } : {}), timeoutMs } };
}

/** A bare text is a rule that adds it. */
function compileTagRule(reader: Reader, node: Node): TagRule {
  if (node.kind !== 'map') return { add: [readTemplate(reader, node, 'tag')], remove: [], owns: false };
  const when = optionalExpression(reader, child(node, 'when'));
  const tags = (name: string): readonly Expression[] =>
    itemsOf(child(node, name)).map((tag) => readTemplate(reader, tag, 'tag'));
  return {
    ...(when ? { when } : {}),
    add: tags('add'),
    remove: tags('remove'),
    owns: textOf(child(node, 'else')) === 'remove',
  };
}

function compileDeparture(reader: Reader, node: Node | undefined): Departure {
  const tag = child(node, 'tag');
  if (tag) return { type: 'tag', tag: readTemplate(reader, tag, 'tag') };
  return { type: textOf(node) === 'delete' ? 'delete' : 'ignore' };
}

/**
 * Whatever the result of the mapping depends on, but for the record. The other way round too: a sync that
 * is switched off and on again, or gets another pace or guard, maps as before.
 */
function mappingDigest(node: Node, source: string, root: Node): string {
  const pace = new Set(['enabled', 'mode', 'was', 'quiet', 'guard']);
  const sync = Object.fromEntries(
    entriesOf(node)
      .filter(({ name }) => !pace.has(name))
      .map(({ name, value }) => [name, valueOf(value)]),
  );
  const shared = ['tables', 'vars', 'timezone', 'country'].map((name) => jsonAt(root, name));
  const names = ['let', 'key', 'empty'].map((name) => jsonAt(root, 'sources', source, name));
  return digestOf([sync, shared, names, parentsOf(root, node)]);
}

/** Whose child a record is, and whether it is any: what its parents' syncs say, and theirs. */
function parentsOf(root: Node, node: Node, seen: readonly string[] = []): readonly unknown[] {
  const parent = child(node, 'parent');
  const name = parent && looseText(child(parent, 'sync') ?? parent);
  const sync = name === undefined || seen.includes(name) ? undefined : child(root, 'syncs', name);
  if (!sync) return [];
  const routes = ['when', 'key'].map((property) => jsonAt(sync, property));
  return [routes, ...parentsOf(root, sync, [...seen, name!])];
}

function jsonAt(root: Node, ...path: readonly string[]): unknown {
  const node = child(root, ...path);
  return node && valueOf(node);
}
