import { child, entriesOf, itemsOf, textOf } from './tree.ts';
import type { Node, ScalarNode } from './tree.ts';

/** A value that must not be printed. */
export interface Credential {
  /** Such as `token`, or `webhook secret`. */
  readonly name: string;
  readonly node: ScalarNode;
}

/** What of `auth` is no secret: names, addresses, and what OAuth shows in a browser anyway. */
const PUBLIC = ['type', 'name', 'rotateEvery'];
const PUBLIC_OAUTH = [
  ...PUBLIC,
  'clientId',
  'redirectUri',
  'scopes',
  'authorizeUrl',
  'tokenUrl',
  'userType',
  'clientAuth',
];
export const VERIFY_SECRETS = ['secret', 'secrets', 'password'];

export function publicNames(auth: Node | undefined): readonly string[] {
  return textOf(child(auth, 'type')) === 'oauth' ? PUBLIC_OAUTH : PUBLIC;
}

/** Every credential of a connection: those that it sends, and those that webhooks prove themselves with. */
export function credentialsOf(connection: Node): readonly Credential[] {
  const auth = child(connection, 'auth');
  const sent = entriesOf(auth).filter(({ name }) => !publicNames(auth).includes(name));
  return [
    ...sent.flatMap(({ name, value }) => scalars(name, value)),
    ...VERIFY_SECRETS.flatMap((name) =>
      itemsOf(child(connection, 'webhook', 'verify', name)).flatMap((item) =>
        scalars(`webhook ${name.replace(/s$/, '')}`, item),
      ),
    ),
  ];
}

/** Those of `fields` are called by their own names. */
function scalars(name: string, node: Node): readonly Credential[] {
  if (node.kind === 'map')
    return [...node.entries.values()].flatMap((entry) => scalars(entry.name, entry.value));
  if (node.kind === 'list') return node.items.flatMap((item) => scalars(name, item));
  return node.value === null ? [] : [{ name, node }];
}
