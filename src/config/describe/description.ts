import type { Apis } from '../target-of.ts';
import type { Node } from '../tree.ts';
import { child, entriesOf } from '../tree.ts';
import {
  describeConnection,
  keptIn,
  type ConnectionDescription,
  type CredentialDescription,
} from './describe-connection.ts';
import { describeSource, type SourceDescription } from './describe-source.ts';
import { describeSync, type SyncDescription } from './describe-sync.ts';

/** A config for people who don't read YAML: what goes where, by which calls, with whose leave. No value of the environment is in it. */
export interface Description {
  readonly connections: readonly ConnectionDescription[];
  readonly sources: readonly SourceDescription[];
  readonly syncs: readonly SyncDescription[];
  /** Those of no connection: the store's address, the server's token. */
  readonly credentials: readonly CredentialDescription[];
}

/** A checked config as written, in the order of the file. */
export function describe(root: Node, apis: Apis): Description {
  const each = <T>(block: string, one: (name: string, node: Node) => T): readonly T[] =>
    entriesOf(child(root, block)).map(({ name, value }) => one(name, value));
  return {
    connections: each('connections', (name, node) => describeConnection(root, name, node, apis.catalog)),
    sources: each('sources', (name, node) => describeSource(root, name, node)),
    syncs: each('syncs', (name, node) => describeSync(root, name, node, apis)),
    credentials: [
      ...credentialAt(root, 'store address', 'store'),
      ...credentialAt(root, 'server token', 'server', 'token'),
    ],
  };
}

function credentialAt(
  root: Node,
  name: string,
  ...path: readonly string[]
): readonly CredentialDescription[] {
  const node = child(root, ...path);
  return node?.kind === 'scalar' && node.value !== null
    ? [{ name, kept: keptIn(node, child(root, 'vars')) }]
    : [];
}
