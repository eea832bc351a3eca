import type { Catalog } from '../../catalog/load.ts';
import { helpfulScopes, neededScopes } from '../checks/check-scopes.ts';
import { credentialsOf } from '../credentials-of.ts';
import { rotateEveryOf } from '../rotate-every.ts';
import { child, itemsOf, textOf } from '../tree.ts';
import type { Node, ScalarNode } from '../tree.ts';
import { piecesOf } from '../variables.ts';
import { originWords } from './said.ts';

export interface ConnectionDescription {
  readonly connection: string;
  readonly type: string;
  /** As written, without a name and password that stand in it. */
  readonly address: string;
  readonly location: string | null;
  readonly auth: string;
  readonly credentials: readonly CredentialDescription[];
  /** How often they are to be replaced, as written. */
  readonly rotateEvery: string | null;
  /** The least that the token needs; nothing where the API is not known. */
  readonly scopes: readonly string[];
  /** Done without, and better with. */
  readonly helpfulScopes: readonly string[];
  /** How webhooks are verified. */
  readonly verify: string | null;
}

export interface CredentialDescription {
  /** Such as `token`, or `webhook secret`. */
  readonly name: string;
  /** Where it is kept, in words; never what it is. */
  readonly kept: string;
}

const GHL_URL = 'https://services.leadconnectorhq.com';

export function describeConnection(
  root: Node,
  name: string,
  node: Node,
  catalog: Catalog,
): ConnectionDescription {
  const type = textOf(child(node, 'type')) ?? '';
  const isGhl = type === 'ghl';
  const auth = textOf(child(node, 'auth', 'type')) ?? 'none';
  const verify = textOf(child(node, 'webhook', 'verify', 'type'));
  const vars = child(root, 'vars');
  return {
    connection: name,
    type,
    address: withoutPassword(textOf(child(node, 'baseUrl')) ?? (isGhl ? GHL_URL : '')),
    location: textOf(child(node, 'location')) ?? null,
    auth,
    credentials: [
      ...credentialsOf(node).map((credential) => ({
        name: credential.name,
        kept: keptIn(credential.node, vars),
      })),
      ...(auth === 'oauth'
        ? [
            {
              name: 'tokens',
              kept: 'the store, sealed with BOOTHSYNC_KEY, or boothsync.key beside the config',
            },
          ]
        : []),
    ],
    rotateEvery: textOf(rotateEveryOf(node)) ?? null,
    scopes: isGhl
      ? neededScopes(root, name, catalog)
      : itemsOf(child(node, 'auth', 'scopes')).flatMap((scope) => textOf(scope) ?? []),
    helpfulScopes: isGhl ? helpfulScopes(root, name, catalog) : [],
    verify: child(node, 'webhook') ? (verify ?? (isGhl ? 'ghl' : 'none')) : null,
  };
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1***@');
}

/** Where a value comes from. Its default may be a secret itself: it is not told. */
export function keptIn(node: ScalarNode, vars: Node | undefined): string {
  const places = piecesOf(String(node.value)).flatMap((piece) => originWords(piece, vars) ?? []);
  return places.length === 0 ? 'the config itself' : [...new Set(places)].join(' and ');
}
