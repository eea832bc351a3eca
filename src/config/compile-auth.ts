import type { Auth } from '../model/auth.ts';
import { compileOAuth } from './compile-oauth.ts';
import { looseText, readText } from './read-values.ts';
import type { Reader } from './read-values.ts';
import { child, textOf } from './tree.ts';
import type { Node } from './tree.ts';

/** A checked `auth` → what the connection sends. */
export function compileAuth(
  reader: Reader,
  node: Node | undefined,
  around: Parameters<typeof compileOAuth>[2],
): Auth {
  const type = textOf(child(node, 'type')) ?? 'none';
  switch (type) {
    case 'bearer':
    case 'token':
      return { type: 'bearer', token: readText(reader, child(node, 'token')) };
    case 'basic':
      return {
        type,
        username: readText(reader, child(node, 'username')),
        password: looseText(child(node, 'password')),
      };
    case 'form':
    case 'header':
    case 'query':
      return { type, fields: { ...credentials(reader, child(node, 'fields')), ...pair(reader, node) } };
    case 'oauth':
      return compileOAuth(reader, node, around);
    default:
      return { type: 'none' };
  }
}

function credentials(reader: Reader, node: Node | undefined): Readonly<Record<string, string>> {
  if (node?.kind !== 'map') return {};
  return Object.fromEntries(
    [...node.entries.values()].map(({ name, value }) => [name, readText(reader, value)]),
  );
}

function pair(reader: Reader, node: Node | undefined): Readonly<Record<string, string>> {
  const name = child(node, 'name');
  return name ? { [readText(reader, name)]: readText(reader, child(node, 'value')) } : {};
}
