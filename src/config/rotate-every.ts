import { child } from './tree.ts';
import type { Node } from './tree.ts';

/** How often a connection's static secret is to be replaced: said beside the secret, or of the connection. */
export function rotateEveryOf(connection: Node): Node | undefined {
  return child(connection, 'auth', 'rotateEvery') ?? child(connection, 'rotateEvery');
}
