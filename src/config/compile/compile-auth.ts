import type { Auth } from '../../model/auth.ts';
import { isHeaderText } from '../../model/header-text.ts';
import { compileOAuth } from './compile-oauth.ts';
import { looseText, readText, tell } from '../read-values.ts';
import type { Reader } from '../read-values.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

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
      return { type: 'bearer', token: readHeader(reader, child(node, 'token')) };
    case 'basic':
      return {
        type,
        username: readText(reader, child(node, 'username')),
        password: looseText(child(node, 'password')),
      };
    case 'form':
    case 'header':
    case 'query': {
      const read = type === 'header' ? readHeader : readText;
      return {
        type,
        fields: { ...credentials(reader, child(node, 'fields'), read), ...pair(reader, node, read) },
      };
    }
    case 'oauth':
      return compileOAuth(reader, node, around);
    default:
      return { type: 'none' };
  }
}

type Read = (reader: Reader, node: Node | undefined) => string;

/** A secret that was copied with a line's end in it, or with a typographer's quotes, is none. */
function readHeader(reader: Reader, node: Node | undefined): string {
  const text = readText(reader, node);
  if (node && !isHeaderText(text))
    tell(
      reader,
      node,
      'holds a character that no header can hold',
      'copy it again: no line ends, no odd quotes',
    );
  return text;
}

function credentials(reader: Reader, node: Node | undefined, read: Read): Readonly<Record<string, string>> {
  if (node?.kind !== 'map') return {};
  return Object.fromEntries([...node.entries.values()].map(({ name, value }) => [name, read(reader, value)]));
}

function pair(reader: Reader, node: Node | undefined, read: Read): Readonly<Record<string, string>> {
  const name = child(node, 'name');
  return name ? { [readText(reader, name)]: read(reader, child(node, 'value')) } : {};
}
