import type { Lock, LockedLocation } from '../../model/lock.ts';
import { child, textOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/**
 * What the lock knows of a connection's location; nothing where the config names another one by now. One that only the
 * environment names is taken to be the lock's, until something runs.
 */
export function lockedLocation(
  root: Node,
  lock: Lock | undefined,
  connection: string,
): LockedLocation | undefined {
  const locked = lock?.get(connection);
  return locked && !isOther(root, connection, locked) ? locked : undefined;
}

/** The config names a location, and it is not the lock's. */
export function isOther(root: Node, connection: string, { id }: LockedLocation): boolean {
  const named = textOf(child(root, 'connections', connection, 'location'));
  return named !== undefined && !named.includes('${') && named !== id;
}
