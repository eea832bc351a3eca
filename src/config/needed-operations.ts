import type { Catalog } from '../catalog/load.ts';
import type { Operation } from '../catalog/operation.ts';
import type { Resource } from '../catalog/resource.ts';
import { ghlOperationOf, ghlResourceOf } from './target-of.ts';
import { child, entriesOf, textOf } from './tree.ts';
import type { Node } from './tree.ts';

export interface NeededOperation {
  readonly operation: Operation;
  /** What it is called for, in a word or two. */
  readonly purpose: string;
  /** It is done without where the token may not. */
  readonly optional?: true;
}

/** The operations of HighLevel that a sync may call, each once. Nothing for other connections. */
export function neededOperations(root: Node, sync: Node, catalog: Catalog): readonly NeededOperation[] {
  const resource = ghlResourceOf(root, sync);
  const action = ghlOperationOf(root, sync, catalog);
  const named = resource ? purposesOf(resource, sync) : [];
  const needed = named.flatMap(([purpose, id]) => {
    const operation = id === undefined ? undefined : catalog.operation(id);
    return operation
      ? [{ operation, purpose, ...(purpose === SETTINGS ? { optional: true as const } : {}) }]
      : [];
  });
  const all = [...(action ? [{ operation: action, purpose: 'call' }] : []), ...needed];
  return all.filter(({ operation }, at) => all.findIndex((one) => one.operation === operation) === at);
}

const SETTINGS = 'settings';

type Purpose = readonly [purpose: string, operation: string | undefined];

function purposesOf(resource: Resource, sync: Node): readonly Purpose[] {
  const departs = ['onDelete', 'onLeave'].some((name) => textOf(child(sync, name)) === 'delete');
  const fields = entriesOf(child(sync, 'fields')).map(({ name }) => name);
  const references = Object.entries(resource.references ?? {}).filter(([field]) => fields.includes(field));
  const sole = resource.sole && fields.includes(resource.sole.field) ? resource.sole : undefined;
  return [
    ['create', resource.create.operation],
    ['update', resource.update.operation],
    ['update', sole?.operation],
    ['read', resource.read?.operation],
    ['find', resource.identity?.find],
    ['find', resource.siblings?.list.operation],
    ...(hasTags(sync) ? tagPurposes(resource) : []),
    ['delete', departs ? resource.delete.operation : undefined],
    ['look up', fields.includes('customFields') ? 'get-custom-fields' : undefined],
    ...references.map(([, { operation }]): Purpose => ['look up', operation]),
    [SETTINGS, 'get-location'],
  ];
}

function tagPurposes({ tags }: Resource): readonly Purpose[] {
  return [tags?.add, tags?.remove, tags?.bulk].map((operation): Purpose => ['tag', operation]);
}

function hasTags(sync: Node): boolean {
  return ['tags', 'onDelete', 'onLeave'].some((name) => {
    const node = child(sync, name);
    return name === 'tags' ? node !== undefined : child(node, 'tag') !== undefined;
  });
}
