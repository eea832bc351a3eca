import { httpOperationOf } from '../api/http-target.ts';
import { neededOperations } from '../needed-operations.ts';
import { targetConnection } from '../target-of.ts';
import type { Apis } from '../target-of.ts';
import { child, entriesOf, itemsOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { requestOf } from './request-of.ts';
import { saidField, saidOf, saidText, type Said } from './said.ts';

export interface SyncDescription {
  readonly sync: string;
  readonly source: string;
  /** `ghl.contact`, or `call ghl.add-contact-to-workflow`. */
  readonly target: string;
  /** Such as `off`, `only reports`, `once for each key`. */
  readonly remarks: readonly string[];
  readonly when: Said | null;
  readonly key: Said | null;
  readonly each: Said | null;
  readonly parent: string | null;
  readonly fields: readonly FieldDescription[];
  readonly tags: readonly TagDescription[];
  readonly onDelete: string;
  readonly onLeave: string;
  readonly endpoints: readonly Endpoint[];
}

export interface FieldDescription {
  readonly field: string;
  readonly from: Said;
  readonly on: 'always' | 'create' | 'empty';
}

export interface TagDescription {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly when: Said | null;
  /** Taken away again where `when` no longer holds. */
  readonly owned: boolean;
}

export interface Endpoint {
  readonly purpose: string;
  readonly method: string;
  readonly path: string;
}

export function describeSync(root: Node, name: string, node: Node, apis: Apis): SyncDescription {
  const call = textOf(child(node, 'call'));
  const parent = child(node, 'parent');
  return {
    sync: name,
    source: textOf(child(node, 'from')) ?? '',
    target: call === undefined ? (textOf(child(node, 'to')) ?? '') : `call ${call}`,
    remarks: remarksOf(node),
    when: saidOf(child(node, 'when'), 'condition'),
    key: saidOf(child(node, 'key')),
    each: saidOf(child(node, 'each')),
    parent: textOf(parent) ?? textOf(child(parent, 'sync')) ?? null,
    fields: fieldsOf(child(node, call === undefined ? 'fields' : 'with'), child(root, 'vars')),
    tags: itemsOf(child(node, 'tags')).map(tagOf),
    onDelete: departureOf(child(node, 'onDelete')),
    onLeave: departureOf(child(node, 'onLeave')),
    endpoints: endpointsOf(root, node, apis),
  };
}

function remarksOf(node: Node): readonly string[] {
  const is = (name: string, value: unknown) => {
    const found = child(node, name);
    return found?.kind === 'scalar' && found.value === value;
  };
  return [
    ...(is('enabled', false) ? ['off'] : []),
    ...(is('mode', 'report') ? ['only reports, sends nothing'] : []),
    ...(is('once', 'per-key') ? ['once for each key'] : []),
    ...(child(node, 'call') && !is('initial', 'run') ? ['not for what the first import finds'] : []),
  ];
}

function fieldsOf(node: Node | undefined, vars: Node | undefined): readonly FieldDescription[] {
  return entriesOf(node).flatMap(({ name, value }): readonly FieldDescription[] => {
    if (name === 'customFields' && value.kind === 'map' && !isLongForm(value))
      return [...value.entries.values()].flatMap((custom) =>
        field(`${name}.${custom.name}`, custom.value, vars),
      );
    return field(name, value, vars);
  });
}

function isLongForm(node: Node): boolean {
  return ['value', 'text', 'expr'].some((name) => entriesOf(node).length === 1 && child(node, name));
}

function field(name: string, node: Node, vars: Node | undefined): readonly FieldDescription[] {
  const from = saidField(node, vars);
  const on = textOf(child(node, 'on'));
  return from ? [{ field: name, from, on: on === 'create' || on === 'empty' ? on : 'always' }] : [];
}

function tagOf(rule: Node): TagDescription {
  if (rule.kind !== 'map') return { add: [tagText(rule)], remove: [], when: null, owned: false };
  return {
    add: itemsOf(child(rule, 'add')).map(tagText),
    remove: itemsOf(child(rule, 'remove')).map(tagText),
    when: saidOf(child(rule, 'when'), 'condition'),
    owned: textOf(child(rule, 'else')) === 'remove',
  };
}

/** A tag of one hole is what stands in it; any other is read as it stands. */
function tagText(node: Node): string {
  const said = saidText(node, undefined);
  if (said === null) return node.kind === 'scalar' ? String(node.value) : '';
  const isLiteral = said.words === null || said.words === JSON.stringify(said.expression);
  return isLiteral ? said.expression : `each of ${said.words}`;
}

function departureOf(node: Node | undefined): string {
  const tag = child(node, 'tag');
  if (tag) return `it gets the tag ${tagText(tag)}`;
  return textOf(node) === 'delete' ? 'it is deleted' : 'it stays as it is';
}

const REQUESTS = [
  ['create', 'POST'],
  ['update', 'PUT'],
  ['find', undefined],
  ['delete', 'DELETE'],
] as const;

function endpointsOf(root: Node, node: Node, { catalog, documents }: Apis): readonly Endpoint[] {
  const departs = ['onDelete', 'onLeave'].some((name) => textOf(child(node, name)) === 'delete');
  const resource = (textOf(child(node, 'to')) ?? '').split('.')[1] ?? '';
  const declared = child(root, 'connections', targetConnection(node), 'resources', resource);
  const own = REQUESTS.filter(([purpose]) => purpose !== 'delete' || departs).flatMap(([purpose, method]) => {
    const request = child(declared, purpose);
    return request ? [{ purpose, ...requestOf(request, method) }] : [];
  });
  const known = neededOperations(root, node, catalog).map(({ purpose, operation: { method, path } }) => ({
    purpose,
    method,
    path,
  }));
  const called = httpOperationOf(root, node, documents);
  const call = called ? [{ purpose: 'call', method: called.method, path: called.path }] : [];
  return [...known, ...call, ...own];
}
