import type { ApiDocument } from '../../catalog/api-document.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** The OpenAPI documents of connections, by the connection's name. One that can't be read is not in it. */
export type Documents = ReadonlyMap<string, ApiDocument>;

/** An `openapi` of a connection: its path as written, and where. */
export interface DocumentFile {
  readonly connection: string;
  readonly path: string;
  readonly node: Node;
}

/** The documents that a config names. */
export function documentFiles(root: Node): readonly DocumentFile[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name, value }) => {
    const node = child(value, 'openapi');
    const path = textOf(node);
    return node && path && !path.includes('${') ? [{ connection: name, path, node }] : [];
  });
}
