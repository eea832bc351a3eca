import type { Catalog } from '../catalog/load.ts';
import type { Operation } from '../catalog/operation.ts';
import type { Resource } from '../catalog/resource.ts';
import { ghlResource } from '../catalog/resources.ts';
import type { JsonSchema } from '../catalog/schema.ts';
import { httpFieldSchemas } from './api/http-target.ts';
import type { Documents } from './api/documents.ts';
import { child, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** What is known of the APIs: HighLevel's operations, and the documents of other connections. */
export interface Apis {
  readonly catalog: Catalog;
  readonly documents: Documents;
}

/** The name of the connection that a sync writes to; `''` where it doesn't say. */
export function targetConnection(sync: Node | undefined): string {
  return (textOf(child(sync, 'to')) ?? textOf(child(sync, 'call')) ?? '').split('.')[0] ?? '';
}

function isGhl(root: Node, sync: Node | undefined): boolean {
  return textOf(child(root, 'connections', targetConnection(sync), 'type')) === 'ghl';
}

/** The resource of HighLevel that a sync writes; nothing for others, for actions, and where it says both. */
export function ghlResourceOf(root: Node, sync: Node | undefined): Resource | undefined {
  if (child(sync, 'call')) return undefined;
  const name = (textOf(child(sync, 'to')) ?? '').split('.')[1] ?? '';
  return isGhl(root, sync) ? ghlResource(name) : undefined;
}

/** The operation of HighLevel that a sync calls. */
export function ghlOperationOf(root: Node, sync: Node | undefined, catalog: Catalog): Operation | undefined {
  const call = textOf(child(sync, 'call'));
  if (call === undefined || child(sync, 'to') || !isGhl(root, sync)) return undefined;
  const [, ...rest] = call.split('.');
  return catalog.operation(rest.at(-1) ?? '', rest.length === 2 ? rest[0] : undefined);
}

/** A resource that a connection of type http declares. */
export interface HttpTarget {
  readonly connection: string;
  readonly name: string;
  readonly node: Node;
}

/** The declared resource that a sync writes, where it is one. */
export function httpTargetOf(root: Node, sync: Node | undefined): HttpTarget | undefined {
  const [connection = '', name = ''] = (textOf(child(sync, 'to')) ?? '').split('.');
  const account = child(root, 'connections', connection);
  if (textOf(child(account, 'type')) !== 'http' || child(sync, 'call')) return undefined;
  const node = child(account, 'resources', name);
  return node && { connection, name, node };
}

/** What a sync's fields or parameters may hold, by name. */
export function fieldSchemas(root: Node, sync: Node, apis: Apis): Readonly<Record<string, JsonSchema>> {
  const resource = ghlResourceOf(root, sync);
  if (resource) return apis.catalog.operation(resource.create.operation)?.body?.schema.properties ?? {};
  const operation = ghlOperationOf(root, sync, apis.catalog);
  if (operation) return operation.body?.schema.properties ?? {};
  return httpFieldSchemas(root, sync, apis.documents);
}
